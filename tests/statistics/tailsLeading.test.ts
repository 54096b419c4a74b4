/**
 * The estimate that leads a study of a tail is right on average, and what a way of simulating gains is held against the paths that it
 * shares with plain simulation. Seeds are fixed; a mean may be four standard errors from the truth: once in 16,000 by chance.
 */
import { describe, expect, it } from 'vitest'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { luckColumns } from '../../sim/kernel/steering.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { meanWithInterval } from '../../sim/statistics/means.ts'
import {
  blocksOf,
  intervalOf,
  type LogEstimate,
  quotient,
  quotientOfShared,
  tailVariances,
  termVariances,
} from '../../sim/statistics/tailVariances.ts'
import type { Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import type { TailsAnswer } from '../../sim/studies/tails/answer.ts'
import { leading } from '../../sim/studies/tails/leading.ts'
import type { Finding } from '../../sim/studies/tails/methods.ts'
import { standardSizes, type TailsQuestion } from '../../sim/studies/tails/question.ts'
import { tails } from '../../sim/studies/tails/tails.ts'
import { playToy, toyEconomy, toyPlan } from '../support/toyEconomy.ts'

const amount = (column: string): Metric => ({
  name: column,
  meaning: `Meaning of ${column}`,
  unit: '1',
  kind: 'amount',
  bad: 'high',
  columns: [`dice.${column}`],
  evaluate: (row) => row[`dice.${column}`],
})

const laboratory: Laboratory = {
  economy: toyEconomy,
  metrics: [amount('total'), amount('twice'), amount('rare')],
  say: () => {},
  simulate: async ({ plan, steering, from, to }) => {
    if (steering) luckColumns(steering)
    return playToy(plan, steering, from, to, ['dice.total', 'dice.twice', 'dice.rare'], 500)
  },
}

/** A normal number is above 2.0537 with a probability of 2 %. */
const rarely: Omit<TailsQuestion, 'plan'> = {
  ...standardSizes,
  metric: 'total',
  beyond: 2.053748910631823,
  paths: 200,
  pilotPaths: 200,
  most: 1000,
}

const leader = ({ methods, surest }: TailsAnswer) => {
  const found = methods.find(({ method }) => method === surest)
  if (!found) throw new Error(`no method ${surest}`)
  return found
}

describe('the estimate that leads', () => {
  /** @param more of the question, such as a guide by which the pilot finds no luck to move */
  async function leaders(seeds: number, more: Partial<TailsQuestion>) {
    const found: ReturnType<typeof leader>[] = []
    for (let seed = 0; seed < seeds; seed++) {
      const plan = toyPlan(2, 1, [20261122, 1000 + seed])
      found.push(leader(await tails({ ...rarely, ...more, plan }, laboratory)))
    }
    return found
  }

  function expectMean(values: readonly number[], truth: number): void {
    const { mean, standardError } = meanWithInterval(Float64Array.from(values), 0.95)
    expect(Math.abs(mean - truth), `${mean}`).toBeLessThan(4 * (standardError as number))
  }

  it('is right on average where no luck can be moved: 2 %, by plain paths', async () => {
    const found = await leaders(100, { guide: 'twice' })
    expect(new Set(found.map(({ method }) => method))).toEqual(new Set(['plain']))
    expectMean(
      found.map(({ estimate }) => estimate.value),
      0.02,
    )
  }, 60_000)

  it('is right on average where importance sampling leads, too', async () => {
    const found = await leaders(60, { paths: 300, pilotPaths: 300 })
    expect(new Set(found.map(({ method }) => method))).toEqual(new Set(['importance sampling']))
    expectMean(
      found.map(({ estimate }) => estimate.value),
      0.02,
    )
  }, 60_000)
})

describe('which way of simulating leads', () => {
  const finding = (method: string, more: object): Finding => ({ method, paths: 200, weights: null, ...more }) as Finding
  const plain = finding('plain', {})
  const foreseen = (tailPaths: number, tailShare = 0.001) => ({ foreseen: { tailPaths, tailShare } })
  const lead = (...others: Finding[]) => leading([plain, ...others]).method

  it('is decided in a fixed order by what the stage before promised, never by hits', () => {
    const pairs = finding('antithetic pairs', { tail: { value: 0.5, tailPaths: 1e6 } })
    const [split, sampled] = [
      finding('multilevel splitting', foreseen(60)),
      finding('importance sampling', foreseen(900)),
    ]
    expect(lead(pairs)).toBe('plain')
    expect(lead(sampled, pairs, split)).toBe('multilevel splitting')
    expect(lead(sampled, pairs)).toBe('importance sampling')
  })

  it('is plain simulation where others promise too little, not clearly more, or have weights that are not one', () => {
    expect(lead(finding('multilevel splitting', foreseen(49)))).toBe('plain')
    expect(lead(finding('importance sampling', foreseen(60, 0.2)))).toBe('plain')
    expect(lead(finding('importance sampling', { ...foreseen(900), weights: { meanIsOne: false } }))).toBe('plain')
  })
})

describe('a gain against plain paths', () => {
  const side = new SideStream()
  side.open(20261122, 0, 0x9a11, 0, 0, 0)
  const normals = (count: number) => Float64Array.from({ length: count }, () => side.normal())

  it('is one for certain where the paths are the same', () => {
    const losses = normals(2000)
    const plain = tailVariances({ kind: 'mean' }, { losses, group: 1 }).perPath as LogEstimate
    const own = termVariances({ terms: losses, value: 0, tailPaths: 2000 }, 1).perPath as LogEstimate
    const { value, lower, upper } = intervalOf(quotientOfShared(plain, own), 0.95)
    expect(value).toBeCloseTo(1, 12)
    expect(upper - lower).toBeLessThan(1e-9)
  })

  it('covers that of a control which explains nine tenths, in less than 0.7 of the width of independent paths', () => {
    let covering = 0
    const widths = { shared: 0, independent: 0 }
    for (let r = 0; r < 600; r++) {
      const [signal, noise] = [normals(400), normals(400)]
      // The variance of the whole is 10 / 9 of that of what the control leaves.
      const whole = noise.map((x, i) => 3 * x + signal[i])
      const plain = tailVariances({ kind: 'mean' }, { losses: whole, group: 1 }).perPath as LogEstimate
      const own = termVariances({ terms: noise.map((x) => 3 * x), value: 0, tailPaths: 400 }, 1).perPath as LogEstimate
      const { lower, upper } = intervalOf(quotientOfShared(plain, own), 0.95)
      if (lower <= 10 / 9 && 10 / 9 <= upper) covering++
      widths.shared += upper - lower
      const apart = intervalOf(quotient(plain, own), 0.95)
      widths.independent += apart.upper - apart.lower
    }
    expect(covering, `${covering} of 600`).toBeGreaterThanOrEqual(binomialQuantile(1e-6, 600, 0.93))
    expect(widths.shared).toBeLessThan(0.7 * widths.independent)
  })

  it('leaves the same paths out of both: pairs against single paths', () => {
    const losses = normals(401)
    const blocks = blocksOf(400, 2)
    const plain = tailVariances({ kind: 'mean' }, { losses, group: 1 }, undefined, blocks)
    expect(plain.perPath?.without?.length).toBe(20)
    expect(plain.perPath?.value).toBe(tailVariances({ kind: 'mean' }, { losses, group: 1 }).perPath?.value)
  })

  it('says so in the study: controls that explain nothing are told from plain paths by little', async () => {
    const question = { ...rarely, paths: 1000, metric: 'rare', beyond: 0.5, plan: toyPlan(8) }
    const { methods } = await tails(question, laboratory)
    const gain = methods.find(({ method }) => method === 'control variates')?.meanGainPerPath
    expect(gain?.lower).toBeGreaterThan(0.95)
    expect(gain?.upper).toBeLessThan(1.05)
  })

  it('has no variance of plain luck where terms are residuals', () => {
    const { perPath, plain, gain, relative } = termVariances({ terms: normals(400), value: 1, tailPaths: 400 }, 1)
    expect(perPath).not.toBeNull()
    expect([plain, gain, relative]).toEqual([null, null, null])
  })
})
