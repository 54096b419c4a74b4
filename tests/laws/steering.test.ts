/** Steered luck: what holds path by path, and what is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { bridgeSteps, walkBridge } from '../../sim/kernel/steering/bridge.ts'
import { checkSteering } from '../../sim/kernel/steering/check.ts'
import { roundOf } from '../../sim/kernel/steering/moves.ts'
import { numbersOf, shockNames } from '../../sim/kernel/steering/names.ts'
import { mirrored, probabilityOf, scoreOf, valueOfProbability, valueOfScore } from '../../sim/kernel/steering/scores.ts'
import { logWeightColumn, luckColumns, type Steering, watchColumn } from '../../sim/kernel/steering.ts'
import { planFor } from '../support/economyRuns.ts'
import { playToy, toyEconomy, toyPlan } from '../support/toyEconomy.ts'

const outcomes = ['total', 'second', 'highest', 'rare', 'middle', 'pair', 'wait', 'size', 'events', 'twice'].map(
  (name) => `dice.${name}`,
)
const plan = toyPlan(8)

/** Every way of steering at once that may stand together. */
const ways: Readonly<Record<string, Steering>> = {
  shifts: {
    shifts: [
      { shock: 'dice.factor', by: 0.4, from: 1, to: 3 },
      { shock: 'dice.coin', by: -0.3 },
      { shock: 'dice.wait', by: 0.5 },
      { shock: 'dice.size', by: -0.2 },
      { shock: 'dice.answer', by: 0.1 },
    ],
  },
  chances: {
    chances: [
      { shock: 'dice.factor', index: 1, end: 'highest', of: 0.1, becomes: 0.3 },
      { shock: 'dice.coin', end: 'lowest', of: 0.01, becomes: 0.05 },
      { shock: 'dice.wait', end: 'lowest', of: 0.05, becomes: 0.5 },
      { shock: 'dice.coin', end: 'highest', of: 0.2, becomes: 0.1 },
      { shock: 'dice.answer', end: 'highest', of: 0.5, becomes: 0.6 },
    ],
  },
  mixture: {
    mixture: [
      { paths: 2 },
      { paths: 3, shifts: [{ shock: 'dice.factor', index: 0, by: 0.8 }] },
      { paths: 5, chances: [{ shock: 'dice.factor', index: 0, end: 'highest', of: 0.1, becomes: 0.3 }] },
    ],
    watch: [{ shock: 'dice.factor', what: 'total', blocks: 4 }],
  },
  antithetic: { antithetic: true },
  quasi: {
    quasi: {
      points: 16,
      blocks: 3,
      shocks: [
        { shock: 'dice.factor' },
        { shock: 'dice.coin' },
        { shock: 'dice.wait' },
        { shock: 'dice.pair', index: 1 },
      ],
    },
  },
  'quasi with shifts': {
    quasi: { points: 8, blocks: 2, shocks: [{ shock: 'dice.factor', index: 2 }] },
    shifts: [{ shock: 'dice.factor', index: 2, by: 0.5 }],
  },
}

