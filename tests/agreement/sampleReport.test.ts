/** The sample report in the repository is what this version makes: a reader of the sample reads the product. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { bundleExplorer } from '../../reports/explorer/build.ts'
import { withoutVarying } from '../../reports/stressReport.ts'
import { model } from '../../sim/host/model.ts'
import { readRun } from '../../sim/host/readRun.ts'
import { runToFolder } from '../../sim/host/run.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { reportOf } from '../support/reports.ts'
import { scratch } from '../support/runs.ts'

const sample = fileURLToPath(new URL('../../reports/sample/base.html', import.meta.url))
/** UPDATE_SAMPLE=1 writes the sample anew instead of comparing it. */
const update = process.env['UPDATE_SAMPLE'] === '1'
if (!update && !existsSync(sample))
  console.warn('no reports/sample/base.html: made with UPDATE_SAMPLE=1, and then compared')

const { folder, clean } = scratch()

async function freshReport(): Promise<string> {
  const { plan, question, scenario } = askScenario('base', { paths: 200, set: [] }, model)
  const out = join(folder, 'sample')
  await runToFolder(model, plan, question, { paths: scenario.paths, out, threads: 2 })
  return reportOf(await readRun(out), await bundleExplorer())
}

describe.skipIf(!update && !existsSync(sample))('the sample report', () => {
  afterAll(clean)

  it('has the bytes of a report made now, apart from its varying part', { timeout: 600_000 }, async () => {
    const fresh = await freshReport()
    if (update) {
      mkdirSync(fileURLToPath(new URL('../../reports/sample', import.meta.url)), { recursive: true })
      writeFileSync(sample, fresh)
    }
    expect(withoutVarying(readFileSync(sample, 'utf8')) === withoutVarying(fresh)).toBe(true)
  })
})
