/** What a wrong scenario is answered: file, line, column, the value, and what would be right. */
import { describe, expect, it } from 'vitest'
import { messageOf, onBase } from '../support/scenarios.ts'

/** Lines from line 4 on, after name, question and extends: base; the message follows test.yaml: and the position. */
const onLines: readonly (readonly [string, readonly string[], string])[] = [
  [
    'an unknown key of the file',
    ['pahts: 3'],
    '4:1 unknown key of a scenario: pahts; known: name, question, extends, mode, set, deals, shocks, run, record, report, sweep',
  ],
  ['a misspelt key of the file', ['shoks: []'], '4:1 unknown key of a scenario: shoks; did you mean shocks?'],
  ['an unknown mode', ['mode: onetier'], '4:7 mode is onetier; it must be twoTier or unified'],
  ['a set that is no block', ['set: 3'], '4:6 set must be a block of room.parameter: value'],
  [
    'a misspelt parameter',
    ['set:', '  gpuMarket.meanReversionn: 1'],
    '5:3 unknown parameter of gpuMarket: meanReversionn; did you mean meanReversion?',
  ],
  ['a misspelt room', ['set:', '  gpuMarkt.meanReversion: 1'], '5:3 unknown room: gpuMarkt; did you mean gpuMarket?'],
  [
    'a parameter without its room',
    ['set:', '  meanReversion: 1'],
    '5:3 meanReversion has no room; write gpuMarket.meanReversion or reserve.meanReversion',
  ],
  [
    'a name of the language itself',
    ['set:', '  aid.constructor: 1'],
    '5:3 unknown parameter of aid: constructor; known: mode, stakedAid, startSupply, stakedShare, startSurplus, mintFee, redeemFee, dailyRedemptionCap, gate, maxQueueDays, access',
  ],
  [
    'a value out of bounds',
    ['set:', '  deals.graceDays: 500'],
    '5:20 deals.graceDays is 500 day, out of bounds; it must lie from 0 to 120 day',
  ],
  [
    'per cent',
    ['set:', '  gpuMarket.meanReversion: 60 %'],
    '5:28 gpuMarket.meanReversion is "60 %"; it must be a number from 0.1 to 20 1/year; a share is written as a fraction: 0.6',
  ],
  [
    'a unit inside the value',
    ['set:', '  deals.graceDays: 60 days'],
    '5:20 deals.graceDays is "60 days"; it must be a number from 0 to 120 day; write 60, or { value: 60, unit: day }',
  ],
  [
    'separators in a number',
    ['set:', '  aid.startSupply: 45_700_000'],
    '5:20 aid.startSupply is "45_700_000"; it must be a number from 0 to 10000000000 AID; write 45700000',
  ],
  [
    'another unit',
    ['set:', '  deals.graceDays: { value: 2, unit: months }'],
    '5:38 deals.graceDays is in day, not in "months"; write it in day',
  ],
  [
    'a unit of what has none',
    ['set:', '  aid.access: { value: open, unit: people }'],
    '5:36 aid.access has no unit; leave unit out',
  ],
  [
    'a setting without value',
    ['set:', '  deals.graceDays: { because: why not }'],
    '5:20 deals.graceDays has no value; write deals.graceDays: { value: …, because: … }',
  ],
  [
    'a value left empty',
    ['set:', '  deals.graceDays:'],
    '5:19 deals.graceDays is null; it must be a number from 0 to 120 day',
  ],
  [
    'a fraction of a whole number',
    ['set:', '  lending.loopers: 2.5'],
    '5:20 lending.loopers is 2.5; it must be a whole number from 1 to 500 loopers',
  ],
  ['an unknown choice', ['set:', '  aid.access: all'], '5:15 aid.access is "all"; it must be one of whitelisted, open'],
  [
    'a lever that is set',
    ['set:', '  gpuMarket.rentFactor: 0.4'],
    '5:3 gpuMarket.rentFactor changes over time; it is moved under shocks, not set',
  ],
  [
    'a column that is set',
    ['set:', '  aid.supply: 3'],
    '5:3 aid.supply is what the economy computes; it cannot be set',
  ],
  [
    'one parameter by two ways',
    ['mode: unified', 'set:', '  aid.mode: twoTier'],
    '6:3 aid.mode is set twice, also at test.yaml:4:1; keep one',
  ],
  ['a key given twice', ['set:', '  aid.gate: 0.1', '  aid.gate: 0.2'], '6:3 aid.gate is given twice; keep one'],
  [
    'an unknown row',
    ['set:', '  deals.borrowers.Meridian Clod.startingCash: 3'],
    '5:3 unknown row of deals.borrowers: Meridian Clod; did you mean Meridian Cloud?',
  ],
  [
    'an unknown field',
    ['set:', '  deals.borrowers.Meridian Cloud.startingCsh: 3'],
    '5:3 unknown field of deals.borrowers: startingCsh; did you mean startingCash?',
  ],
  [
    'a row without a field',
    ['set:', '  deals.borrowers.Auk Robotics: 3'],
    '5:3 deals.borrowers.Auk Robotics names no field; write deals.borrowers.Auk Robotics.FIELD, such as deals.borrowers.Auk Robotics.relatedParty',
  ],
  [
    'a field out of bounds',
    ['set:', '  deals.borrowers.Auk Robotics.startingCash: 300'],
    '5:46 deals.borrowers.Auk Robotics.startingCash is 300; it must be a number from 0 to 60 month',
  ],
  ['a table that is no list', ['set:', '  deals.mix: 3'], '5:14 deals.mix must be a list; write "- " before each row'],
  [
    'an incomplete row',
    ['deals:', '  mix:', '    - { name: H100, weight: 1 }', '    - { name: H200 }'],
    '7:7 deals.mix row 2 lacks weight',
  ],
  [
    'a misspelt field of a row',
    ['deals:', '  mix:', '    - { name: H100, wieght: 1 }'],
    '6:21 unknown field of deals.mix: wieght; did you mean weight?',
  ],
  [
    'a wrong field of a row',
    [
      'deals:',
      '  borrowers:',
      '    - { name: A, relatedParty: perhaps, startingCash: 1, contractedShare: 1, hazardMultiple: 1, pipelineWeight: 1 }',
    ],
    '6:32 deals.borrowers.A.relatedParty is "perhaps"; it must be one of no, yes',
  ],
  [
    'two rows of one name',
    ['deals:', '  mix:', '    - { name: H100, weight: 1 }', '    - { name: H100, weight: 2 }'],
    '5:3 deals.mix has two rows named H100; names must differ',
  ],
  [
    'a deal of an unknown borrower',
    ['set:', '  deals.tape.AUK-1.borrower: Nobody'],
    '5:3 deals.tape.AUK-1.borrower is Nobody; known: Meridian Cloud, Tern Compute, Kestrel Neocloud, Boreal Hosting, Harbour AI, Pacific Clusters, Auk Robotics, First newcomer, Second newcomer, Third newcomer',
  ],
  [
    'two numbers that do not go together',
    ['set:', '  gpuMarket.releaseDelayMean: -40'],
    '5:3 releaseDelayMean -40 must be above releaseEarliest -30; the earliest delay is not the mean',
  ],
  ['shocks that are no list', ['shocks: 3'], '4:9 shocks must be a list; write "- " before each shock'],
  [
    'a shock without a column',
    ['shocks:', '  - { at: 3, to: 1 }'],
    '5:5 column is missing; a shock names the column that it moves, such as gpuMarket.rentFactor',
  ],
  [
    'a shock without a moment',
    ['shocks:', '  - { column: holders.panic, to: 1 }'],
    '5:7 at is missing; say when the shock on holders.panic begins, such as at: 30',
  ],
  [
    'a shock without a size',
    ['shocks:', '  - { column: holders.panic, at: 3 }'],
    '5:5 the shock on holders.panic has neither to, times nor expression; it must have exactly one of to, times and expression',
  ],
  [
    'a shock with two sizes',
    ['shocks:', '  - { column: gpuMarket.rentFactor, at: 3, to: 0.4, times: 2 }'],
    '5:5 the shock on gpuMarket.rentFactor has to and times; it must have exactly one of to, times and expression',
  ],
  [
    'a misspelt lever',
    ['shocks:', '  - { column: gpuMarket.rentFaktor, at: 3, to: 1 }'],
    '5:15 unknown shockable column of gpuMarket: rentFaktor; did you mean rentFactor?',
  ],
  [
    'a lever without its room',
    ['shocks:', '  - { column: rentFactor, at: 3, to: 1 }'],
    '5:15 unknown column: rentFactor; did you mean gpuMarket.rentFactor?',
  ],
  [
    'a shock on what is computed',
    ['shocks:', '  - { column: gpuMarket.spot, at: 3, to: 1 }'],
    '5:15 gpuMarket.spot is what the economy computes, and no shock moves it; shockable: gpuMarket.rentFactor, gpuMarket.utilisationFactor, gpuMarket.forcedRegime',
  ],
  [
    'a shock on a parameter',
    ['shocks:', '  - { column: gpuMarket.meanReversion, at: 3, to: 1 }'],
    '5:15 gpuMarket.meanReversion is a parameter, one number for the whole run; write it under set',
  ],
  [
    'a day that does not exist',
    ['shocks:', '  - { column: holders.panic, at: 2027-02-30, to: 1 }'],
    '5:34 invalid date: 2027-02-30; that day does not exist in the calendar',
  ],
  [
    'a date before the start',
    ['shocks:', '  - { column: holders.panic, at: 2026-06-30, to: 1 }'],
    '5:34 at is "2026-06-30", before the run starts; it must be 2026-07-01 or later',
  ],
  [
    'a date in words',
    ['shocks:', '  - { column: holders.panic, at: next week, to: 1 }'],
    '5:34 at is "next week"; it must be a date such as 2026-09-01, a time in UTC such as 2026-09-11T21:00, or a whole day of the run, 0 the first',
  ],
  [
    'a shock after the end',
    ['shocks:', '  - { column: holders.panic, at: 400, to: 1 }'],
    '5:5 the shock on holders.panic begins at day 400, after the 365 days of the run; it must begin earlier, or run.days be longer',
  ],
  [
    'an end before the beginning',
    ['shocks:', '  - { column: holders.panic, at: 4, until: 3, to: 1 }'],
    '5:44 until must be later than at',
  ],
  [
    'a duration without unit',
    ['shocks:', '  - { column: holders.panic, at: 4, to: 1, over: 182 }'],
    '5:50 over is 182; it must be a number with its unit, such as 180 days or 72 hours; write 182 days',
  ],
  [
    'a duration in another unit',
    ['shocks:', '  - { column: holders.panic, at: 4, to: 1, over: 2 quarters }'],
    '5:50 over is "2 quarters"; it must be a number with its unit, such as 180 days or 72 hours; other units are not known',
  ],
  [
    'a ramp longer than its shock',
    ['shocks:', '  - { column: holders.panic, at: 4, until: 6, to: 1, over: 3 days }'],
    '5:60 over is 3 days, but until is 2 days after at; it must be 2 days or less',
  ],
  [
    'a way back from no end',
    ['shocks:', '  - { column: holders.panic, at: 4, to: 1, back over: 3 days }'],
    '5:44 back over needs until, the moment from which the column goes back',
  ],
  [
    'a shock between two ticks',
    ['shocks:', '  - { column: holders.panic, at: 2026-07-05T10:15, until: 2026-07-05T10:45, to: 1 }'],
    '5:5 the shock on holders.panic, 0.5 hours long, falls between two of the 24 ticks a day; make it longer or run.ticksPerDay larger',
  ],
  [
    'a share of a code',
    ['shocks:', '  - { column: gpuMarket.forcedRegime, at: 4, to: 0, over: 3 days }'],
    '5:53 gpuMarket.forcedRegime is a code, and no straight line leads from one code to another; leave over out',
  ],
  [
    'a multiple of nothing',
    ['shocks:', '  - { column: holders.panic, at: 4, times: 2 }'],
    '5:37 holders.panic is 0 without shocks, so no multiple of it makes sense; write to and the value itself',
  ],
  [
    'an expression that ends too soon',
    ['shocks:', '  - { column: gpuMarket.rentFactor, at: 4, expression: 1 - 0.5 * (t }'],
    '5:68 expression of gpuMarket.rentFactor: parenthesis ) expected',
  ],
  [
    'an unknown function in an expression',
    ['shocks:', '  - { column: gpuMarket.rentFactor, expression: "1 - 0.5 * ex(-t)" }'],
    '5:60 expression of gpuMarket.rentFactor: unknown function: ex; did you mean exp?',
  ],
  [
    'an unknown name in an expression',
    ['shocks:', '  - { column: gpuMarket.rentFactor, expression: 1 + x }'],
    '5:53 expression of gpuMarket.rentFactor: unknown name: x; did you mean t?',
  ],
  ['too many days', ['run:', '  days: 2000'], '5:9 days is 2000; it must be a whole number from 1 to 1095'],
  ['no paths', ['run:', '  paths: 0'], '5:10 paths is 0; it must be a whole number from 1 to 2000000000'],
  ['half a tick', ['run:', '  ticksPerDay: 0.5'], '5:16 ticksPerDay is 0.5; it must be a whole number from 1 to 24'],
  [
    'a seed of a fraction',
    ['run:', '  seed: 1.5'],
    '5:9 seed 1.5 is not a whole number; give a whole number or a text',
  ],
  [
    'a start in words',
    ['run:', '  start: 1 July'],
    '5:10 invalid date: 1 July; a date is written YYYY-MM-DD, such as 2026-07-01',
  ],
  ['a misspelt key of run', ['run:', '  day: 3'], '5:3 unknown key of run: day; did you mean days?'],
  [
    'a record of a column with many numbers',
    ['record:', '  outcomes: [gpuMarket.spot]'],
    '5:14 gpuMarket.spot has a number for each generation; only columns with one number a path are recorded',
  ],
  [
    'a series without its range',
    ['record:', '  series: [{ column: signals.coverage, from: 0 }]'],
    '5:12 to is missing; the fan of signals.coverage needs the range from … to in which it is counted',
  ],
  [
    'a log scale from zero',
    ['record:', '  series: [{ column: signals.coverage, from: 0, to: 2, scale: log }]'],
    '5:46 from of signals.coverage is 0; a log scale begins above 0',
  ],
  ['a misspelt metric', ['report:', '  metrics: [sadLoss]'], '5:13 unknown metric: sadLoss; did you mean saidLoss?'],
]

