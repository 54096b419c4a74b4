/** A small economy that fails in three ways whose likeliest points are known, and a laboratory that simulates it in this thread. */
import { scenarioFrom } from '../../scenarios/scenario.ts'
import { openBatchWork } from '../../sim/host/batchWork.ts'
import { defineEconomy, type Economy } from '../../sim/kernel/economy.ts'
import { defineRoom } from '../../sim/kernel/room.ts'
import { luckColumns } from '../../sim/kernel/steering.ts'
import type { Cell, Laboratory } from '../../sim/studies/laboratory.ts'
import type { Metric } from '../../sim/studies/metric.ts'
import type { Lever, StressLanguage } from '../../sim/studies/reverse/language.ts'
import { type ReverseQuestion, usualEffort } from '../../sim/studies/reverse/question.ts'

/** Distances of the limits: sums of a, −b, and of (b + c)/√2 of so many deviations fail. */
export const limits = { first: 2, second: 2.2, third: 2.4 }

const luck = defineRoom({
  name: 'luck',
  meaning: 'Three sums of daily luck; each may go too far.',
  state: {
    first: { unit: '1', meaning: 'First sum, in deviations of the whole run' },
    second: { unit: '1', meaning: 'Second sum' },
    third: { unit: '1', meaning: 'Third sum' },
    margin: { unit: '1', meaning: 'Distance of the nearest limit, 0 or below has failed' },
  },
  shocks: {
    a: { law: 'normal', meaning: 'Luck of the first sum' },
    b: { law: 'normal', meaning: 'Luck of the second sum' },
    c: { law: 'normal', meaning: 'Luck of the third sum' },
    d: { law: 'normal', meaning: 'Luck that matters to nothing' },
  },
  levers: {
    push: { unit: '1', meaning: 'Added to the first sum at the end', neutral: 0, from: -10, to: 10 },
    shove: { unit: '1', meaning: 'Added besides', neutral: 0, from: -40, to: 40 },
  },
  open({ state, shocks, levers, clock }) {
    const scale = 1 / Math.sqrt(clock.days)
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) state.margin[active[k]] = 9
      },
      step(active, count) {
        const last = clock.day === clock.days - 1
        for (let k = 0; k < count; k++) {
          const p = active[k]
          state.first[p] += scale * shocks.a[p] + (last ? levers.push[clock.now] + levers.shove[clock.now] : 0)
          state.second[p] += scale * shocks.b[p]
          state.third[p] += scale * shocks.c[p]
          if (!last) continue
          const both = (state.second[p] + state.third[p]) / Math.SQRT2
          state.margin[p] = Math.min(
            limits.first - state.first[p],
            limits.second + state.second[p],
            limits.third - both,
          )
        }
      },
    }
  },
})

export const toyEconomy: Economy = defineEconomy({
  name: 'toy of three limits',
  rooms: { luck },
  wires: { luck: () => ({}) },
  meetings: {},
  day: { morning: [{ run: 'luck', description: 'Luck adds up' }], ticks: [], evening: [] },
  laws: () => ({}),
  ledgerScale: () => () => 1,
})

export const toyMetrics: readonly Metric[] = [
  {
    name: 'broken',
    meaning: 'A limit is passed',
    unit: '1',
    kind: 'event',
    bad: 'high',
    columns: ['luck.margin'],
    evaluate: (row) => (row['luck.margin'] <= 0 ? 1 : 0),
  },
  {
    name: 'margin',
    meaning: 'Distance of the nearest limit',
    unit: 'USD',
    kind: 'amount',
    bad: 'low',
    columns: ['luck.margin'],
    evaluate: (row) => row['luck.margin'],
  },
]

const outcomes = ['luck.margin', 'luck.first', 'luck.second', 'luck.third']

/** Counts what it simulates. */
export function toyLaboratory(): Laboratory & { cells: string[] } {
  const cells: string[] = []
  return {
    cells,
    economy: toyEconomy,
    metrics: toyMetrics,
    say: () => {},
    simulate: async ({ plan, from, to, steering }: Cell) => {
      cells.push(JSON.stringify({ plan, from, to, steering }))
      const names = [...outcomes, ...(steering ? luckColumns(steering) : [])]
      const work = openBatchWork(toyEconomy, plan, { outcomes: names, series: [] }, 500, steering)
      const columns = names.map(() => new Float64Array(to - from))
      for (let at = from; at < to; at += 500) {
        const count = Math.min(500, to - at)
        const rows = work.run(at, count)
        for (let p = 0; p < count; p++) {
          for (let o = 0; o < names.length; o++) columns[o][at - from + p] = rows[p * names.length + o]
        }
      }
      return Object.fromEntries(names.map((name, o) => [name, columns[o]]))
    },
  }
}

