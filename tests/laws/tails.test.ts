/** The study of a tail: its answer against closed forms, the same for the same question, and what it refuses. */
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { toHtml } from '../../reports/html.ts'
import { makeDrawing } from '../../reports/section.ts'
import { tailsParts } from '../../reports/studies/tails.ts'
import { leadWords, perSecond, replicationWords, tailWords, verdictWords } from '../../reports/studies/tailsWords.ts'
import { tails as command, type TailsArguments } from '../../sim/host/commands/tails.ts'
import { tailsTable } from '../../sim/host/tailsTable.ts'
import type { Terminal } from '../../sim/host/terminal.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { luckColumns } from '../../sim/kernel/steering.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import type { StudyManifest } from '../../sim/studies/study.ts'
import type { Interval } from '../../sim/studies/tails/answer.ts'
import { haarWaves } from '../../sim/studies/tails/fitting.ts'
import { checkQuestion, standardSizes, type TailsQuestion } from '../../sim/studies/tails/question.ts'
import { tails } from '../../sim/studies/tails/tails.ts'
import { playToy, toyEconomy, toyPlan } from '../support/toyEconomy.ts'

const outcomes = ['dice.total', 'dice.wait', 'dice.rare', 'dice.size', 'dice.events', 'dice.twice']

function metric(name: string, column: string, more: Partial<Metric> = {}): Metric {
  const evaluate = (row: Readonly<Record<string, number>>): number => row[column]
  return {
    name,
    meaning: `Meaning of ${name}`,
    unit: 'points',
    kind: 'amount',
    bad: 'high',
    columns: [column],
    evaluate,
    ...more,
  }
}

const metrics: readonly Metric[] = [
  metric('total', 'dice.total'),
  metric('lowTotal', 'dice.total', { bad: 'low' }),
  metric('early', 'dice.wait', { kind: 'event', unit: '1', evaluate: (row) => (row['dice.wait'] < 0.001 ? 1 : 0) }),
  metric('manyRare', 'dice.rare', { kind: 'event', unit: '1', evaluate: (row) => (row['dice.rare'] > 2.5 ? 1 : 0) }),
  metric('never', 'dice.twice'),
]

function laboratory(): Laboratory & { readonly asked: Cell[] } {
  const asked: Cell[] = []
  return {
    asked,
    economy: toyEconomy,
    metrics,
    say: () => {},
    simulate: async (cell) => {
      asked.push(cell)
      if (cell.steering) luckColumns(cell.steering)
      return playToy(cell.plan, cell.steering, cell.from, cell.to, outcomes, 500)
    },
  }
}

const base: TailsQuestion = {
  ...standardSizes,
  plan: toyPlan(8),
  metric: 'total',
  beyond: 3.3,
  paths: 1024,
  pilotPaths: 500,
  most: 6000,
}

/** The answer and the estimate of one method. */
async function ask(question: Partial<TailsQuestion>) {
  const lab = laboratory()
  const answer = await tails({ ...base, ...question }, lab)
  const of = (name: string) => {
    const found = answer.methods.find(({ method }) => method === name)
    if (!found) throw new Error(`no method ${name}`)
    return found
  }
  return { answer, of, asked: lab.asked }
}

