/** The built package: its program starts threads from dist, its library needs nothing of Node where browsers read it. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { bytesOf, scratch } from '../support/runs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = join(root, 'dist', 'cli.js')
const { folder, clean } = scratch()
afterAll(clean)

describe.skipIf(!existsSync(program))('dist/cli.js (built by npm run build)', () => {
  it('starts threads, and gives the same bytes with two of them as with none', () => {
    const run = (name: string, threads: string): unknown => {
      const words = ['run', 'base', '--paths', '40', '--days', '2', '--batch', '8', '--no-report', '--json']
      const out = ['--threads', threads, '--out', join(folder, name)]
      const text = execFileSync(process.execPath, [program, ...words, ...out], { encoding: 'utf8', stdio: 'pipe' })
      return JSON.parse(text).timing.threads
    }
    expect(run('alone', '0')).toBe(0)
    expect(run('threads', '2')).toBe(2)
    expect(bytesOf(join(folder, 'threads'))).toEqual(bytesOf(join(folder, 'alone')))
  })
})

describe('the library', () => {
  const entries = ['index.ts', 'dist/index.js'].filter((entry) => existsSync(join(root, entry)))
  it.each(entries)('is the same program for a browser: no module of Node is reached from %s', async (entry) => {
    const bundle = await build({
      entryPoints: [join(root, entry)],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'esm',
      metafile: true,
      logLevel: 'silent',
    })
    const reached = Object.values(bundle.metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path))
    expect(reached.filter((path) => path.startsWith('node:'))).toEqual([])
    // the bundler of dist imports some of its pieces for their order alone; esbuild rightly leaves those out
    expect(bundle.warnings.filter(({ id }) => id !== 'ignored-bare-import')).toEqual([])
  })

  it('runs a scenario of the library with what index.ts exports', async () => {
    const aidlab = await import('../../index.ts')
    const { economy, record, metrics } = aidlab
    const { text, file } = aidlab.fromLibrary('base')
    const noFiles = aidlab.loader((path) => {
      throw new aidlab.InputError(`no files here: ${path}`)
    })
    const scenario = aidlab.resolveScenario(text, file, noFiles, { paths: 10, days: 2 }, economy)
    const work = aidlab.openBatchWork(economy, aidlab.planOf(scenario, economy), record, 10)
    const rows = work.run(0, 10)
    const width = record.outcomes.length
    const columns = Object.fromEntries(
      record.outcomes.map((name, o) => [name, Float64Array.from({ length: 10 }, (_, p) => rows[p * width + o])]),
    )
    const { events } = aidlab.headline(metrics, columns, 10)
    expect(events.find(({ name }) => name === 'depeg_10pct_72h')).toMatchObject({ occurrences: 0, paths: 10, lower: 0 })
    expect(aidlab.fansOf(economy, record, 2, work.takeCounts())[0].values).toHaveLength(18)
  })
})
