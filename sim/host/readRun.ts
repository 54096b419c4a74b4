/** A finished run, read back from its folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../kernel/errors.ts'
import type { RunRecord } from '../kernel/record.ts'
import { readSeries } from './arrowFile.ts'
import { readPaths } from './parquetFile.ts'
import { partialOf, readManifest, runFiles } from './runFolder.ts'

/**
 * Reads everything that a report needs: 8 bytes of memory a path and outcome.
 * @throws InputError when the folder is no finished run
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const name = folder.replace(/\/+$/, '')
  if (!existsSync(name) && existsSync(partialOf(name))) {
    throw new InputError(`${name} is not finished: ${partialOf(name)} can be resumed with aidlab run --resume`)
  }
  const manifest = readManifest(name)
  for (const file of [runFiles.paths, runFiles.series]) {
    if (!existsSync(join(name, file))) throw new InputError(`${name} is not finished: it has no ${file}`)
  }
  const stored = await readPaths(join(name, runFiles.paths))
  const series = await readSeries(join(name, runFiles.series))
  return { manifest, outcomes: stored.columns, outcomeColumns: stored.outcomes, ...series }
}
