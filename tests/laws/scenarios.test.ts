/** Scenarios: the library, what is inherited, normal forms, and how shocks move columns over time. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { library } from '../../scenarios/library.generated.ts'
import { libraryNames } from '../../scenarios/library.ts'
import { sortKeys } from '../../scenarios/normalForm.ts'
import { describeShocks, planOf, scenarioFrom } from '../../scenarios/scenario.ts'
import { generatedFiles } from '../../sim/host/generateScenarios.ts'
import { parseDate, weekday } from '../../sim/kernel/calendar.ts'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { seedKey } from '../../sim/kernel/random/seed.ts'
import { Simulator } from '../../sim/kernel/simulator.ts'
import { accepts } from '../support/jsonSchema.ts'
import { economy, librarian, messageOf, onBase, resolve } from '../support/scenarios.ts'

const schema = JSON.parse(generatedFiles()['scenario.schema.json'])

/** The samples of one column of a scenario on base; `lines` are shocks from line 5 on. */
function samples(column: string, lines: readonly string[], run: readonly string[] = []): Float64Array {
  const [room, name] = column.split('.')
  const plan = planOf(resolve(onBase('shocks:', ...lines, ...run)), economy)
  return plan.levers[room][name]
}

describe('The library', () => {
  it('holds the twelve questions of the project, base first', () => {
    const asked =
      'base bank-run base-unified combined generation-shock glut lp-exit pilot pool-sweep rent-collapse top-borrower-default usdc-weekend'
    expect(libraryNames).toEqual(asked.split(' '))
  })

  it.each(libraryNames)('%s resolves to a plan that its own name, a question and the schema describe', (name) => {
    const scenario = librarian(name)
    expect(scenario.name).toBe(name)
    expect(scenario.question).toMatch(/\?$/)
    expect(accepts(schema, parseDocument(library[name]).toJS())).toBe(true)
    const plan = planOf(scenario, economy)
    expect(plan.days).toBe(scenario.days)
    expect(plan.seed).toEqual(seedKey(scenario.seed))
    expect(Object.keys(plan.parameters)).toEqual(Object.keys(economy.rooms))
  })

  it.each(libraryNames)('%s gives a reason for every number that it changes', (name) => {
    const { shocks, because } = librarian(name)
    for (const shock of shocks) expect(shock.because).toMatch(/\w/)
    const { set = {}, deals = {} } = parseDocument(library[name]).toJS()
    const given = [...Object.keys(set), ...Object.keys(deals).map((table) => `deals.${table}`)]
    expect(Object.keys(because).sort()).toEqual(given.sort())
  })

  it.each(libraryNames)(
    '%s keeps every law for three days after each of its shocks begins',
    (name) => {
      const scenario = librarian(name)
      const last = Math.max(0, ...scenario.shocks.map((shock) => Math.ceil(shock.atHours / 24)))
      const days = Math.min(scenario.days, Math.min(last, 90) + 3)
      const plan = planOf(librarian(name, { days }), economy)
      const outcomes = new Float64Array(2)
      new Simulator(economy, plan, 2).run(
        [0, 1],
        { outcomes: ['outcomes.minimumCoverage'], series: [] },
        undefined,
        outcomes,
      )
      expect(outcomes.every((value) => value > 0)).toBe(true)
    },
    300_000,
  )

  it('has a base of two tiers, a hundred holders or more on each path and hourly markets', () => {
    const base = librarian('base')
    const plan = planOf(base, economy)
    expect(plan.parameters['aid']['mode']).toBe('twoTier')
    expect(plan.ticksPerDay).toBe(24)
    const holders = plan.tables['holders']['cohorts'].reduce((sum, row) => sum + Number(row['holders']), 0)
    expect(holders).toBeGreaterThanOrEqual(100)
    expect(plan.parameters['aid']['startSupply']).toBe(21e6)
  })

  it('has in base-unified the twin of base: only the mode differs', () => {
    const plans = ['base', 'base-unified'].map((name) => planOf(librarian(name), economy))
    expect(plans[1].parameters['aid']['mode']).toBe('unified')
    const parameters = { ...plans[1].parameters, aid: { ...plans[1].parameters['aid'], mode: 'twoTier' } }
    expect({ ...plans[1], parameters }).toEqual(plans[0])
  })

  it('lends 100,000 USD in the pilot, in one deal, and 85 % of the staked fund', () => {
    const { tables, parameters } = planOf(librarian('pilot'), economy)
    expect(tables['deals']['tape'].map((deal) => deal['principal'])).toEqual([100_000])
    const staked = Number(parameters['aid']['startSupply']) * Number(parameters['aid']['stakedShare'])
    expect(100_000 / staked).toBeCloseTo(0.85, 2)
  })

  it('brings rents down by 60 % in two quarters and leaves them there', () => {
    const rents = planOf(librarian('rent-collapse'), economy).levers['gpuMarket']['rentFactor']
    expect(rents[30 * 24]).toBe(1)
    expect(rents[(30 + 91) * 24]).toBeCloseTo(0.7, 12)
    expect(rents[(30 + 182) * 24]).toBe(0.4)
    expect(rents.at(-1)).toBe(0.4)
  })

  it('has USDC at 0.88 on a Saturday morning and half way back 14.7 hours later', () => {
    const scenario = librarian('usdc-weekend')
    const price = planOf(scenario, economy).levers['reserve']['usdcPrice']
    const low = price.indexOf(0.88)
    expect(Math.min(...price)).toBe(0.88)
    expect(weekday(parseDate(scenario.start) + Math.floor(low / 24))).toBe(5)
    expect(low % 24).toBe(8)
    for (const hours of [1, 14, 15, 40]) {
      expect(price[low + hours]).toBe(1 - 0.12 * exp((-log(2) * (hours / 24)) / 0.6125))
    }
    expect(price[low + 14]).toBeLessThan(0.94)
    expect(price[low + 15]).toBeGreaterThan(0.94)
    expect(price.at(-1)).toBe(1)
  })

  it('is current as a module, and so is the schema', () => {
    for (const [name, text] of Object.entries(generatedFiles())) {
      expect(
        readFileSync(new URL(`../../scenarios/${name}`, import.meta.url), 'utf8') === text,
        `${name}: npm run schema`,
      ).toBe(true)
    }
  })
})