/** Whole files. */
const files: readonly (readonly [string, string, string])[] = [
  ['an empty file', '', '1:1 the file is empty; a scenario begins with name and question'],
  [
    'a missing name',
    'question: q',
    '1:1 name is missing; a scenario has a name of lower-case letters and digits with hyphens between, such as rent-collapse',
  ],
  [
    'a name with spaces',
    'name: My Scenario\nquestion: q',
    '1:7 name is My Scenario; it must be at most 60 lower-case letters and digits with hyphens between, such as rent-collapse',
  ],
  ['a missing question', 'name: a', '1:1 question is missing; say in plain words what the scenario asks'],
  [
    'a scenario that extends nothing and has no run',
    'name: a\nquestion: q',
    '1:1 run.start is missing; write extends: base, or run: { start: 2026-07-01 }',
  ],
  ['a tab', 'name: a\n\tquestion: q', '2:1 a tab indents this line; indent with spaces'],
  [
    'a colon in a text',
    'name: a\nquestion: b: c',
    '2:11 two values in one line; write one "name: value" a line, and quote a text that has a colon',
  ],
  [
    'two documents',
    'name: a\nquestion: q\n---\nname: b',
    '3:1 a second document begins here; a file holds one scenario',
  ],
  [
    'a list for a scenario',
    '- a',
    '1:1 a scenario must be a block of name, question, extends, mode, set, deals, shocks, run, record, report, sweep',
  ],
  [
    'an alias',
    'name: &x a\nquestion: *x',
    '1:10 anchors (&) and aliases (*) have no meaning here; write the value out',
  ],
  ['a misspelt parent', 'name: a\nquestion: q\nextends: bse', '3:10 unknown scenario: bse; did you mean base?'],
  [
    'a file without ./',
    'name: a\nquestion: q\nextends: mine.yaml',
    '3:10 unknown scenario: mine.yaml; known: base, bank-run, base-unified, combined, generation-shock, glut, lp-exit, pilot, pool-sweep, rent-collapse, top-borrower-default, usdc-weekend; a file is written ./mine.yaml',
  ],
  ['a file that is not there', 'name: a\nquestion: q\nextends: ./mine.yaml', '3:10 no file ./mine.yaml'],
]

