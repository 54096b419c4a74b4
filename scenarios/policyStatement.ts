/** One statement of a policy: what a number of the economy must be, checked against the metrics' names, kinds and units. */
import { metrics } from '../models/metrics.ts'
import { changeRangeOf, type Metric, percentHint, rangeOf, rangeWords } from '../sim/kernel/metric.ts'
import { nearest } from '../sim/kernel/plan.ts'
import { fail, fields, numberHint, numberOf, type Place, shown, type Tree, textOf, unknownName } from './positions.ts'

export const statisticNames = ['probability', 'mean', 'quantile', 'expectedShortfall'] as const
export type StatisticName = (typeof statisticNames)[number]

export const statementKeys = [
  'name',
  'metric',
  'statistic',
  'level',
  'limit',
  'confidence',
  'baseline',
  'indications',
  'because',
] as const
export const limitKeys = ['atMost', 'atLeast', 'unit'] as const

/** Names of statements are names of test cases, and of rows of tables. */
export const statementNamePattern = '^[A-Za-z0-9][A-Za-z0-9 _.,%()-]*$'

export interface Statement {
  /** Unique in its policy. */
  readonly name: string
  readonly metric: string
  readonly statistic: StatisticName
  /** Of a quantile, counted upwards; of an expected shortfall, counted from the good end. Null for the others. */
  readonly level: number | null
  /** The statistic of the scenario minus that of the baseline, path by path on the same luck. */
  readonly change: boolean
  readonly side: 'atMost' | 'atLeast'
  readonly limit: number
  /** Of each of the two bounds: a verdict is wrong with at most 1 - confidence. Null where the policy's counts. */
  readonly confidence: number | null
  /** Whether a verdict may rest on asymptotic bounds with fewer than 50 paths behind them, or of a heavy tail; exact ones have none. */
  readonly indications: 'refuse' | 'accept'
  readonly because: string | null
}

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly statement: Statement
  readonly place: Place
  /** The place of its baseline key, where it has one that is not no. */
  readonly baseline?: Place
  readonly confidence?: Place
}

/** Reads one item of `statements`. @throws InputError `file:line:column message` */
export function readStatement(tree: Tree): PlacedStatement {
  if (tree.kind === 'block') refuseLooseLimit(tree)
  const found = fields(tree, 'a statement', statementKeys)
  const metricEntry = found.get('metric')
  if (metricEntry === undefined)
    fail(tree.place, 'metric is missing; a statement speaks of one, such as depeg_2pct_24h')
  const metric = readMetric(metricEntry.value)
  const statistic = readStatistic(found.get('statistic')?.value, metric, tree.place)
  const level = readLevel(found.get('level')?.value, statistic, tree.place)
  const baseline = found.get('baseline')
  const change = baseline !== undefined && readYes(baseline.value)
  const limit = readLimit(found.get('limit')?.value, metric, statistic, change, tree.place)
  const confidence = found.get('confidence')
  const because = found.get('because')
  const name = found.get('name')
  const parts = [metric.name, statistic, ...(level === null ? [] : [String(level)]), ...(change ? ['change'] : [])]
  return {
    place: tree.place,
    baseline: change ? baseline.value.place : undefined,
    confidence: confidence?.value.place,
    statement: {
      name: name === undefined ? parts.join(' ') : readName(name.value),
      metric: metric.name,
      statistic,
      level,
      change,
      ...limit,
      confidence: confidence === undefined ? null : readConfidence(confidence.value),
      indications: readIndications(found.get('indications')?.value, statistic, change),
      because: because === undefined ? null : textOf(because.value, 'because', 'a text that says why'),
    },
  }
}

/** A confidence between one half and one: below, either verdict would be a guess. */
export function readConfidence(tree: Tree): number {
  const value = numberOf(tree, 'confidence')
  if (value > 0.5 && value < 1) return value
  const hint = value > 1 && value < 100 ? `; write ${Number((value / 100).toPrecision(12))}` : ''
  fail(tree.place, `confidence is ${value}; it must lie between 0.5 and 1, such as 0.95${hint}`)
}