/** @param tells with one cause for all paths only the directions of their luck tell the three ways apart */
export function toyLanguage(tells: 'causes' | 'nothing'): StressLanguage {
  const drawn = (name: string) => ({
    kind: 'drawn' as const,
    name,
    meaning: `Sum of ${name}`,
    block: 0,
    parts: [{ shock: `luck.${name}`, weight: 1 }],
  })
  return {
    space: () => ({ blocks: 1, coordinates: ['a', 'b', 'c', 'd'].map(drawn) }),
    witness: {
      columns: ['luck.first', 'luck.second', 'luck.third'],
      causes: { first: 'the first sum is too large', second: 'the second is too small', third: 'two are too large' },
      amounts: [
        { name: 'first', unit: '1', meaning: 'First sum', bad: 'high', words: (x) => `a first sum of ${x.toFixed(1)}` },
        { name: 'second', unit: '1', meaning: 'Second sum', bad: 'low', words: (x) => `a second of ${x.toFixed(1)}` },
      ],
      marks: [{ name: 'end', words: 'the end' }],
      testify(series, plan) {
        const end = plan.days - 1
        const [a, b, c] = ['first', 'second', 'third'].map((name) => series[`luck.${name}`][end])
        const gaps = [limits.first - a, limits.second + b, limits.third - (b + c) / Math.SQRT2]
        const cause = ['first', 'second', 'third'][gaps.indexOf(Math.min(...gaps))]
        return {
          cause: tells === 'causes' ? cause : 'something',
          amounts: { first: a, second: b },
          marks: { end },
          names: {},
        }
      },
    },
    levers: [
      {
        name: 'push',
        meaning: 'Added to the first sum',
        unit: '1',
        from: 0,
        to: 8,
        shocks: (size) => [{ column: 'luck.push', atHours: 0, to: size }],
        words: (size) => `a push of ${size.toFixed(1)}`,
        seen: { amount: 'first', at: (size) => size },
      },
    ],
    reproduction: {
      followed: null,
      ordered: [{ mark: 'end', causes: ['first'], shocks: () => [{ column: 'luck.push', atHours: 0, to: 2.5 }] }],
    },
  }
}

/** The lever of the toy in sizes, and one in whole steps, each a shove of so much. */
export function leversWithSteps(shove: number): readonly Lever[] {
  return [
    ...toyLanguage('causes').levers,
    {
      name: 'steps',
      meaning: 'Steps that shove the first sum',
      unit: 'steps',
      from: 0,
      to: 10,
      integer: true,
      shocks: (count) => [{ column: 'luck.shove', atHours: 0, to: count * shove }],
      words: (count) => `${count} steps`,
    },
  ]
}

export function toyQuestion(
  changes: Partial<Omit<ReverseQuestion, 'effort'>> & {
    effort?: Partial<ReverseQuestion['effort']>
    paths?: number
  } = {},
): ReverseQuestion {
  const { effort, paths = 6000, ...rest } = changes
  const scenario = scenarioFrom(
    {
      name: 'toy',
      question: 'How does it break?',
      start: '2026-07-01',
      days: 9,
      paths,
      seed: '8',
      ticksPerDay: 1,
      parameters: {},
      tables: {},
      shocks: [],
      because: {},
      record: { outcomes: [], series: [] },
      report: {},
    },
    'toy.yaml',
    [],
  )
  return {
    scenario,
    extends: 'toy',
    settings: [],
    failures: ['broken'],
    language: toyLanguage('causes'),
    effort: { ...usualEffort, searchPaths: 400, checkPaths: 4000, leverPaths: 400, controls: 400, ...effort },
    ...rest,
  }
}

/** Few paths for everything that is done beside the plain ones. */
export const smallEffort = { searchPaths: 40, checkPaths: 200, leverPaths: 20, controls: 40 }
