/** The page on gating and the workflows say what the program does: every example is read by what would read it. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parsePolicy } from '../../scenarios/policy.ts'
import { interrupted } from '../../sim/host/commands/ending.ts'
import { addStudies } from '../../sim/host/studyCommands.ts'
import type { Terminal } from '../../sim/host/terminal.ts'
import { resolve } from '../support/scenarios.ts'

const page = readFileSync('docs/gate.md', 'utf8')
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text)
const [policy, proposed, workflow] = blocks
const shipped = readFileSync('.github/workflows/gate.yml', 'utf8')

interface Step {
  readonly run?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly jobs: { readonly gate: { readonly steps: readonly Step[] } }
}

const stepsOf = (text: string): Workflow['jobs']['gate']['steps'] => (parse(text) as Workflow).jobs.gate.steps

/** Options of aidlab gate. */
function knownOptions(): readonly string[] {
  const program = new Command('aidlab')
  addStudies(program, {} as Terminal, () => {})
  const gate = program.commands.find((command) => command.name() === 'gate') as Command
  return gate.options.map(({ long }) => long as string)
}

describe('the page on gating', () => {
  it('shows a policy that is one, with the three statements that a treasury asks first', () => {
    expect(blocks).toHaveLength(3)
    const { statements, baseline, run } = parsePolicy(policy, 'policy.yaml')
    expect(
      statements.map(({ metric, statistic, level, change, side, limit }) => [
        metric,
        statistic,
        level,
        change,
        side,
        limit,
      ]),
    ).toEqual([
      ['depeg_2pct_24h', 'probability', null, false, 'atMost', 0.01],
      ['minimumCoverage', 'quantile', 0.01, false, 'atLeast', 1],
      ['saidLoss', 'expectedShortfall', 0.975, true, 'atMost', 0.005],
    ])
    expect([baseline?.reference.value, run]).toEqual(['./current.yaml', { paths: 500, budget: 8000 }])
  })

  it('shows a scenario that is one', () => {
    expect(resolve(proposed).parameters).toMatchObject({ aidPool: { depth: 3e6 } })
  })

  it('names every exit status that --help names', () => {
    const program = readFileSync('sim/host/main.ts', 'utf8')
    const statuses = [...(/Exit status: (.*)\./.exec(program)?.[1] ?? '').matchAll(/(?:^|; )(\d+) /g)].map(
      ([, one]) => one,
    )
    expect(statuses).toEqual(['0', '1', '2', '3', String(interrupted)])
    expect([...page.matchAll(/^\| (\d+) \|/gm)].map(([, one]) => one)).toEqual(statuses)
  })

  it('speaks only of options that there are', () => {
    for (const [option] of page.matchAll(/--(?!no-)[a-z]+/g)) {
      expect([...knownOptions(), '--no-audit', '--no-fund']).toContain(option)
    }
  })
})

describe('the workflows', () => {
  for (const [name, text] of [
    ['of this repository', shipped],
    ['for another repository', workflow],
  ] as const) {
    it(`${name} pin every action by its version and call the gate with options that there are`, () => {
      const steps = stepsOf(text)
      for (const { uses } of steps) if (uses) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+\.\d+\.\d+$/)
      const call = steps.map(({ run }) => run ?? '').find((run) => run.includes(' gate ')) as string
      const options = [...call.matchAll(/--[a-z]+/g)].map(([option]) => option)
      expect(options).toEqual(['--out', '--junit', '--markdown'])
      for (const option of options) expect(knownOptions()).toContain(option)
      // a command whose status is swallowed would let everything pass
      expect(call.trim().split('\n').at(-1)).toMatch(/ gate [^|;&]*$/)
      expect(call).not.toMatch(/\|\||set \+e|continue-on-error/)
      expect(text).not.toMatch(/continue-on-error/)
    })

    it(`${name} judge by what is in force where the pull request goes, on every one, and show a verdict only where there is one`, () => {
      const steps = stepsOf(text)
      const inForce = steps.find((step) => step.with?.path === 'in-force')
      expect(inForce?.with?.ref).toMatch(/^\$\{\{ github\.event\.pull_request\.base\.sha \}\}$/)
      expect(steps.find(({ run }) => run?.includes(' gate '))?.run).toMatch(/in-force\//)
      const { on } = parse(text) as { on: unknown }
      // a required check that a filter on paths leaves out waits for ever
      expect(JSON.stringify(on)).not.toContain('paths')
      expect(steps.find(({ run }) => run?.includes('GITHUB_STEP_SUMMARY'))?.run).toMatch(/^if \[ -f gate\.md \]/)
    })
  }
})