function readIndications(tree: Tree | undefined, statistic: StatisticName, change: boolean): 'refuse' | 'accept' {
  if (tree === undefined) return 'refuse'
  if (statistic === 'probability' || (statistic === 'quantile' && !change)) {
    const right = 'a mean, an expectedShortfall or the change of a quantile'
    fail(tree.place, `indications is of ${right}; the bounds of a ${statistic} are exact: leave it out`)
  }
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (value === 'refuse' || value === 'accept') return value
  fail(tree.place, `indications is ${shown(tree)}; it must be refuse (the default) or accept`)
}

/** yes or no, in the words of YAML 1.1 and 1.2. */
export function readYes(tree: Tree): boolean {
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (value === true || value === 'yes') return true
  if (value === false || value === 'no') return false
  fail(tree.place, `baseline is ${shown(tree)}; in a statement it must be yes or no, and the policy names the scenario`)
}

function readName(tree: Tree): string {
  const right = 'at most 80 letters, digits, spaces and . , % ( ) _ -'
  const name = textOf(tree, 'name', right)
  if (name.length <= 80 && new RegExp(statementNamePattern).test(name)) return name
  fail(tree.place, `name is ${shown(tree)}; it must be ${right}`)
}

function readMetric(tree: Tree): Metric {
  const name = textOf(tree, 'metric', 'the name of a metric, such as depeg_2pct_24h')
  const found = metrics.find((metric) => metric.name === name)
  if (found) return found
  const known = metrics.map((metric) => metric.name)
  // depeg(2 %, 24 h) is how people say depeg_2pct_24h
  const spelt = name.replace(/\s/g, '').replace(/%/g, 'pct').replace(/[(,]/g, '_').replace(/\)/g, '')
  if (known.includes(spelt)) fail(tree.place, `unknown metric: ${name}; write ${spelt}`)
  // a part of a name is no misspelling of it: coverage, depeg
  const holding = known.filter((one) => name.length > 2 && one.toLowerCase().includes(name.toLowerCase()))
  if (nearest(name, known) === undefined && holding.length > 0)
    fail(tree.place, `unknown metric: ${name}; did you mean ${holding.join(' or ')}? (aidlab explain lists all)`)
  fail(tree.place, `${unknownName('metric', name, known)} (aidlab explain lists all)`)
}

function readStatistic(tree: Tree | undefined, metric: Metric, place: Place): StatisticName {
  const fitting = metric.kind === 'event' ? 'probability' : 'mean, quantile or expectedShortfall'
  if (tree === undefined) fail(place, `statistic is missing; ${metric.name} is an ${metric.kind}: write ${fitting}`)
  const name = textOf(tree, 'statistic', statisticNames.join(', '))
  const statistic = statisticNames.find((known) => known === name)
  if (statistic === undefined) fail(tree.place, unknownName('statistic', name, statisticNames))
  if ((statistic === 'probability') === (metric.kind === 'event')) return statistic
  if (metric.kind === 'event')
    fail(tree.place, `${metric.name} happens or not: it has a probability, and no ${statistic}; write probability`)
  fail(
    tree.place,
    `a probability is of an event, and ${metric.name} is an amount in ${metric.unit}; write ${fitting} (how often it ` +
      'passes a value is asked by its quantile)',
  )
}

function readLevel(tree: Tree | undefined, statistic: StatisticName, place: Place): number | null {
  const isAsked = statistic === 'quantile' || statistic === 'expectedShortfall'
  if (tree === undefined) {
    if (!isAsked) return null
    const example =
      statistic === 'quantile'
        ? 'level: 0.01 for the value that one path in a hundred stays below'
        : 'level: 0.975 for the mean of the worst 2.5 %'
    fail(place, `level is missing; a ${statistic} has one: write ${example}`)
  }
  if (!isAsked) fail(tree.place, `a ${statistic} has no level; leave it out, or write quantile or expectedShortfall`)
  const level = numberOf(tree, 'level')
  if (level > 0 && level < 1) return level
  const hint = level >= 1 && level < 100 ? `; write ${Number((level / 100).toPrecision(12))}` : ''
  fail(tree.place, `level is ${level}; it must lie between 0 and 1, such as 0.975${hint}`)
}

type Limit = Pick<Statement, 'side' | 'limit'>

