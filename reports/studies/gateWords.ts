/** What a gate found, in plain words: the statement, the number, its bounds, and why that passes or not. */
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import type { GateAnswer, StatementAnswer, Verdict } from '../../sim/studies/gate/answer.ts'
import { counted, largestMagnitude, levelText, rangeText, type Scale, scaleOf, withUnit } from '../format.ts'

export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  breach: 'breach',
  undecided: 'undecided',
}

/** Shares in per cent, and their changes in percentage points, which nobody mistakes for a relative change. */
export function scaleOfStatement({ unit, change, limit, value, lower, upper }: StatementAnswer): Scale {
  const numbers = [limit, value, lower, upper].flatMap((number) => (number === null ? [] : [number]))
  const scale = scaleOf(unit, largestMagnitude(numbers))
  return change && scale.unit.startsWith('%') ? { ...scale, unit: scale.unit.replace('%', 'pp') } : scale
}

/** 'expected shortfall 97.5 % of saidLoss', 'change in the probability of depeg_2pct_24h'. */
export function subjectOf({ metric, statistic, level, change }: StatementAnswer): string {
  const at = level === null ? '' : levelText(level)
  const names = {
    probability: `probability of ${metric}`,
    mean: `mean of ${metric}`,
    quantile: `${at} quantile of ${metric}`,
    expectedShortfall: `expected shortfall ${at} of ${metric}`,
  }
  return change ? `change in the ${names[statistic]}` : names[statistic]
}

/** 'at most 1 %'. */
export function limitText(statement: StatementAnswer): string {
  return `${statement.side === 'atMost' ? 'at most' : 'at least'} ${limitOf(statement)}`
}

/** The limit as it was written, without the zeros that would claim more digits. */
function limitOf(statement: StatementAnswer): string {
  const { factor, unit } = scaleOfStatement(statement)
  return `${Number((statement.limit * factor).toPrecision(9))}\u00a0${unit}`
}

/** The whole statement as a sentence without its full stop. */
export function claimOf(statement: StatementAnswer): string {
  return `${subjectOf(statement)} ${limitText(statement)}`
}

export function valueText(statement: StatementAnswer): string {
  return statement.value === null ? 'no finite value' : withUnit(statement.value, scaleOfStatement(statement))
}

/** 'from … to …' of the two bounds. */
export function boundsText(statement: StatementAnswer): string {
  const { lower, upper } = statement
  const scale = scaleOfStatement(statement)
  if (lower !== null && upper !== null) return rangeText(lower, upper, scale)
  if (lower !== null) return `at least ${withUnit(lower, scale)}, unbounded above`
  return upper === null ? 'unbounded' : `at most ${withUnit(upper, scale)}, unbounded below`
}

/** Why the verdict is what it is: what was seen, what it says of the truth, and what must be borne in mind. */
export function reasonOf(statement: StatementAnswer, { policy }: GateAnswer): string {
  const { change, moved, paths } = statement
  if (change && policy.same) return 'Scenario and baseline are the same, so nothing changes.'
  const parts = [seen(statement, policy.baseline), conclusion(statement, policy), ...reservations(statement)]
  if (change && moved === 0) {
    const { upper } = clopperPearson(0, paths, statement.confidence, 'upper')
    parts.push(
      `None of ${counted(paths)} paths moved; what fewer than ${Number((100 * upper).toPrecision(2))}\u00a0% of all paths feel is not seen.`,
    )
  }
  return parts.join(' ')
}

function seen(statement: StatementAnswer, baseline: string | null): string {
  const { statistic, change, metric, level, paths, tailPaths, moved } = statement
  const value = valueText(statement)
  if (statement.value === null)
    return `On ${counted(statement.infinite)} ${statement.infinite === 1 ? 'path' : 'paths'} ${metric} has no finite value.`
  const beside = change ? ` against ${baseline}, on ${counted(moved ?? 0)} of ${counted(paths)} paths that moved` : ''
  if (change) return `The ${subjectOf(statement).replace(/^change in the /, '')} changes by ${value}${beside}.`
  if (statistic === 'probability') {
    return `${metric} happened on ${counted(tailPaths ?? 0)} of ${counted(paths)} paths: ${value}.`
  }
  if (statistic === 'expectedShortfall') {
    return `The worst ${levelText(1 - (level as number))} of ${counted(paths)} paths have a mean ${metric} of ${value}.`
  }
  return `The ${subjectOf(statement)} is ${value} on ${counted(paths)} paths.`
}

