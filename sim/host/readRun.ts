/** A finished run, read back from its folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../kernel/errors.ts'
import type { RunManifest, RunRecord } from '../kernel/record.ts'
import { readSeries } from './arrowFile.ts'
import { readPaths } from './parquetFile.ts'
import { partialOf, readManifest, runFiles } from './runFolder.ts'

/**
 * Reads everything that a report needs: 8 bytes of memory a path and outcome.
 * @throws InputError when the folder is no finished run
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const name = trimmed(folder)
  // A run writes its report while its folder still stands aside, with everything else in it.
  const aside = name.endsWith('.partial') && [runFiles.paths, runFiles.series].every((f) => existsSync(join(name, f)))
  const manifest = aside ? readManifest(name) : requireFinished(name)
  const stored = await readPaths(join(name, runFiles.paths))
  const series = await readSeries(join(name, runFiles.series))
  return { manifest, outcomes: stored.columns, outcomeColumns: stored.outcomes, ...series }
}

/**
 * The manifest of a run that is whole.
 * @throws InputError when the folder is no finished run, saying how an unfinished one is finished
 */
export function requireFinished(folder: string): RunManifest {
  const name = trimmed(folder)
  const partial = existsSync(name) ? name : partialOf(name)
  if (!existsSync(name) && !existsSync(partial)) return readManifest(name)
  const manifest = readManifest(partial)
  const out = partial.replace(/\.partial$/, '')
  if (partial !== out) {
    throw new InputError(
      `${partial} is not finished; repeat the aidlab run that began it (${manifest.scenario.name}, ${manifest.paths} ` +
        `paths, --out ${out}) with --resume`,
    )
  }
  for (const file of [runFiles.paths, runFiles.series]) {
    if (!existsSync(join(name, file))) {
      throw new InputError(`${name} is not finished: it has no ${file}; repeat its aidlab run with --force`)
    }
  }
  return manifest
}

function trimmed(folder: string): string {
  return folder.replace(/\/+$/, '')
}