describe('The schema', () => {
  it.each([
    ['an unknown name', 'set: { gpuMarket.meanReversionn: 1 }'],
    ['a number out of bounds', 'set: { deals.graceDays: 500 }'],
    ['another unit', 'set: { deals.graceDays: { value: 2, unit: months } }'],
    ['an unknown choice', 'set: { aid.access: all }'],
    ['an incomplete row', 'deals: { mix: [{ name: H100 }] }'],
    ['an unknown field', 'set: { deals.mix.H100.wieght: 1 }'],
    ['an unknown column', 'shocks: [{ column: gpuMarket.spot, at: 1, to: 1 }]'],
    ['a shock out of bounds', 'shocks: [{ column: gpuMarket.rentFactor, at: 1, to: 9 }]'],
    ['a shock of two sizes', 'shocks: [{ column: gpuMarket.rentFactor, at: 1, to: 1, times: 1 }]'],
    ['a duration without unit', 'shocks: [{ column: gpuMarket.rentFactor, at: 1, to: 1, over: 3 }]'],
    ['too many days', 'run: { days: 1096 }'],
    ['an unknown metric', 'report: { metrics: [sadLoss] }'],
    ['a record of agents', 'record: { outcomes: [gpuMarket.spot] }'],
  ])('refuses %s, as resolving does', (_, line) => {
    expect(accepts(schema, parseDocument(onBase(line)).toJS())).toBe(false)
    expect(messageOf(onBase(line))).toMatch(/^test\.yaml:4:\d+ /)
  })

  it('knows every parameter, table and shockable column, with unit, bounds and source', () => {
    const set = schema.properties.set.properties
    for (const [room, { parameters, tables }] of Object.entries(economy.rooms)) {
      for (const name of [...Object.keys(parameters), ...Object.keys(tables)])
        expect(set).toHaveProperty([`${room}.${name}`])
      for (const [name, p] of Object.entries<{ source: string; value: unknown }>(parameters)) {
        expect(set[`${room}.${name}`].description).toContain(p.source)
        expect(set[`${room}.${name}`].default).toBe(p.value)
      }
    }
    const columns = Object.values(economy.rooms).flatMap((room) =>
      Object.keys(room.levers).map((name) => `${room.name}.${name}`),
    )
    expect(schema.properties.shocks.items.properties.column.enum).toEqual(columns)
  })
})