describe('a steered path', () => {
  for (const [name, steering] of Object.entries(ways)) {
    it(`is the same to the last bit in batches of 1, 7 and 40 under ${name}`, () => {
      const whole = playToy(plan, steering, 0, 40, outcomes, 40)
      expect(playToy(plan, steering, 0, 40, outcomes, 7)).toEqual(whole)
      const alone = playToy(plan, steering, 17, 18, outcomes, 1)
      for (const [column, [value]] of Object.entries(alone)) expect(value, column).toBe(whole[column][17])
    })
  }

  it('is an ordinary path to the last bit where nothing is steered, watched or not, and weighs 1', () => {
    const plain = playToy(plan, undefined, 0, 50, outcomes)
    for (const steering of [{}, { watch: [{ shock: 'dice.coin', what: 'lowest', blocks: 2 }] }] as Steering[]) {
      const steered = playToy(plan, steering, 0, 50, outcomes)
      for (const name of outcomes) expect(steered[name], name).toEqual(plain[name])
      expect([...steered[logWeightColumn]]).toEqual(new Array(50).fill(0))
    }
  })

  it('of the whole economy is an ordinary path to the last bit where nothing is steered', () => {
    const small = planFor({ days: 20, ticksPerDay: 2 })
    const names = Object.keys(economy.rooms['outcomes'].state).map((name) => `outcomes.${name}`)
    const played = (steering: Steering | undefined): Float64Array => {
      const out = new Float64Array(6 * names.length)
      new Simulator(economy, small, 6, { steering }).run(
        [0, 1, 2, 3, 4, 5],
        { outcomes: names, series: [] },
        undefined,
        out,
      )
      return out
    }
    const watch = [{ shock: 'deals.threshold', index: 2, what: 'lowest' as const }]
    expect(played({ watch })).toEqual(played(undefined))
  })

  it('weighs exactly what its moved draws say: log w = Σ (by² / 2 − by z′)', () => {
    const watch = [0, 1, 2].map((index) => ({ shock: 'dice.factor', index, what: 'total' as const, blocks: 8 }))
    const shifts = [
      { shock: 'dice.factor', index: 0, by: 0.7, from: 2, to: 6 },
      { shock: 'dice.factor', index: 0, by: -0.2, from: 5, to: 7 },
      { shock: 'dice.factor', index: 2, by: -1.1 },
    ]
    const columns = playToy(plan, { shifts, watch }, 0, 30, [])
    for (let p = 0; p < 30; p++) {
      let expected = 0
      for (let day = 0; day < 8; day++) {
        for (const index of [0, 1, 2]) {
          const by = shifts
            .filter((s) => s.index === index && day >= (s.from ?? 0) && day <= (s.to ?? 7))
            .reduce((sum, s) => sum + s.by, 0)
          const z = columns[watchColumn({ shock: 'dice.factor', index, what: 'total' }, day)][p]
          expected += by * (by / 2 - z)
        }
      }
      // A dozen additions of numbers below ten.
      expect(columns[logWeightColumn][p]).toBeCloseTo(expected, 12)
    }
  })

  it('has its ordinary draws plus the shift, and only on the days and numbers that are named', () => {
    const watch = [0, 1].map((index) => ({ shock: 'dice.factor', index, what: 'total' as const, blocks: 8 }))
    const plain = playToy(plan, { watch }, 0, 20, [])
    const moved = playToy(
      plan,
      { watch, shifts: [{ shock: 'dice.factor', index: 1, by: 0.5, from: 3, to: 4 }] },
      0,
      20,
      [],
    )
    for (let day = 0; day < 8; day++) {
      for (const index of [0, 1]) {
        const name = watchColumn({ shock: 'dice.factor', index, what: 'total' }, day)
        const by = index === 1 && (day === 3 || day === 4) ? 0.5 : 0
        for (let p = 0; p < 20; p++) expect(moved[name][p]).toBe(plain[name][p] + by)
      }
    }
  })

  it('of a mixture with plain luck weighs at most one over the share of plain luck', () => {
    const columns = playToy(plan, ways['mixture'], 0, 2000, [])
    for (const logWeight of columns[logWeightColumn]) expect(logWeight).toBeLessThanOrEqual(Math.log(10 / 2) + 1e-12)
  })

  it('that is asked twice on one day gets the same answer, and it counts once', () => {
    const shifts = [{ shock: 'dice.answer', by: 0.9 }]
    const watch = [
      { shock: 'dice.answer', what: 'count' as const },
      { shock: 'dice.answer', what: 'total' as const },
    ]
    const columns = playToy(plan, { shifts, watch }, 0, 40, ['dice.twice'])
    expect([...columns['dice.twice']]).toEqual(new Array(40).fill(0))
    for (let p = 0; p < 40; p++) {
      expect(columns[watchColumn(watch[0])][p]).toBe(8)
      const total = columns[watchColumn(watch[1])][p]
      expect(columns[logWeightColumn][p]).toBeCloseTo(8 * 0.405 - 0.9 * total, 9)
    }
  })
})

describe('antithetic pairs', () => {
  it('are mirrors: normal sums and uniforms add up to nothing, and the first of a pair is the ordinary path', () => {
    const plain = playToy(plan, undefined, 0, 40, outcomes)
    const pairs = playToy(plan, { antithetic: true }, 0, 40, outcomes)
    for (let p = 0; p < 40; p += 2) {
      for (const name of outcomes) expect(pairs[name][p], name).toBe(plain[name][p])
      expect(pairs['dice.total'][p + 1]).toBe(0 - pairs['dice.total'][p])
      expect(pairs['dice.pair'][p + 1]).toBe(0 - pairs['dice.pair'][p])
      expect(pairs['dice.middle'][p] + pairs['dice.middle'][p + 1]).toBeCloseTo(8, 12)
      const [wait, other] = [pairs['dice.wait'][p], pairs['dice.wait'][p + 1]]
      expect(Math.exp(-wait) + Math.exp(-other)).toBeCloseTo(1, 12)
    }
  })

  it('leave rooms that are not named their own luck', () => {
    const plain = playToy(plan, undefined, 0, 10, outcomes)
    const other = playToy(plan, { antithetic: [] }, 0, 10, outcomes)
    for (const name of outcomes) expect(other[name]).toEqual(plain[name])
  })
})

