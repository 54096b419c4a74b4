/** aidlab reverse from the command line: the same bytes for any threads, a scenario that can be run, errors with status 2. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { planOf } from '../../scenarios/scenario.ts'
import { model } from '../../sim/host/model.ts'
import { askScenario } from '../../sim/host/scenarioFiles.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import type { ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import { failuresOf, readFailures } from '../../sim/studies/reverse/failure.ts'
import { aidlab } from '../support/commandLine.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)
const inside = (name: string): string => join(folder, name)

const file = inside('short.yaml')
writeFileSync(
  file,
  'name: short\nquestion: How does a short year fail?\nextends: base\nrun: { days: 120, ticksPerDay: 1, paths: 150 }\n',
)
const asked = [
  '--failure',
  'saidLoss > 0.0055',
  '--pilot-paths',
  '0',
  '--search-paths',
  '20',
  '--check-paths',
  '100',
  '--lever-paths',
  '10',
]
const ask = (out: string, threads: string): string[] => [
  ...['reverse', file, ...asked, '--levers', 'largestDefaults', '--threads', threads, '--out', inside(out)],
]

describe('aidlab reverse', () => {
  it('answers with a table, a report and the same bytes in one thread and in two', async () => {
    const first = await aidlab(...ask('one', '0'))
    expect(first.status, first.said).toBe(0)
    expect(first.out).toContain('short fails on')
    expect(first.out).toContain('largestDefaults')
    // fewer than 20 of 150 fail
    expect(first.out.replaceAll(/\s+/g, ' ')).toContain('the probability alone is found by aidlab tails')
    expect(first.out).toContain('* An indication, not a result')
    const second = await aidlab(...ask('two', '2'), '--json')
    expect(second.status, second.said).toBe(0)
    const bytes = (name: string): string => readFileSync(join(inside(name), 'study.json'), 'utf8')
    expect(bytes('two')).toBe(bytes('one'))
    const answer = JSON.parse(second.out) as ReverseAnswer
    expect(answer.modes.length).toBeGreaterThan(0)
    const report = readFileSync(join(inside('one'), 'report.html'), 'utf8')
    for (const mode of answer.modes) expect(report).toContain(`Mode ${mode.label}`)
    expect(report).toContain('* An indication, not a result')
    expect(report).not.toContain('NaN')
    expect(report).not.toContain('undefined')
  }, 120_000)

  it('writes scenarios that can be run and fail as often as it says', () => {
    const { modes } = JSON.parse(readFileSync(join(inside('one'), 'study.json'), 'utf8')) as ReverseAnswer
    const told = modes.filter(({ reproduction }) => reproduction !== null)
    expect(told.length).toBeGreaterThan(0)
    const failure = readFailures(['saidLoss > 0.0055'], model.metrics)
    for (const { reproduction, label } of told) {
      writeFileSync(inside(`${label}.yaml`), reproduction?.yaml ?? '')
      const { scenario } = askScenario(inside(`${label}.yaml`), { set: [] }, model)
      const simulator = new Simulator(model.economy, planOf(scenario, model.economy), scenario.paths)
      const out = new Float64Array(scenario.paths * failure.columns.length)
      const numbers = Array.from({ length: scenario.paths }, (_, p) => p)
      simulator.run(numbers, { outcomes: failure.columns, series: [] }, undefined, out)
      const columns = Object.fromEntries(
        failure.columns.map((name, o) => [
          name,
          Float64Array.from(numbers, (p) => out[p * failure.columns.length + o]),
        ]),
      )
      const failed = failuresOf(failure, columns, scenario.paths).reduce((sum, one) => sum + one, 0)
      expect(failed).toBe(reproduction?.failing.count)
    }
  }, 60_000)

  it.each([
    [
      'an unknown failure',
      ['base', '--failure', 'depeg_2pct_24'],
      /unknown metric depeg_2pct_24; did you mean depeg_2pct_24h\?/,
    ],
    [
      'an amount without a limit',
      ['base', '--failure', 'saidLoss'],
      /say how much is a failure, such as "saidLoss > 0.3"/,
    ],
    [
      'the good end of an amount',
      ['base', '--failure', 'saidLoss<0.1'],
      /the bad end of saidLoss is high; write "saidLoss > 0.1"/,
    ],
    ['an unknown lever', ['base', '--levers', 'rent'], /--levers: rent is no lever; did you mean rents\?/],
    ['too few paths', ['base', '--paths', '10'], /--paths is 10; it must be at least 50/],
    ['too few search paths', ['base', '--search-paths', '5'], /--search-paths is 5; it must be a whole number from 20/],
    ['check paths that are no number', ['base', '--check-paths', 'many'], /--check-paths is many/],
    ['a short pilot', ['base', '--pilot-paths', '50'], /--pilot-paths is 50; it must be a whole number from 200/],
    ['an impossible angle', ['base', '--apart', '0'], /--apart is 0; it must be a whole number from 1 to 179/],
    ['an unknown scenario', ['bse'], /bse/],
  ])('ends with status 2 on %s, and simulates nothing', async (_, words, message) => {
    const { status, said, out } = await aidlab('reverse', ...words, '--out', inside('never'))
    expect(status).toBe(2)
    expect(said).toMatch(message)
    expect(out).toBe('')
  })
})