function readLimit(
  tree: Tree | undefined,
  metric: Metric,
  statistic: StatisticName,
  change: boolean,
  place: Place,
): Limit {
  const right = 'write limit: { atMost: … } or limit: { atLeast: … }'
  if (tree === undefined) fail(place, `limit is missing; ${right}`)
  if (tree.kind !== 'block') fail(tree.place, `limit is ${shown(tree)}, which has no direction; ${right}`)
  const found = fields(tree, 'limit', limitKeys)
  const [most, least, unit] = [found.get('atMost'), found.get('atLeast'), found.get('unit')]
  if (most && least)
    fail(least.place, 'limit has atMost and atLeast; keep one, and make another statement of the other')
  const given = most ?? least
  if (given === undefined) fail(tree.place, `limit has no number; ${right}`)
  const noun = `the limit of ${metric.name}`
  const limit = limitNumber(given.value, noun, metric.unit)
  if (unit) checkUnit(unit.value, metric)
  const side = most ? 'atMost' : 'atLeast'
  const fault = limitFault({ metric, statistic, change, side, limit })
  if (fault !== undefined) fail(given.value.place, fault)
  return { side, limit }
}

function limitNumber(tree: Tree, noun: string, unit: string): number {
  if (tree.kind === 'leaf' && typeof tree.value === 'number' && Number.isFinite(tree.value)) return tree.value
  const beside = unit === '1' ? '' : ` in ${unit}`
  fail(tree.place, `${noun} is ${shown(tree)}; it must be a number${beside}${numberHint(tree, unit)}`)
}

function checkUnit(tree: Tree, metric: Metric): void {
  const unit = tree.kind === 'leaf' ? String(tree.value) : ''
  if (unit === metric.unit) return
  const share = metric.unit.startsWith('1') ? ', a share: 5 % is written 0.05' : ''
  fail(tree.place, `${metric.name} is in ${metric.unit}${share}; not in ${shown(tree)}`)
}

type Limited = Limit & { readonly metric: Metric } & Pick<Statement, 'statistic' | 'change'>

/**
 * A limit must be a number that the statistic can have, that it can break, and that paths can show it to keep.
 * @returns what is wrong with it and what would be right; undefined where nothing is
 */
export function limitFault({ metric, statistic, change, side, limit }: Limited): string | undefined {
  const range = change ? changeRangeOf(metric) : rangeOf(metric)
  const { lowest, highest } = range
  const what = statistic === 'probability' ? 'a probability' : metric.name
  const noun = change ? `a change of ${what}` : what
  const words = rangeWords(range)
  const hint = percentHint(limit, metric.unit, range, change ? 'percentage points' : '%')
  const said = `the limit of ${metric.name} is ${limit}; ${noun}`
  if (limit < lowest || limit > highest) return `${said} ${words}${hint}`
  const [kept, broken] = side === 'atMost' ? [lowest, highest] : [highest, lowest]
  const beyond = side === 'atMost' ? 'above' : 'below'
  if (limit === broken) {
    const more = side === 'atMost' ? 'less' : 'more'
    return `${said} is never ${beyond} ${limit}, so that nothing could break it: ask for ${more}`
  }
  // many paths may lie at the end itself, which a quantile shows
  if (limit === kept && statistic !== 'quantile') return unshowable({ metric, statistic, change, side, limit })
  return undefined
}

/** @returns the message for a limit at the end that a number over paths comes near and never reaches */
function unshowable({ metric, statistic, change, side, limit }: Limited): string {
  const never = `the limit of ${metric.name} is ${limit}; no number of paths shows that`
  if (statistic === 'probability' && !change) {
    if (side === 'atMost') return `${never} something never happens: allow a small probability`
    return `${never} something always happens: ask for a little less`
  }
  const of = statistic === 'expectedShortfall' ? 'expected shortfall' : statistic
  const mild = side === 'atMost' ? 'allow more' : 'ask for less'
  const other = statistic === 'probability' ? '' : ', or limit a quantile'
  return `${never} ${change ? `the change of its ${of}` : `its ${of}`} is ${limit}: ${mild}${other}`
}

/** A limit at the level of the statement is a frequent slip. */
function refuseLooseLimit(tree: Extract<Tree, { kind: 'block' }>): void {
  const loose = tree.entries.find(({ key }) => key === 'atMost' || key === 'atLeast')
  if (loose) fail(loose.place, `${loose.key} stands under limit; write limit: { ${loose.key}: ${shown(loose.value)} }`)
}