describe('scrambled Sobol points', () => {
  const shocks = [
    { shock: 'dice.factor' },
    { shock: 'dice.factor', index: 1 },
    { shock: 'dice.coin' },
    { shock: 'dice.wait' },
  ]
  const watch = [
    { shock: 'dice.factor', what: 'total' as const, blocks: 8 },
    { shock: 'dice.factor', what: 'highest' as const, blocks: 1 },
    { shock: 'dice.wait', what: 'lowest' as const },
    { shock: 'dice.factor', index: 2, what: 'total' as const, blocks: 8 },
  ]
  const columns = playToy(plan, { quasi: { points: 64, blocks: 2, shocks }, watch }, 0, 128, [])

  /** Sum of the eight days of the first factor, on each path. */
  const totals = Array.from({ length: 128 }, (_, p) => {
    const days = Array.from({ length: 8 }, (_, day) => columns[watchColumn(watch[0], day)][p])
    return days.reduce((sum, z) => sum + z, 0)
  })

  it('put one path into each of 64 equal parts of the law of every total and of every draw made once', () => {
    for (const randomisation of [0, 1]) {
      const parts = (numbers: readonly number[]): Set<number> => new Set(numbers.map((u) => Math.floor(64 * u)))
      const paths = Array.from({ length: 64 }, (_, p) => 64 * randomisation + p)
      expect(parts(paths.map((p) => probabilityOf('normal', totals[p] / Math.sqrt(8)))).size).toBe(64)
      const wait = columns[watchColumn(watch[2])]
      expect(parts(paths.map((p) => wait[p])).size).toBe(64)
    }
  })

  it('differ from one randomisation to the next', () => {
    for (let p = 0; p < 64; p++) expect(totals[p]).not.toBe(totals[64 + p])
  })

  it('leave what they do not steer, and each day about the mean of its block, as ordinary luck has it', () => {
    const plain = playToy(plan, { watch }, 0, 128, [])
    for (let p = 0; p < 128; p++) {
      for (let block = 0; block < 2; block++) {
        const days = (of: Record<string, Float64Array>): number[] =>
          Array.from({ length: 4 }, (_, d) => of[watchColumn(watch[0], 4 * block + d)][p])
        const about = (numbers: number[]): number[] => {
          const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length
          return numbers.map((x) => x - mean)
        }
        const [steered, ordinary] = [about(days(columns)), about(days(plain))]
        steered.forEach((x, d) => {
          expect(x).toBeCloseTo(ordinary[d], 12)
        })
      }
      for (let day = 0; day < 8; day++) {
        const name = watchColumn(watch[3], day)
        expect(columns[name][p]).toBe(plain[name][p])
      }
    }
  })
})

describe('the Brownian bridge', () => {
  it('has the covariance of a random walk for any blocks: steps of a block vary by its days, and apart', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (lengths) => {
        const starts = [0]
        for (const length of lengths) starts.push(starts[starts.length - 1] + length)
        const steps = bridgeSteps(starts)
        const path = new Float64Array(starts.length)
        // The map from normal numbers to sums is linear: its matrix times its transpose is the covariance.
        const rows = steps.map((_, s) => {
          const sums = new Float64Array(lengths.length)
          walkBridge(
            steps,
            steps.map((_, t) => (t === s ? 1 : 0)),
            path,
            sums,
            0,
          )
          return sums
        })
        for (let a = 0; a < lengths.length; a++) {
          for (let b = 0; b <= a; b++) {
            const covariance = rows.reduce((sum, row) => sum + row[a] * row[b], 0)
            expect(covariance).toBeCloseTo(a === b ? lengths[a] : 0, 9)
          }
        }
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })
})

