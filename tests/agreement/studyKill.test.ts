/** Every study, killed without warning in the middle, goes on to the bytes of one that was left alone. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../../sim/host/main.ts'
import type { Terminal } from '../../sim/host/terminal.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A month of days without hours: cheap, and everything in it moves. */
const daily = join(folder, 'daily.yaml')
mkdirSync(folder, { recursive: true })
writeFileSync(
  daily,
  'name: daily\nquestion: Does a month of days hold?\nextends: base\nrun: { days: 40, paths: 60, ticksPerDay: 1, seed: 5 }\n',
)
const policy = join(folder, 'policy.yaml')
writeFileSync(
  policy,
  `name: kill
question: May it be killed?
scenario: ./daily.yaml
run: { paths: 60, budget: 240 }
undecided: pass
statements:
  - { name: yield, metric: saidNetYield, statistic: mean, limit: { atLeast: 0.1 }, because: a limit that takes looks }
`,
)

const studies: Readonly<Record<string, readonly string[]>> = {
  compare: [daily, '--with', 'aidPool.depth=3e6'],
  sweep: [daily, '--grid', 'aidPool.depth=1e6,2e6,3e6', '--metrics', 'lowestTwap24h'],
  size: [
    daily,
    '--dial',
    'poolDepth',
    '--failure',
    'lowestTwap24h<0.999',
    '--limit',
    '0.2',
    '--no-frontier',
    '--steps',
    '4',
  ],
  sensitivity: [
    daily,
    '--method',
    'morris',
    '--dials',
    'aidPool.depth,holders.herding',
    '--trajectories',
    '4',
    '--metric',
    'lowestTwap24h',
  ],
  reverse: [
    daily,
    '--failure',
    'lowestTwap24h<0.9965',
    '--levers',
    'none',
    '--search-paths',
    '20',
    '--check-paths',
    '0',
  ],
  gate: [policy],
  tails: [
    daily,
    '--metric',
    'lowestTwap24h',
    '--level',
    '0.9',
    '--days',
    '10',
    '--pilot-paths',
    '200',
    '--most',
    '1000',
    '--paths',
    '1024',
  ],
}

const quiet: Terminal = { out: () => {}, say: () => {}, colours: false, words: [] }

function bytes(out: string): Record<string, string> {
  const names = readdirSync(out).filter((name) => name === 'study.json' || name.endsWith('.parquet'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name)).toString('base64')]))
}

/** Starts a study and kills it as soon as some paths are booked in its index, where it has not ended before. */
function startAndKill(words: readonly string[], index: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sim/host/cli.ts', ...words], {
    cwd: root,
    stdio: 'ignore',
  })
  const look = setInterval(() => {
    // The file is there before its first line is.
    if (!existsSync(index) || !readFileSync(index, 'utf8').includes('\n')) return
    clearInterval(look)
    child.kill('SIGKILL')
  }, 2)
  return new Promise((resolve) => {
    child.on('close', () => {
      clearInterval(look)
      resolve()
    })
  })
}

describe('a study that is killed', () => {
  for (const [kind, words] of Object.entries(studies)) {
    it(`${kind} goes on to the same bytes`, { timeout: 240_000 }, async () => {
      const whole = join(folder, `${kind}-whole`)
      const cut = join(folder, `${kind}-cut`)
      const common = [kind, ...words, '--no-report', '--batch', '10']
      expect([0, 1]).toContain(await main([...common, '--threads', '2', '--out', whole], quiet))
      const index = join(`${cut}.partial`, 'cells', 'finished.jsonl')
      // A machine that is busy elsewhere may look only when the study has ended: then it is asked once more.
      for (let tries = 0; tries < 5 && !existsSync(index); tries += 1) {
        await startAndKill([...common, '--threads', '1', '--out', cut, '--force'], index)
      }
      expect(readFileSync(index, 'utf8')).not.toBe('')
      expect([0, 1]).toContain(await main([...common, '--threads', '0', '--out', cut, '--resume'], quiet))
      expect(bytes(cut)).toEqual(bytes(whole))
      expect(Object.keys(bytes(whole))).toContain('study.json')
    })
  }
})
