/** A size as text of 80 columns a line. */
import { stripVTControlCharacters } from 'node:util'
import pc from 'picocolors'
import { asksWords, benchmarks, figuresOf, figureWords, leftOut, meets } from '../../reports/benchmarks.ts'
import { dialTitle, listed, lowered } from '../../reports/dialWords.ts'
import { counted, levelText } from '../../reports/format.ts'
import { settingNumber } from '../../reports/studies/proposal.ts'
import {
  aloneWords,
  basis,
  bracketWords,
  certifiedWords,
  claimWords,
  costWords,
  fewMark,
  fewNote,
  firstLossWords,
  isCharged,
  levelWords,
  measuredWords,
  monotonicityWords,
  ofWords,
  pointsWords,
  requiredCostWords,
  requiredWords,
  shareWords,
} from '../../reports/studies/sizeWords.ts'
import type { Proposal, YieldCost } from '../studies/proposal.ts'
import type { Frontier, SizeAnswer } from '../studies/size/answer.ts'
import { wholeCost } from '../studies/size/cost.ts'
import { plainSpaces, textTable } from './textTable.ts'
import { lineWidth, wrapped } from './wrapped.ts'

type Paint = (text: string) => string

export function sizeTable(answer: SizeAnswer, colours: boolean): string {
  const { bold, dim } = pc.createColors(colours)
  const { dial, failure } = answer
  const parts = [
    ...answer.required.map((one) => sentences(requiredWords(one, answer), requiredCostWords(one, dial))),
    sentences(`${dial.meaning} (${dial.name}).`, `A path fails when ${lowered(failure.meaning)} (${failure.name}).`),
    requiredText(answer, bold),
    curveText(answer, bold),
    measuredText(answer, bold),
    answer.frontier ? frontierText(answer.frontier, bold) : '',
    ...answer.firstLoss.map((found) => sentences(firstLossWords(found))),
    benchmarkText(answer, bold),
    proposalText(answer, bold),
    dim(sentences(...notes(answer))),
  ]
  return plainSpaces(parts.filter((part) => part !== '').join('\n\n'))
}

/** Each on lines of its own. */
function sentences(...texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .map((text) => lines(text))
    .join('\n')
}

/** A text in lines of a terminal; no line ends between a number and its sign. */
function lines(text: string, head = ''): string {
  return wrapped(text.replace(/(\d) (?=%)/g, '$1\u00a0'), head)
}

function costSentence(cost: YieldCost | null): string {
  return cost === null ? 'Its cost was not measured.' : `${costWords(cost)}.`
}

function requiredText({ required, dial }: SizeAnswer, bold: Paint): string {
  const rows = required.map((one) => [
    levelText(one.limit),
    certifiedWords(one, dial),
    bracketWords(one, dial),
    ofWords(one.best),
    one.certified === null ? `at ${levelWords(one.best.level, dial)}` : 'at the certified',
  ])
  return textTable(['Held to', 'certified', 'level required', 'paths fail', 'at which'], rows, [1, 2, 3], bold)
}

function curveText({ curve, dial, today, confidence, missing }: SizeAnswer, bold: Paint): string {
  const charged = curve.some(({ cost }) => isCharged(cost))
  const rows = curve.map((point) => [
    levelWords(point.level, dial),
    ofWords(point),
    shareWords(point),
    ...costCells(point.cost, charged),
  ])
  rows.push([
    `today ${levelWords(today.level, dial)}`,
    ofWords(today),
    shareWords(today),
    ...(charged ? ['0', '0'] : ['0']),
  ])
  const table = textTable(
    ['level', 'paths fail', `share, ${levelText(confidence)} interval`, ...costHeads(charged)],
    rows,
    [0, 1, 2, 3, 4],
    bold,
  )
  return `${lines(`Every level of the ${dialTitle(dial)} that was looked at:`)}\n${table}${missing === null ? '' : `\n${lines(missing)}`}`
}

function costHeads(charged: boolean): string[] {
  return charged ? ['measured, bp', 'charged'] : ['measured cost, bp']
}

function costCells(cost: YieldCost | null, charged: boolean): string[] {
  const measured = cost === null ? '—' : pointsWords(cost.measured)
  if (!charged) return [measured]
  return [measured, cost === null ? '—' : basis(cost.charged)]
}

function measuredText({ measured, dial }: SizeAnswer, bold: Paint): string {
  const [first] = measured
  if (first === undefined) return ''
  const rows = measured.map(({ limit, level, exceed, paths }) => [
    levelText(limit),
    level === null ? 'no finite level' : `${measuredWords(level.value, dial)}${fewMark(exceed)}`,
    level === null ? '' : `${bound(level.lower, dial)} to ${bound(level.upper, dial)}`,
    `${counted(exceed)} of ${counted(paths)}`,
  ])
  const head = lines(
    `A cross-check, from today’s run alone, as if a larger buffer changed nothing that people do: ${first.meaning}.`,
  )
  const table = textTable(['Exceeded on', 'level', 'interval', 'paths beyond'], rows, [1, 2, 3], bold)
  return `${head}\n${table}`
}

function bound(value: number | null, dial: SizeAnswer['dial']): string {
  return value === null ? 'unbounded' : measuredWords(value, dial)
}