describe('the study of a tail', () => {
  it('finds P(Z > 3.3) = 4.8342e-4 by a pilot of its own, at a gain above 50 a path', async () => {
    const { answer, of, asked } = await ask({})
    const sampled = of('importance sampling')
    expect(sampled.estimate.lower).toBeLessThan(4.8342414238378e-4)
    expect(sampled.estimate.upper).toBeGreaterThan(4.8342414238378e-4)
    expect(sampled.gainPerPath?.lower).toBeGreaterThan(50)
    expect(sampled.weights?.meanIsOne).toBe(true)
    expect(sampled.weights?.largest).toBeLessThanOrEqual(5)
    // 384.1 / p × (1 − p): what a plain probability needs for ±10 % at 95 %.
    expect(answer.plainPathsNeeded?.lower).toBeLessThan(794_250)
    expect(answer.plainPathsNeeded?.upper).toBeGreaterThan(794_250)
    expect((answer.plainPathsNeeded as Interval).value / 794_250).toBeCloseTo(1, 0)
    // The pilot takes away what it costs: 1 / (pilot / plain paths + 1 / gain).
    const { saving, gainPerPath: gain, pilotPaths } = sampled
    const { value: plainPaths } = answer.plainPathsNeeded as Interval
    expect(saving?.value).toBeCloseTo(1 / (pilotPaths / plainPaths + 1 / (gain as Interval).value), 9)
    expect(saving?.lower).toBeLessThan(saving?.value as number)
    const main = asked.filter(({ steering }) => steering?.mixture && !steering.watch)
    // Two stages, and the estimate is that of the second alone.
    expect(main.length).toBe(2)
    expect(sampled.paths).toBe(main[1].to - main[1].from)
    expect(main[1].from).toBe(main[0].to)
    const pilot = asked.filter(({ steering }) => steering?.watch)
    for (const { from, to } of main) {
      for (const other of pilot) expect(from >= other.to || to <= other.from).toBe(true)
    }
  })

  it('spends no more on importance sampling than it may after the pilot, in whole rounds', async () => {
    for (const most of [1005, 1999]) {
      const { asked } = await ask({ most, pilotPaths: 503 })
      const main = asked.filter(({ steering }) => steering?.mixture && !steering.watch)
      const spent = main.reduce((sum, { from, to }) => sum + to - from, 0)
      expect(spent).toBeLessThanOrEqual(most)
      expect(spent % 10).toBe(0)
    }
  })

  it('finds the mean of the worst 0.1 % of a normal loss, 3.36709, and of the worst low ones, −3.36709', async () => {
    const high = (await ask({ beyond: undefined, level: 0.999 })).of('importance sampling')
    expect(high.estimate.lower).toBeLessThan(3.36709008)
    expect(high.estimate.upper).toBeGreaterThan(3.36709008)
    const low = (await ask({ metric: 'lowTotal', beyond: undefined, level: 0.999 })).of('importance sampling')
    expect(low.estimate.lower).toBeLessThan(-3.36709008)
    expect(low.estimate.upper).toBeGreaterThan(-3.36709008)
  })

  it('finds an event of a draw made once, P(wait < 0.001) = 9.995e-4, by the column that the event reads', async () => {
    const { of } = await ask({ metric: 'early', beyond: undefined })
    const { estimate, gainPerPath } = of('importance sampling')
    expect(estimate.lower).toBeLessThan(1 - Math.exp(-0.001))
    expect(estimate.upper).toBeGreaterThan(1 - Math.exp(-0.001))
    expect(gainPerPath?.lower).toBeGreaterThan(20)
  })

  it('finds an event of many days, three of eight coins below a hundredth, 5.3927e-5, at the coins’ low end', async () => {
    const { of } = await ask({ metric: 'manyRare', beyond: undefined, most: 12_000 })
    const { estimate, steering } = of('importance sampling')
    expect(estimate.lower).toBeLessThan(5.3927e-5)
    expect(estimate.upper).toBeGreaterThan(5.3927e-5)
    const chances = steering?.mixture?.flatMap(({ chances: list = [] }) => list) ?? []
    expect(
      chances.some(({ shock, end, becomes, of: at }) => shock === 'dice.coin' && end === 'lowest' && becomes > at),
    ).toBe(true)
  })

  it('says the same of the mean by every method, and that pairs and nets gain on it', async () => {
    const { answer, of } = await ask({ beyond: 1 })
    const means = answer.methods.flatMap(({ method, mean }) => (mean === null ? [] : [{ method, mean }]))
    expect(means).toHaveLength(answer.methods.length)
    for (const { method, mean } of means) {
      // Means of 0; 3.3 standard errors are half again as wide as 95 % intervals of many paths.
      const half = ((mean.upper as number) - (mean.lower as number)) / 2
      expect(Math.abs(mean.value), method).toBeLessThan(1.7 * half + 1e-9)
    }
    expect(of('scrambled Sobol points').meanGainPerPath?.lower).toBeGreaterThan(10)
    expect(of('control variates').meanGainPerPath?.lower).toBeGreaterThan(10)
    expect(Math.abs(of('antithetic pairs').mean?.value as number)).toBeLessThan(1e-12)
  })

  it('answers the same to the last bit when it is asked again', async () => {
    const [first, second] = [await ask({}), await ask({})]
    expect(JSON.stringify(second.answer)).toBe(JSON.stringify(first.answer))
    expect(second.asked.map(({ from, to }) => [from, to])).toEqual(first.asked.map(({ from, to }) => [from, to]))
  })

  it('leaves importance sampling out where no luck tells bad paths from others, and has no interval for what never was', async () => {
    const { answer, of } = await ask({ metric: 'never', beyond: 0.5 })
    expect(answer.methods.map(({ method }) => method)).not.toContain('importance sampling')
    const why = 'its pilot found no luck that tells bad paths from others'
    expect(answer.leftOut).toContainEqual({ method: 'importance sampling', why })
    expect(tailsTable(answer, [], false).replaceAll(/\s+/g, ' ')).toContain(`Importance sampling was left out: ${why}.`)
    expect(of('plain').estimate.value).toBe(0)
    expect(of('plain').estimate.upper).toBeGreaterThan(0.001)
    expect(answer.plainPathsNeeded).toBeNull()
    expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity/)
  })

  it('is plain data with tables of whole rows, and is told in text and in sections', async () => {
    const { answer } = await ask({})
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
    for (const { columns, rows } of Object.values(answer.tables)) {
      for (const row of rows) expect(row.length).toBe(columns.length)
    }
    const paceOf = (method: string, seconds: number, noise = 0) => ({
      method,
      seconds,
      paths: 240,
      turns: [1, 1 + noise, 1 - noise, 1].map((one) => one * seconds),
    })
    const paces = answer.methods.map(({ method }, i) => paceOf(method, 0.01 * (1 + i)))
    const text = tailsTable(answer, paces, false)
    expect(text).toMatch(/importance sampling/)
    expect(text).not.toMatch(/NaN|undefined|null/)
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      /Fastest to ±10 % is .* \(.* to .*\) times as fast as plain simulation, any pilot/,
    )
    // Two that are faster, and cannot be ranked where their intervals overlap.
    const told = (speeds: readonly (readonly [string, number, number, number])[]) => {
      const methods = speeds.map(([method, value, lower, upper]) => ({
        ...answer.methods[1],
        method,
        saving: { value, lower, upper },
      }))
      return leadWords({ ...answer, methods: [answer.methods[0], ...methods], surest: 'plain', leftOut: [] }, [])
    }
    const tie = told([
      ['multilevel splitting', 9, 6, 13],
      ['importance sampling', 7, 3, 15],
      ['control variates', 2, 1.5, 2.5],
    ])
    expect(tie).toContain(
      'Faster than plain simulation to ±10\u00a0% are multilevel splitting and importance sampling: 9 (6 to 13) and 7 (3 to 15) times as fast',
    )
    expect(tie).toContain('overlap, so that they cannot be ranked; each holds at 95\u00a0% by itself')
    expect(tie).not.toContain('Fastest')
    // What is not known of the times is in the verdict too.
    const gain = { value: 1.4, lower: 1.2, upper: 1.6 }
    const perSecondOf = (noise: number) =>
      perSecond(gain, 'antithetic pairs', [paceOf('plain', 0.01), paceOf('antithetic pairs', 0.01, noise)], 0.95)
    expect(perSecondOf(0)).toEqual({ value: 1.4, lower: expect.closeTo(1.2, 12), upper: expect.closeTo(1.6, 12) })
    expect(verdictWords(perSecondOf(0.01))).toBe('faster')
    expect(verdictWords(perSecondOf(0.3))).toBe('cannot be told apart')
    expect(perSecond(gain, 'antithetic pairs', [], 0.95)).toEqual(perSecondOf(0))
    const passed = { kind: 'probability', beyond: 0.4567 } as const
    expect(tailWords({ tail: passed, metric: { meaning: 'Loss', unit: '1', kind: 'amount', bad: 'high' } })).toBe(
      'Probability of more than 45.67\u00a0%: loss',
    )
    expect(replicationWords({ ...answer.methods[0], method: 'multilevel splitting', largestReplication: 0.0712 })).toBe(
      'Of the weight of the tail by multilevel splitting one replication has 7.12\u00a0%; no other has more.',
    )
    expect(replicationWords(answer.methods[0])).toBe('')
    const clear = told([
      ['multilevel splitting', 9, 6, 13],
      ['importance sampling', 3, 2, 5],
    ])
    expect(clear).toContain('Fastest to ±10\u00a0% is multilevel splitting: 9 (6 to 13)')
    expect(told([['scrambled Sobol points', 1.4, 0.9, 2]])).toContain('scrambled Sobol points are 1.4 (0.9 to 2) times')
    // The widest numbers that rows may have.
    const widest = answer.methods.map((m) => ({
      ...m,
      method: 'scrambled Sobol points',
      pilotPaths: 12_000,
      saving: { value: 0.00839, lower: 0.00127, upper: 1.0028 },
      gainPerPath: { value: 0.0839, lower: 0.0000127, upper: 1.0028 },
    }))
    const lines = tailsTable({ ...answer, methods: widest, surest: 'scrambled Sobol points' }, [], false).split('\n')
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80)
    // Where every path of the others takes a thousand times as long, plain simulation is the cheaper one.
    const slow = paces.map((pace) => (pace.method === 'plain' ? pace : paceOf(pace.method, 100)))
    const slowText = tailsTable(answer, slow, false).replaceAll(/\s+/g, ' ')
    expect(slowText).toMatch(
      /For this question plain simulation is cheaper than any other way: .* times as long to ±10 %/,
    )
    // A method that no path of which reached the tail has no interval; its row stays in the table with empty cells.
    const [plain, ...others] = answer.methods
    const blind = { ...plain, estimate: { value: 0, lower: null, upper: null }, gainPerPath: null }
    for (const told of [answer, { ...answer, methods: [blind, ...others] }]) {
      const drawing = makeDrawing(new JSDOM('').window.document)
      const sections = tailsParts.sections(told, drawing, { timing: { paces } } as unknown as StudyManifest)
      const page = [
        tailsParts.summary(told, { timing: { paces } } as unknown as StudyManifest),
        ...sections.map(({ body }) => body),
      ]
        .map(toHtml)
        .join('')
      expect(page).toMatch(/importance sampling/)
      expect(page).not.toMatch(/NaN|undefined|Infinity/)
    }
  })
})

