/** The folder of a run: written aside under the name NAME.partial and renamed when everything is in it. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../kernel/errors.ts'
import type { RunManifest } from '../kernel/record.ts'
import { canonical } from './hash.ts'
import { makeFolder, reasonOf } from './writable.ts'

/** What a finished run folder holds. */
export const runFiles = {
  manifest: 'manifest.json',
  paths: 'paths.parquet',
  series: 'series.arrow',
  report: 'report.html',
} as const

const lockName = 'running.pid'

export interface FolderOptions {
  /** Go on with an unfinished run. */
  readonly resume?: boolean
  /** Replace what is there. */
  readonly force?: boolean
}

/** The name under which a run is written. */
export function partialOf(out: string): string {
  return `${out}.partial`
}

/**
 * Makes the folder aside, or finds that of an unfinished run or study to go on with.
 * @param mayReplace throws InputError when what the folder holds must stay; what asks the same question may replace itself
 * @throws InputError when something else is in the way, or nothing is there to go on with
 */
export function openFolder(out: string, mayReplace: (folder: string) => void, options: FolderOptions): string {
  const partial = partialOf(out)
  if (existsSync(partial)) refuseRunning(partial)
  if (options.resume) {
    if (!existsSync(partial))
      throw new InputError(`nothing to resume: ${whyNothing(out, partial)}; run without --resume`)
  } else {
    refuseOccupied(out, options.force ? () => {} : mayReplace)
    if (existsSync(partial) && !options.force) {
      throw new InputError(`${partial} is unfinished; add --resume to go on with it, or --force to start afresh`)
    }
    if (existsSync(partial)) rmSync(partial, { recursive: true })
    makeFolder(partial, '--out')
  }
  try {
    writeFileSync(join(partial, lockName), String(process.pid))
  } catch (error) {
    throw new InputError(`${partial} cannot be written (${reasonOf(error)}); choose another --out`)
  }
  return partial
}

function whyNothing(out: string, partial: string): string {
  return existsSync(join(out, runFiles.manifest)) ? `${out} is finished` : `${partial} does not exist`
}

/** Lets go of an unfinished run, so that it can be resumed. */
export function releaseFolder(partial: string): void {
  rmSync(join(partial, lockName), { force: true })
}

/** Gives the finished folder its name; what bore that name before is removed last. */
export function finishFolder(out: string): void {
  const partial = partialOf(out)
  releaseFolder(partial)
  const old = `${out}.old`
  rmSync(old, { recursive: true, force: true })
  if (existsSync(out)) renameSync(out, old)
  renameSync(partial, out)
  rmSync(old, { recursive: true, force: true })
}

function refuseRunning(partial: string): void {
  const lock = join(partial, lockName)
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8'))
  if (pid !== process.pid && isAlive(pid)) {
    throw new InputError(`${partial} is being written by process ${pid}; wait for it, or choose another --out`)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function refuseOccupied(out: string, mayReplace: (folder: string) => void): void {
  if (!existsSync(out)) return
  if (!statSync(out).isDirectory()) throw new InputError(`${out} is a file; --out must name a folder`)
  if (readdirSync(out).length === 0) return
  if (!existsSync(join(out, runFiles.manifest))) {
    throw new InputError(`${out} holds something else than a run or a study; choose another --out`)
  }
  mayReplace(out)
}

/** A finished run of the same plan and number of paths may be replaced by itself. @throws InputError for any other */
export function refuseOtherRun(out: string, planHash: string, paths: number): void {
  const before = readManifest(out)
  if (before.planHash === planHash && before.paths === paths) return
  throw new InputError(
    `${out} holds another run (${before.scenario.name}, ${before.paths} paths, plan ` +
      `${before.planHash.slice(0, 8)}); choose another --out, or add --force to replace it`,
  )
}

/** Writes the manifest, keys in order, one a line. */
export function writeManifest(folder: string, manifest: RunManifest): void {
  writeOrdered(join(folder, runFiles.manifest), manifest)
}

/** JSON with its keys in order, one a line. */
export function writeOrdered(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(JSON.parse(canonical(value)), null, 2)}\n`)
}

/** @throws InputError when the folder is no run. */
export function readManifest(folder: string): RunManifest {
  const manifest = readFolder(folder) as RunManifest & { readonly kind?: string }
  if (manifest.kind === undefined) return manifest
  throw new InputError(`${folder} is a study (${manifest.kind}), not a run; name a folder that aidlab run has written`)
}

/** The manifest of a run or a study. @throws InputError when the folder is neither */
export function readFolder(folder: string): { readonly format: 1 } {
  const file = join(folder, runFiles.manifest)
  if (!existsSync(folder)) throw new InputError(`no such run: ${folder}; name a folder that aidlab has written`)
  if (!existsSync(file)) throw new InputError(`${folder} is no run: it has no ${runFiles.manifest}`)
  let manifest: { readonly format: 1 }
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`)
  }
  if (manifest.format !== 1) {
    throw new InputError(`${file} has format ${JSON.stringify(manifest.format)}; this version reads format 1`)
  }
  return manifest
}