describe('A wrong scenario', () => {
  it.each(onLines)('with %s is refused with its place and what would be right', (_, lines, message) => {
    expect(messageOf(onBase(...lines))).toBe(`test.yaml:${message}`)
  })

  it.each(files)('with %s is refused as a file', (_, text, message) => {
    expect(messageOf(text)).toBe(`test.yaml:${message}`)
  })

  it('that leaves the bounds of a column names the shock that does it', () => {
    const shock = '  - { column: gpuMarket.rentFactor, at: 3, times: 4 }'
    expect(messageOf(onBase('shocks:', shock, shock))).toMatch(
      /^test\.yaml:6:5 gpuMarket\.rentFactor becomes 16 at tick 72; it must lie from 0\.02 to 5/,
    )
    expect(messageOf(onBase('shocks:', '  - { column: gpuMarket.rentFactor, expression: log(-1 - t) }'))).toMatch(
      /^test\.yaml:5:5 gpuMarket\.rentFactor becomes NaN at tick 0/,
    )
  })

  it('whose expression asks for what has no value names the shock', () => {
    expect(messageOf(onBase('shocks:', '  - { column: gpuMarket.rentFactor, expression: sin(1 / t) }'))).toMatch(
      /^test\.yaml:5:5 angle Infinity/,
    )
  })

  it('in an ancestor is refused with the place in the ancestor', () => {
    const parent = onBase('set:', '  deals.graceDays: 500')
    expect(messageOf('name: a\nquestion: q\nextends: ./parent.yaml', {}, { 'parent.yaml': parent })).toBe(
      'parent.yaml:5:20 deals.graceDays is 500 day, out of bounds; it must lie from 0 to 120 day',
    )
  })

  it('that extends itself, at once or by way of another, is refused with the circle', () => {
    const extending = (file: string): string => `name: a\nquestion: q\nextends: ./${file}`
    const right = 'a scenario must end at one that extends nothing'
    expect(messageOf(extending('test.yaml'), {}, { 'test.yaml': extending('test.yaml') })).toBe(
      `test.yaml:3:10 extends ./test.yaml goes in a circle: test.yaml → test.yaml; ${right}`,
    )
    const two = { 'b.yaml': extending('c.yaml'), 'c.yaml': extending('b.yaml') }
    expect(messageOf(extending('b.yaml'), {}, two)).toBe(
      `c.yaml:3:10 extends ./b.yaml goes in a circle: b.yaml → c.yaml → b.yaml; ${right}`,
    )
  })

  it.each([
    [
      { set: ['deals.graceDays=500'] },
      '--set deals.graceDays=500: deals.graceDays is 500 day, out of bounds; it must lie from 0 to 120 day',
    ],
    [
      { set: ['deals.grceDays=5'] },
      '--set deals.grceDays=5: unknown parameter of deals: grceDays; did you mean graceDays?',
    ],
    [{ set: ['deals.graceDays'] }, '--set deals.graceDays: write room.parameter=value'],
    [{ set: ['aid.access=[open'] }, '--set aid.access=[open: not valid YAML: Flow sequence must end with a ]'],
    [{ paths: 0 }, '--paths 0: paths is 0; it must be a whole number from 1 to 2000000000'],
    [{ days: 1096 }, '--days 1096: days is 1096; it must be a whole number from 1 to 1095'],
    [{ seed: 0.5 }, '--seed 0.5: seed 0.5 is not a whole number; give a whole number or a text'],
  ])('by an option of the command line is refused with the option: %o', (overrides, message) => {
    expect(messageOf(onBase(), overrides)).toBe(message)
  })
})