describe('Haar’s waves', () => {
  it('are orthonormal', () => {
    for (const blocks of [1, 2, 8]) {
      const waves = haarWaves(blocks)
      expect(waves.length).toBe(blocks)
      waves.forEach((a, i) => {
        waves.forEach((b, j) => {
          const product = a.reduce((sum, x, k) => sum + x * b[k], 0)
          expect(product).toBeCloseTo(i === j ? 1 : 0, 12)
        })
      })
    }
  })
})

describe('the command refuses what it cannot ask, before any path', () => {
  const terminal: Terminal = { out: () => {}, say: () => {}, colours: false, words: [] }
  const given = { metric: 'saidLoss', set: [], report: false, threads: '0' }
  const wrong: readonly (readonly [string, Partial<TailsArguments>, RegExp])[] = [
    ['a beyond that is no number', { beyond: 'much' }, /--beyond is much; it must be a number/],
    ['beyond and level together', { beyond: '0.4', level: '0.99' }, /give one of them/],
    [
      'an event with a level',
      { metric: 'exitFailure', level: '0.9' },
      /exitFailure happens or not: .* without --level/,
    ],
    ['a metric that is none', { metric: 'saidLos' }, /^--metric: unknown metric: saidLos; did you mean saidLoss\?/],
    ['half a path', { pilotPaths: '0.5' }, /--pilot-paths is 0\.5/],
    ['a level in per cent', { level: '99.9' }, /--level is 99\.9; .* from 0\.5 to 0\.99999; 99\.9 % is written 0\.999/],
    ['a precision of all, in per cent', { precision: '100' }, /--precision is 100; .*100 % is written 1/],
    ['a precision in per cent', { precision: '10' }, /--precision is 10; .*10 % is written 0\.1/],
    [
      'a loss in per cent',
      { beyond: '45' },
      /^--beyond is 45: no path is worse than 45: saidLoss is never above 1; 45 % is written 0\.45/,
    ],
    ['too few paths', { paths: '100' }, /--paths is 100; it must be a whole number from 200 to 1000000$/],
    ['a pilot of ten', { pilotPaths: '10' }, /--pilot-paths is 10; it must be a whole number from 200 to 100000$/],
  ]
  for (const [what, change, message] of wrong) {
    it(`${what}`, async () => {
      await expect(command('base', { ...given, ...change }, terminal)).rejects.toThrow(message)
    })
  }
})

