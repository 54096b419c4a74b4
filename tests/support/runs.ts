/** Small runs into folders of their own. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { model } from '../../sim/host/model.ts'
import { type RunOptions, type RunResult, runToFolder } from '../../sim/host/run.ts'
import { runFiles } from '../../sim/host/runFolder.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'

/** A folder that `clean` removes. */
export function scratch(): { readonly folder: string; clean(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'aidlab-'))
  return { folder, clean: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Two days of the base scenario, two ticks a day. */
export function smallRun(out: string, options: Omit<RunOptions, 'out'>): Promise<RunResult> {
  const { plan, question } = askScenario('base', { paths: options.paths, days: 2, seed: 7 }, model)
  return runToFolder(model, { ...plan, ticksPerDay: 2 }, question, { ...options, out })
}

/** SHA-256 of what must not depend on how a run was made. */
export function bytesOf(folder: string): { paths: string; series: string } {
  const hash = (file: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex')
  return { paths: hash(runFiles.paths), series: hash(runFiles.series) }
}