function frontierText(frontier: Frontier, bold: Paint): string {
  const { dials, points } = frontier
  const charged = points.some(({ cost }) => isCharged(cost))
  const shown = points.map((point, place) => ({ ...point, place })).filter(({ standing }) => standing !== 'dominated')
  shown.sort((a, b) => wholeCost(a.cost).value - wholeCost(b.cost).value)
  const levels = shown.map(({ values }) => values.map((value, i) => levelWords(value, dials[i])))
  const found = shown.map((point) => [
    shareWords(point),
    ...costCells(point.cost, charged),
    point.standing === 'frontier' ? '' : 'unclear',
  ])
  const letters = dials.map((_, i) => 'ABCD'[i])
  const table = pointTable([letters, levels], [['fails', ...costHeads(charged), ''], found], bold)
  const beaten = points.length - shown.length
  const left =
    beaten === 0
      ? ''
      : `${counted(beaten)} of ${counted(points.length)} points ${beaten === 1 ? 'is' : 'are'} worse than another with confidence, and left out.`
  const unclear = found.some((row) => row.at(-1) !== '')
    ? 'Unclear: beaten by the estimates, but these paths cannot tell.'
    : ''
  const legend = lines(`The frontier of ${listed(dials.map((dial, i) => `${letters[i]}, the ${dialTitle(dial)}`))}:`)
  return `${legend}\n${table}\n${sentences(unclear, left, claimWords(frontier))}`
}

type Part = readonly [heads: readonly string[], rows: readonly (readonly string[])[]]

/** Points with their levels and what was found, side by side where they fit; else one below the other, by the number of the point. */
function pointTable(levels: Part, found: Part, bold: Paint): string {
  const numbers: Part = [['point'], levels[1].map((_, i) => [String(i + 1)])]
  const tableOf = (...parts: readonly Part[]): string => {
    const heads = parts.flatMap(([names]) => names)
    const rows = levels[1].map((_, i) => parts.flatMap(([, cells]) => cells[i]))
    return textTable(heads, rows, [...heads.keys()].slice(0, parts.includes(found) ? -1 : undefined), bold)
  }
  const whole = tableOf(levels, found)
  const isWide = stripVTControlCharacters(whole)
    .split('\n')
    .some((line) => line.length > lineWidth)
  return isWide ? `${tableOf(numbers, levels)}\n\n${tableOf(numbers, found)}` : whole
}

function benchmarkText({ opening }: SizeAnswer, bold: Paint): string {
  const figures = opening.map(({ balance }) => figuresOf(balance))
  const rows = benchmarks.map((one) => [
    one.name,
    asksWords(one).replace('at least', '≥').replace('at most', '≤'),
    ...figures.map((figure) => {
      const value = figure[one.figure]
      return `${figureWords(one, value)}${meets(one, value) === false ? ' !' : ''}`
    }),
    one.status,
  ])
  const policies = opening.map(({ proposal }) => (proposal === null ? 'today' : `prop. ${proposal + 1}`))
  const right = policies.map((_, i) => i + 2)
  const table = textTable(['Other rules (! not met)', 'ask', ...policies, 'status'], rows, right, bold)
  const proposals = opening.flatMap(({ policy, proposal }) =>
    proposal === null ? [] : [`Proposal ${proposal + 1}: ${policy}.`],
  )
  return `${table}\n${sentences('None of these rules binds AID or sAID: they are benchmarks only.', ...proposals, leftOut)}`
}

function proposalText({ proposals, dial }: SizeAnswer, bold: Paint): string {
  if (proposals.length === 0) return `No level of the ${dialTitle(dial)} can be proposed.`
  return proposals.map((proposal, i) => oneProposal(proposal, i, bold)).join('\n\n')
}

function oneProposal({ title, changes, cost }: Proposal, place: number, bold: Paint): string {
  const rows = changes.flatMap(({ settings }) =>
    settings.map(({ name, from, to }) => [name, settingNumber(from), settingNumber(to)]),
  )
  const head = lines(`${title}.`, `Proposal ${place + 1}: `)
  const said = sentences(
    ...changes.map(({ why }) => why),
    changes.length === 0 ? 'Nothing changes.' : costSentence(cost),
  )
  return [head, said, ...(rows.length === 0 ? [] : [textTable(['Setting', 'from', 'to'], rows, [1, 2], bold)])].join(
    '\n',
  )
}

function notes({ required, dial, confidence, curve, ...answer }: SizeAnswer): string[] {
  const alone = required.flatMap((one) => {
    const words = aloneWords(one, dial)
    return words === '' ? [] : [`Confidence at ${levelText(one.limit)}: ${words}.`]
  })
  const charged = curve.some(({ cost }) => isCharged(cost))
    ? 'Charged: what those who keep money ready for it may ask, spread over sAID; an assumption, not simulated.'
    : ''
  const payer = dial.paidBy === null ? '' : `Paid for by ${dial.paidBy}.`
  return [
    fewNote,
    `Each end of “level required” holds with ${levelText(confidence)} confidence for each limit, looks and steps of the search paid for.`,
    monotonicityWords({ ...answer, dial }),
    ...alone,
    'Cost, basis points (bp) a year: measured is the yield of sAID lost against today on the same paths, below 0 where it gains.',
    charged,
    payer,
  ]
}