describe('A scenario', () => {
  it('is written as the example of the folder shows', () => {
    const readme = readFileSync(new URL('../../scenarios/README.md', import.meta.url), 'utf8')
    const example = /```yaml\n([\s\S]*?)```/.exec(readme)![1]
    expect(resolve(example).name).toBe('stormy-autumn')
    expect(accepts(schema, parseDocument(example).toJS())).toBe(true)
  })

  it('has one normal form whatever the order, layout and quotes of its lines', () => {
    const one = onBase(
      'mode: unified',
      'set:',
      '  deals.mix.H100.weight: 2',
      '  deals.graceDays: { value: 45, because: forbearance }',
      '  deals.mix: [{ name: H100, weight: 1 }, { weight: 3, name: B200 }]',
      'run: { days: 30, seed: 7 }',
    )
    const other = [
      'run:',
      '  seed: "7"',
      '  days: 3.0e1',
      'deals:',
      '  mix:',
      '    - name: "H100"',
      '      weight: 1.0',
      '    - { name: B200, weight: 3 }',
      'set:',
      '  deals.graceDays:',
      '    because: "forbearance"',
      '    unit: day',
      '    value: 45',
      '  aid.mode: unified',
      '  deals.mix.H100.weight: { value: 2 }',
      'extends: base # the calm year',
      'question: >-',
      '  Does it',
      '  hold?',
      'name: test',
    ].join('\n')
    expect(JSON.stringify(resolve(other).normalForm)).toBe(JSON.stringify(resolve(one).normalForm))
    expect(resolve(one).tables).toEqual({
      deals: {
        mix: [
          { name: 'H100', weight: 2 },
          { name: 'B200', weight: 3 },
        ],
      },
    })
  })

  it('keeps its normal form through JSON, and runs again from it alone', () => {
    for (const name of ['combined', 'pilot', 'base-unified']) {
      const scenario = librarian(name)
      const stored = JSON.parse(JSON.stringify(scenario.normalForm))
      expect(stored).toEqual(scenario.normalForm)
      const again = scenarioFrom(stored, scenario.file, scenario.ancestry)
      expect(planOf(again, economy)).toEqual(planOf(scenario, economy))
      expect(describeShocks(again)).toEqual(describeShocks(scenario))
    }
  })

  it('has sorted keys at every depth of its normal form', () => {
    const sorted = (value: unknown): boolean => {
      if (value === null || typeof value !== 'object') return true
      const keys = Object.keys(value)
      const inOrder = Array.isArray(value) || keys.every((key, i) => i === 0 || keys[i - 1] < key)
      return inOrder && Object.values(value).every(sorted)
    }
    for (const name of libraryNames) expect(sorted(librarian(name).normalForm)).toBe(true)
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(JSON.stringify(sortKeys(reversed))).toBe(JSON.stringify(sortKeys(value)))
      }),
      { seed: 20261122 },
    )
  })

  it('inherits settings and shocks, replaces them name by name, and drops the reason of a value that it replaces', () => {
    const files = {
      'grandparent.yaml': onBase(
        'set:',
        '  deals.graceDays: { value: 45, because: forbearance }',
        '  deals.legalDelay: { value: 90, because: courts }',
        '  deals.borrowers.Auk Robotics.startingCash: { value: 4, because: raised }',
        'shocks:',
        '  - { column: holders.panic, at: 3, to: 0.1 }',
      ),
      'parent.yaml':
        'name: parent\nquestion: q\nextends: ./grandparent.yaml\nset: { deals.graceDays: 10 }\nrun: { days: 20 }',
    }
    const child = resolve(
      [
        'name: child',
        'question: q',
        'extends: ./parent.yaml',
        'set: { deals.borrowers.Auk Robotics.contractedShare: 0.9 }',
        'shocks: [{ column: holders.panic, at: 5, to: 0.2 }]',
      ].join('\n'),
      {},
      files,
    )
    expect(child.ancestry).toEqual(['parent', 'test', 'base'])
    expect(child.parameters['deals']).toEqual({ graceDays: 10, legalDelay: 90 })
    expect(child.because).toEqual({
      'deals.legalDelay': 'courts',
      'deals.borrowers.Auk Robotics.startingCash': 'raised',
    })
    expect(child.days).toBe(20)
    expect(child.shocks.map((shock) => [shock.atHours, shock.to])).toEqual([
      [72, 0.1],
      [120, 0.2],
    ])
    const auk = child.tables['deals']['borrowers'].find((row) => row['name'] === 'Auk Robotics')
    expect(auk).toMatchObject({ startingCash: 4, contractedShare: 0.9 })
  })

  it('is changed last by the options of the command line', () => {
    const set = [
      'deals.graceDays=12',
      'aid.access=open',
      'deals.borrowers.Auk Robotics.startingCash=7',
      'aid.mode=unified',
    ]
    const scenario = resolve(onBase('set: { deals.graceDays: 45 }'), { set, paths: 10, days: 5, seed: 'summer' })
    expect(scenario.parameters).toEqual({ aid: { access: 'open', mode: 'unified' }, deals: { graceDays: 12 } })
    expect(scenario.tables['deals']['borrowers'].find((row) => row['name'] === 'Auk Robotics')).toMatchObject({
      startingCash: 7,
    })
    expect([scenario.paths, scenario.days, scenario.seed]).toEqual([10, 5, 'summer'])
  })

  it('may be cut short by an option before its shocks begin, and says so', () => {
    const [shock] = describeShocks(librarian('top-borrower-default', { days: 10 }))
    expect(shock.words).toContain('after the end of the run')
  })

  it('asks for more to be kept and shown, with what its ancestors ask', () => {
    const files = {
      'parent.yaml': onBase(
        'record:',
        '  outcomes: [signals.coverage, deals.outstanding]',
        '  series: [{ column: signals.coverage, from: 0, to: 2 }]',
        'report: { metrics: [saidLoss] }',
      ),
    }
    const text = [
      'name: child',
      'question: q',
      'extends: ./parent.yaml',
      'record:',
      '  outcomes: [deals.outstanding, aid.supply]',
      '  series: [{ column: signals.coverage, scale: log, from: 0.1, to: 10 }]',
      'report: { metrics: [queueDays, badDebt] }',
    ].join('\n')
    const { record, report } = resolve(text, {}, files)
    expect(record.outcomes).toEqual(['signals.coverage', 'deals.outstanding', 'aid.supply'])
    expect(record.series).toEqual([{ column: 'signals.coverage', scale: 'log', from: 0.1, to: 10 }])
    expect(report.metrics).toEqual(['queueDays', 'badDebt'])
  })
})