describe('a question about a tail that cannot be is refused by name', () => {
  const wrong: readonly (readonly [string, Partial<TailsQuestion>, RegExp])[] = [
    ['an unknown metric', { metric: 'totl' }, /^--metric: unknown metric: totl; did you mean total\?/],
    ['an unknown guide', { guide: 'zzz' }, /^--guide: unknown metric: zzz; known: total/],
    ['an amount without its tail', { beyond: undefined }, /total is an amount; give either the amount/],
    ['an amount with two tails', { level: 0.99 }, /give either the amount/],
    ['an event beyond something', { metric: 'early' }, /early happens or not: .* without --beyond/],
    ['a level of 1', { beyond: undefined, level: 1 }, /--level is 1; it must be a number from 0\.5 to 0\.99999/],
    ['no amount', { beyond: Number.NaN }, /--beyond is NaN/],
    ['too few paths', { paths: 20 }, /--paths is 20; it must be a whole number from 200/],
    ['too few paths in the pilot', { pilotPaths: 10 }, /--pilot-paths is 10;/],
    ['a precision of 0', { precision: 0 }, /--precision is 0/],
    ['a confidence of 1', { confidence: 1 }, /confidence is 1/],
    ['too few paths at most', { most: 10 }, /--most is 10;/],
  ]
  for (const [what, change, message] of wrong) {
    it(`${what}`, () => {
      const check = () => checkQuestion({ ...base, ...change }, metrics)
      expect(check).toThrow(InputError)
      expect(check).toThrow(message)
    })
  }
})