describe('the steps of a bridge', () => {
  it('fall in variance where blocks are equal: the run, its half, two quarters, four eighths', () => {
    const starts = Array.from({ length: 9 }, (_, block) => 10 * block)
    const variances = bridgeSteps(starts).map(({ deviation }) => deviation * deviation)
    const expected = [80, 20, 10, 10, 5, 5, 5, 5]
    variances.forEach((variance, s) => {
      expect(variance).toBeCloseTo(expected[s], 12)
    })
  })
})

describe('scores', () => {
  const laws = ['normal', 'uniform', 'exponential'] as const

  it('go there and back for every law, far into both tails', () => {
    fc.assert(
      fc.property(fc.constantFrom(...laws), fc.double({ min: -7.5, max: 7.5, noNaN: true }), (law, score) => {
        // Close to probability one a uniform or exponential number holds less of a normal one: 2⁻⁵³ over the density.
        const density = Math.exp(-0.5 * score * score)
        const tolerance = 1e-12 + (score > 0 ? 4e-16 / density : 0)
        expect(Math.abs(scoreOf(law, valueOfScore(law, score)) - score)).toBeLessThan(tolerance)
      }),
      { seed: 20261122 },
    )
  })

  it('rise with the value, and probabilities go there and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...laws), fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (law, u) => {
        expect(probabilityOf(law, valueOfProbability(law, u))).toBeCloseTo(u, 11)
        expect(mirrored(mirrored(u))).toBeCloseTo(u, 15)
      }),
      { seed: 20261122 },
    )
  })
})

describe('rounds of a mixture', () => {
  it('have each part as often as it says, spread over the round', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (counts) => {
        const round = roundOf(counts.map((paths) => ({ paths })))
        const total = counts.reduce((sum, n) => sum + n, 0)
        expect(round.length).toBe(total)
        counts.forEach((count, part) => {
          expect(round.filter((p) => p === part).length).toBe(count)
          const half = round.slice(0, Math.ceil(total / 2)).filter((p) => p === part).length
          expect(Math.abs(half - count / 2)).toBeLessThanOrEqual(counts.length / 2 + 1)
        })
      }),
      { seed: 20261122 },
    )
  })
})

describe('names of shocks', () => {
  it('list every daily shock and declared draw with its law, and count its numbers', () => {
    const names = shockNames(economy).map(({ name }) => name)
    for (const name of [
      'gpuMarket.rentLuck',
      'gpuMarket.jumpSize',
      'deals.threshold',
      'holders.look',
      'reserve.rate',
    ]) {
      expect(names).toContain(name)
    }
    const whole = planFor({})
    expect(numbersOf(economy, whole, 'gpuMarket.rentLuck')).toBe(5)
    expect(numbersOf(economy, whole, 'deals.threshold')).toBe(10)
    expect(numbersOf(economy, whole, 'deals.insurer')).toBe(1)
    expect(numbersOf(economy, whole, 'holders.trade')).toBe(24)
    expect(shockNames(economy).find(({ name }) => name === 'deals.threshold')?.when).toBe('once')
  })

  it('name the columns of luck in their order', () => {
    const steering: Steering = {
      watch: [
        { shock: 'dice.factor', index: 2, what: 'total', blocks: 2 },
        { shock: 'dice.wait', what: 'lowest' },
      ],
    }
    expect(luckColumns(steering)).toEqual([
      'luck.logWeight',
      'luck.dice.factor.2.total.0',
      'luck.dice.factor.2.total.1',
      'luck.dice.wait.0.lowest.0',
    ])
  })
})