function conclusion(statement: StatementAnswer, policy: GateAnswer['policy']): string {
  const { verdict, side, lower, upper, confidence } = statement
  const scale = scaleOfStatement(statement)
  const sure = `At ${levelText(confidence)} confidence${policy.together ? ', shared with all other statements,' : ''}`
  const limit = `the limit of ${limitOf(statement)}`
  const isHigh = side === 'atMost' ? verdict === 'breach' : verdict === 'pass'
  const bound = isHigh ? lower : upper
  if (verdict !== 'undecided') {
    const infinite = isHigh ? 'infinite' : 'minus infinity'
    const where =
      bound === null
        ? `it is ${infinite}`
        : `it is ${isHigh ? 'at least' : 'at most'} ${apart(bound, statement.limit, scale)}`
    return `${sure} ${where}: ${verdict === 'pass' ? `${limit} holds` : `${limit} is broken`}.`
  }
  const budget = `${counted(policy.looks[policy.looks.length - 1])} paths of the budget`
  const isClosed = lower !== null && upper !== null
  const end = policy.undecided === 'pass' ? ' This policy lets that pass.' : ''
  if (isClosed && statement.indication && statement.indications === 'refuse') {
    return `No verdict rests on an interval (${boundsText(statement)}) that is an indication, and the ${budget} are used up.${end}`
  }
  const both = isClosed ? 'lies on both sides of' : 'is too wide for'
  return `${sure} the interval (${boundsText(statement)}) ${both} ${limit}, and the ${budget} are used up.${end}`
}

/** A bound with as many digits as it takes to tell it from the limit. */
function apart(bound: number, limit: number, scale: Scale): string {
  const shown = withUnit(bound, scale)
  return shown === withUnit(limit, scale) && bound !== limit
    ? `${Number((bound * scale.factor).toPrecision(6))}\u00a0${scale.unit}`
    : shown
}

function reservations(statement: StatementAnswer): string[] {
  const { exact, enough, heavy, statistic, verdict, change, method } = statement
  const found: string[] = []
  const behind = pathsBehind(statement)
  // ranks count every path; only what rests on a tail or on what moves is thin
  const isCounted = (statistic === 'probability' && verdict === 'pass') || method === 'paired order statistics'
  if (!enough && behind !== null && behind > 0 && !isCounted) {
    const what = change ? 'tell of it' : 'stand behind the number'
    found.push(
      `Only ${counted(behind)} ${behind === 1 ? 'path' : 'paths'} ${behind === 1 ? what.replace('tell', 'tells').replace('stand', 'stands') : what}, fewer than 50${exact ? '' : ': its bounds are an indication'}.`,
    )
  }
  if (heavy) found.push('The tail is so heavy that its bounds are an indication.')
  return found
}

/** Paths that a number rests on: of its tail, or those that are not like most, whichever are fewer. */
function pathsBehind({ statistic, tailPaths, telling }: StatementAnswer): number | null {
  if (statistic === 'mean') return telling
  if (statistic === 'expectedShortfall' && tailPaths !== null && telling !== null) return Math.min(tailPaths, telling)
  return tailPaths
}

/** 'passed', or 'passed, 1 undecided': nothing undecided hides behind a pass. */
export function outcomeWords({ passed, statements }: GateAnswer): string {
  const open = statements.filter(({ verdict }) => verdict === 'undecided').length
  if (!passed) return 'refused'
  return open === 0 ? 'passed' : `passed, ${counted(open)} undecided`
}

/** The answer in one sentence. */
export function verdictSentence({ passed, statements, policy }: GateAnswer): string {
  const count = (verdict: Verdict): number => statements.filter((one) => one.verdict === verdict).length
  const [broken, open] = [count('breach'), count('undecided')]
  const holding = count('pass')
  const are = (number: number): string => (number === 1 ? 'is' : 'are')
  const all = counted(statements.length)
  const held = `${counted(holding)} of ${all} ${statements.length === 1 ? 'statement' : 'statements'} ${holding === 1 ? 'holds' : 'hold'}`
  const parts = [held]
  if (broken > 0) parts.push(`${counted(broken)} ${are(broken)} broken`)
  if (open > 0) {
    const end = policy.undecided === 'pass' ? ', which this policy lets pass' : ` and ${open === 1 ? 'fails' : 'fail'}`
    parts.push(`${counted(open)} ${are(open)} undecided${end}`)
  }
  return `${passed ? 'Passed' : 'Refused'}: ${parts.join(', ')}.`
}

/** What the confidence is that of, and of how many verdicts it is no more than nearly so. */
export function confidenceSentence({ policy, statements }: GateAnswer): string {
  const { looks, together, confidence } = policy
  const how = looks.length === 1 ? 'one look' : `${counted(looks.length)} planned looks`
  const asymptotic = statements.filter(({ exact, change }) => !exact && !(change && policy.same)).length
  const near = asymptotic === 0 ? '' : ` ${nearly(asymptotic, statements.length)}`
  if (together) {
    return `All verdicts hold together with ${levelText(confidence)} confidence (Bonferroni over statements and ${how}).${near}`
  }
  const each = new Set(statements.map((one) => one.confidence))
  const levels = [...each].sort().map(levelText).join(' or ')
  return `Each verdict by itself holds with ${levels} confidence, whatever the ${how} showed (Bonferroni); not all at once.${near}`
}

function nearly(asymptotic: number, all: number): string {
  if (all === 1) return 'Its bounds are asymptotic: so it is nearly, and the nearer the more paths.'
  const who =
    asymptotic === all
      ? 'All of them rest'
      : `${counted(asymptotic)} of ${counted(all)} ${asymptotic === 1 ? 'rests' : 'rest'}`
  return `${who} on asymptotic bounds, for which that is nearly so, and the nearer the more paths.`
}

/** Spaces that a terminal and its tools know. */
export function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ')
}