describe('A shock', () => {
  const column = 'gpuMarket.rentFactor'

  it('is in force from the first tick that begins with it, until the one that begins with its end', () => {
    const values = samples(column, [
      '  - { column: gpuMarket.rentFactor, at: 2026-07-02T10:00, until: 2026-07-03, to: 0.5 }',
    ])
    expect([values[33], values[34], values[47], values[48]]).toEqual([1, 0.5, 0.5, 1])
  })

  it('rises in a straight line, stays, and goes back in a straight line', () => {
    const values = samples(column, [
      '  - { column: gpuMarket.rentFactor, at: 1, until: 3, to: 0.5, over: 1 days, back over: 12 hours }',
    ])
    expect([24, 30, 36, 48, 71, 72, 75, 78, 84].map((tick) => values[tick])).toEqual([
      1, 0.875, 0.75, 0.5, 0.5, 0.5, 0.625, 0.75, 1,
    ])
  })

  it('acts on what the shocks written before it have left', () => {
    const values = samples(
      column,
      [
        '  - { column: gpuMarket.rentFactor, at: 1, to: 0.8 }',
        '  - { column: gpuMarket.rentFactor, at: 2, times: 0.5, until: 4 }',
        '  - { column: gpuMarket.rentFactor, at: 3, expression: value + day / 100 + t }',
      ],
      ['run: { days: 4 }'],
    )
    expect([0, 24, 48, 71].map((tick) => values[tick])).toEqual([1, 0.8, 0.4, 0.4])
    expect(values[72]).toBe(0.4 + 3 / 100 + 0)
    expect(values[84]).toBe(0.4 + 3.5 / 100 + 0.5)
  })

  it('moves a column that stays neutral not at all', () => {
    const plan = planOf(resolve(onBase('shocks: [{ column: holders.panic, at: 3, to: 0 }]')), economy)
    expect(plan.levers).toEqual({})
  })

  it('has the same value at the same moment however many ticks a day has', () => {
    const hours = fc.integer({ min: 1, max: 200 })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        hours,
        hours,
        fc.double({ min: 0.02, max: 5, noNaN: true }),
        (at, over, more, to) => {
          const line = `  - { column: gpuMarket.rentFactor, at: ${at}, until: ${at + Math.ceil((over + more) / 24)}, to: ${to}, over: ${over} hours, back over: ${more} hours }`
          const hourly = samples(column, [line], ['run: { days: 60 }'])
          const daily = samples(column, [line], ['run: { days: 60, ticksPerDay: 1 }']) ?? new Float64Array(60).fill(1)
          expect([...daily]).toEqual([...hourly].filter((_, tick) => tick % 24 === 0))
        },
      ),
      { seed: 20261122, numRuns: 30 },
    )
  })

  it('is told in plain words', () => {
    const scenario = resolve(
      onBase(
        'shocks:',
        '  - { column: gpuMarket.rentFactor, at: 30, until: 90, times: 0.5, over: 36 hours, back over: 1 day, because: a fire }',
        '  - { column: holders.panic, at: 2026-07-05T10:15, to: 0.25 }',
        '  - { column: reserve.usdcPrice, expression: 1 - 0.1 * exp(-t) }',
      ),
    )
    expect(describeShocks(scenario)).toEqual([
      {
        column: 'gpuMarket.rentFactor',
        words:
          'becomes 0.5 times what it was in a straight line over 36 hours from 2026-07-31 (day 30), until 2026-09-29 (day 90), then back over 1 day: a fire',
      },
      { column: 'holders.panic', words: 'goes to 0.25 at once from 2026-07-05 10:15 UTC (day 4)' },
      { column: 'reserve.usdcPrice', words: 'follows 1 - 0.1 * exp(-t), t in days from 2026-07-01 (day 0)' },
    ])
  })
})