describe('a steering that cannot be is refused by name', () => {
  const wrong: readonly (readonly [string, Steering, RegExp])[] = [
    [
      'an unknown shock',
      { shifts: [{ shock: 'dice.factr', by: 1 }] },
      /unknown shock: dice\.factr; did you mean dice\.factor\?/,
    ],
    [
      'an index out of range',
      { shifts: [{ shock: 'dice.factor', index: 3, by: 1 }] },
      /index of dice\.factor is 3; .* 0 to 2/,
    ],
    ['a shift that is not finite', { shifts: [{ shock: 'dice.coin', by: Number.NaN }] }, /shift of dice\.coin is NaN/],
    [
      'a first day after the last',
      { shifts: [{ shock: 'dice.coin', by: 1, from: 5, to: 4 }] },
      /last day of dice\.coin is 4; .* 5 to 7/,
    ],
    ['a day after the run', { shifts: [{ shock: 'dice.coin', by: 1, to: 8 }] }, /last day of dice\.coin is 8/],
    [
      'a probability of 0',
      { chances: [{ shock: 'dice.coin', end: 'lowest', of: 0, becomes: 0.1 }] },
      /probability of the lowest of dice\.coin is 0/,
    ],
    [
      'a probability of 1',
      { chances: [{ shock: 'dice.coin', end: 'highest', of: 0.1, becomes: 1 }] },
      /becomes is 1; it must lie between 0 and 1/,
    ],
    [
      'two ends that leave nothing between',
      {
        chances: [
          { shock: 'dice.coin', end: 'lowest', of: 0.1, becomes: 0.6 },
          { shock: 'dice.coin', end: 'highest', of: 0.1, becomes: 0.5 },
        ],
      },
      /both ends of dice\.coin together are 0\.2 and become 1\.1/,
    ],
    [
      'one end twice',
      {
        chances: [
          { shock: 'dice.coin', end: 'lowest', of: 0.1, becomes: 0.6 },
          { shock: 'dice.coin', end: 'lowest', of: 0.2, becomes: 0.5, from: 3 },
        ],
      },
      /dice\.coin is moved twice/,
    ],
    [
      'two moves of one number',
      {
        shifts: [{ shock: 'dice.coin', by: 1 }],
        chances: [{ shock: 'dice.coin', end: 'lowest', of: 0.1, becomes: 0.2, from: 7 }],
      },
      /dice\.coin is moved twice/,
    ],
    ['shifts beside a mixture', { shifts: [], mixture: [{ paths: 1 }] }, /mixture has shifts and chances in its parts/],
    ['an empty mixture', { mixture: [] }, /mixture has no parts/],
    ['a part without paths', { mixture: [{ paths: 0 }] }, /paths of part 1 of the mixture is 0/],
    ['pairs of a mixture', { antithetic: true, mixture: [{ paths: 1 }] }, /mixture and antithetic exclude each other/],
    [
      'pairs of a net',
      { antithetic: true, quasi: { points: 8, blocks: 1, shocks: [{ shock: 'dice.coin' }] } },
      /antithetic and quasi exclude/,
    ],
    ['mirrors of an unknown room', { antithetic: ['dise'] }, /unknown room: dise; did you mean dice\?/],
    [
      'a net of 48 points',
      { quasi: { points: 48, blocks: 1, shocks: [{ shock: 'dice.coin' }] } },
      /points of a Sobol net is 48; .* power of two/,
    ],
    ['a net of nothing', { quasi: { points: 8, blocks: 1, shocks: [] } }, /steers no shock/],
    [
      'a net of what events draw',
      { quasi: { points: 8, blocks: 1, shocks: [{ shock: 'dice.size' }] } },
      /dice\.size is drawn as events come/,
    ],
    [
      'a shock twice in a net',
      { quasi: { points: 8, blocks: 1, shocks: [{ shock: 'dice.coin' }, { shock: 'dice.coin', index: 0 }] } },
      /stands in a Sobol net twice/,
    ],
    [
      'more blocks than days',
      { quasi: { points: 8, blocks: 9, shocks: [{ shock: 'dice.coin' }] } },
      /blocks of a Sobol net is 9/,
    ],
    [
      'a watch twice',
      {
        watch: [
          { shock: 'dice.coin', what: 'total' },
          { shock: 'dice.coin', what: 'total', blocks: 2 },
        ],
      },
      /the total of dice\.coin 0 is watched twice/,
    ],
    ['a watch of no block', { watch: [{ shock: 'dice.coin', what: 'total', blocks: 0 }] }, /blocks of dice\.coin is 0/],
  ]
  for (const [what, steering, message] of wrong) {
    it(`${what}`, () => {
      expect(() => checkSteering(toyEconomy, steering, plan)).toThrow(InputError)
      expect(() => new Simulator(toyEconomy, plan, 1, { steering })).toThrow(message)
    })
  }

  it('more dimensions than there are direction numbers', () => {
    const shocks = Array.from({ length: 20 }, (_, index) => ({ shock: 'dice.factor', index }))
    expect(() => checkSteering(toyEconomy, { quasi: { points: 8, blocks: 9, shocks } }, toyPlan(9, 20))).toThrow(
      /180 dimensions .* at most 161/,
    )
  })
})
