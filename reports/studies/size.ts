/** The report of a size: how much is enough, what it costs, who loses first, and what is proposed. */
import type { YieldCost } from '../../sim/studies/proposal.ts'
import type { FirstLoss, SizeAnswer } from '../../sim/studies/size/answer.ts'
import { wholeCost } from '../../sim/studies/size/cost.ts'
import { asksWords, benchmarks, figuresOf, figureWords, leftOut, meets } from '../benchmarks.ts'
import { dialTitle, lowered } from '../dialWords.ts'
import { frontierFigure, frontierMap } from '../figures/frontier.ts'
import { requiredLevelFigure } from '../figures/requiredLevel.ts'
import { counted, levelText, percent, roundedUpPaths, scaleOf, withUnit } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { type Drawing, type Section, tableMarkup } from '../section.ts'
import type { StudyParts } from '../studyReport.ts'
import { proposalSection } from './proposal.ts'
import {
  aloneWords,
  basis,
  bracketText,
  bracketWords,
  certifiedWords,
  claimWords,
  countWords,
  dialAtWords,
  fewMark,
  fewNote,
  firstLossWords,
  isCharged,
  levelWords,
  measuredWords,
  monotonicityWords,
  pointsWords,
  requiredCostWords,
  requiredWords,
  shareWords,
} from './sizeWords.ts'

/** The answer first, in plain words with intervals. */
export function sizeSummary(answer: SizeAnswer): Markup {
  const { dial, failure, required, today } = answer
  const cards = required.map((one) => {
    const cost = requiredCostWords(one, dial)
    return html`<div class="answer"><h3>Failures held to ${levelText(one.limit)}</h3><p>${requiredWords(one, answer)}</p>${
      cost !== '' && html`<p>${cost}</p>`
    }</div>
`
  })
  return html`<p>A path fails when ${lowered(failure.meaning)} (<code>${failure.name}</code>). Today, with ${dialAtWords(dial, today.level)}, ${countWords(today)} fail: ${shareWords(today)}.</p>
<div class="answers">${cards}</div>
<p class="facts">${fewNote}</p>`
}

export function sizeSections(answer: SizeAnswer, drawing: Drawing): readonly Section[] {
  return [
    requiredSection(answer, drawing),
    ...(answer.frontier ? [frontierSection(answer, drawing)] : []),
    ...(answer.firstLoss.length > 0 ? [firstLossSection(answer)] : []),
    benchmarkSection(answer),
    proposalSection(
      answer.proposals,
      `No level of the ${dialTitle(answer.dial)} is certified to hold a limit, so none is proposed.`,
    ),
    guaranteeSection(answer),
  ]
}

export const sizeParts: StudyParts<SizeAnswer> = { summary: sizeSummary, sections: sizeSections }

function requiredSection(answer: SizeAnswer, drawing: Drawing): Section {
  const { dial, required, failure } = answer
  const charged = isAnyCharged(answer.curve)
  const rows = required.map((one) => [
    levelText(one.limit),
    certifiedWords(one, dial),
    bracketWords(one, dial),
    countWords(one.best),
    shareWords(one.best),
    ...costCells(one.certified === null ? null : one.best.cost, charged),
  ])
  const heads = ['failures held to', 'certified level', 'level required', 'fail at it', 'share', ...costHeads(charged)]
  return {
    id: 'required',
    title: `What the ${dialTitle(dial)} must be`,
    body: html`<p>${dial.meaning} (<code>${dial.name}</code>). ${dial.paidBy === null ? '' : `More of it is paid for by ${dial.paidBy}.`}</p>
${drawing.place(requiredLevelFigure(answer), 'No level was looked at.')}
${tableMarkup(
  heads.map((name, i) => ({ name, isNumber: i > 0 })),
  rows,
  'stack',
)}
<h4>Every level looked at</h4>
${curveTable(answer)}
<p class="facts">${answer.missing === null ? '' : `${answer.missing} `}${costNote(charged)}</p>
${measuredMarkup(answer)}
<p class="facts">A path fails when ${lowered(failure.meaning)}. ${fewNote}</p>`,
  }
}

/** Whether others would ask for anything at some level: where nobody does, nothing is said of it. */
function isAnyCharged(points: readonly { readonly cost: YieldCost | null }[]): boolean {
  return points.some(({ cost }) => isCharged(cost))
}

function costHeads(charged: boolean): string[] {
  const measured = 'cost measured, basis points a year'
  return charged ? [measured, 'charged beside it, not simulated'] : [measured]
}

function costNote(charged: boolean): string {
  const measured = 'Measured: the yield of sAID that is lost against today, on the same paths; below 0 where it gains.'
  return charged
    ? `${measured} Charged: what those who keep money ready for it may ask, spread over sAID; an assumption, not simulated.`
    : measured
}

function costCells(cost: YieldCost | null, charged: boolean): string[] {
  const measured = cost === null ? '—' : pointsWords(cost.measured)
  if (!charged) return [measured]
  return [measured, cost === null ? '—' : isCharged(cost) ? basis(cost.charged) : '0']
}

function curveTable({ curve, dial, today }: SizeAnswer): Markup {
  const charged = isAnyCharged(curve)
  const rows = curve.map((point) => [
    levelWords(point.level, dial),
    countWords(point),
    shareWords(point),
    ...costCells(point.cost, charged),
  ])
  rows.push([
    `today, ${levelWords(today.level, dial)}`,
    countWords(today),
    shareWords(today),
    '0',
    ...(charged ? ['0'] : []),
  ])
  const heads = [dialTitle(dial), 'fail', 'share with interval', ...costHeads(charged)]
  return tableMarkup(
    heads.map((name) => ({ name, isNumber: true })),
    rows,
    'stack',
  )
}

function measuredMarkup({ measured, dial }: SizeAnswer): Markup | null {
  const [first] = measured
  if (first === undefined) return null
  const rows = measured.map(({ limit, level, exceed, paths, pathsNeeded }) => [
    levelText(limit),
    level === null ? 'no finite level' : `${measuredWords(level.value, dial)}${fewMark(exceed)}`,
    level === null || level.lower === null || level.upper === null
      ? `unbounded, needs at least ${roundedUpPaths(pathsNeeded)} paths`
      : `${measuredWords(level.lower, dial)} to ${measuredWords(level.upper, dial)}`,
    `${counted(exceed)} of ${counted(paths)} paths`,
  ])
  return html`<h4>What one run says, with everybody behaving as today</h4>
<p>${first.meaning} (<code>${first.metric}</code>), as a level of the ${dialTitle(dial)}. A cross-check, not the same question: it asks what would have met the worst moment of each path of today’s policy, while a larger buffer also changes what holders do.</p>
${tableMarkup(
  ['exceeded on at most', dialTitle(dial), 'interval', 'beyond'].map((name, i) => ({ name, isNumber: i > 0 })),
  rows,
  'stack',
)}`
}

function frontierSection({ frontier, failure }: SizeAnswer, drawing: Drawing): Section {
  if (!frontier) throw new Error('a frontier was not asked for')
  const { dials, points } = frontier
  const charged = isAnyCharged(points)
  const shown = [...points].sort((a, b) => wholeCost(a.cost).value - wholeCost(b.cost).value)
  const rows = shown.map((point) => [
    ...point.values.map((value, i) => levelWords(value, dials[i])),
    countWords(point),
    shareWords(point),
    ...costCells(point.cost, charged),
    point.standing === 'undecided' ? 'cannot be told apart' : point.standing,
  ])
  const heads = [...dials.map(dialTitle), 'fail', 'share with interval', ...costHeads(charged), 'standing']
  return {
    id: 'frontier',
    title: 'What safety costs',
    body: html`<p>${claimWords(frontier)}</p>
${drawing.place(frontierFigure(frontier, failure.meaning), 'No point was simulated.')}
${drawing.place(frontierMap(frontier, failure.meaning), 'A map is drawn for two dials; the table has all points.')}
${tableMarkup(
  heads.map((name, i) => ({ name, isNumber: i < heads.length - 1 })),
  rows,
  'stack',
)}
<p class="facts">The cheapest first${charged ? ', by both costs together' : ''}. ${costNote(charged)} ${fewNote}</p>`,
  }
}

function firstLossSection({ firstLoss, required }: SizeAnswer): Section {
  return {
    id: 'first-loss',
    title: 'Who loses first',
    body: html`${firstLoss.map((found) =>
      firstLossMarkup(
        found,
        required.map(({ limit }) => limit),
      ),
    )}
<p class="facts">Brackets hold for the paths that were simulated, and for a grid of five levels refined where neighbours differ; what more paths would show is within the intervals, and what happens between levels that agree was not looked at. ${fewNote}</p>`,
  }
}

function firstLossMarkup(found: FirstLoss, limits: readonly number[]): Markup {
  const { dial, party, meaning, curve, violations, paths } = found
  const rows = curve.map((point) => [
    levelWords(point.level, dial),
    countWords(point),
    shareWords(point),
    withUnit(point.largest, scaleOf('USD', point.largest)),
    point.firstPath === null ? 'none' : counted(point.firstPath),
  ])
  const heads = [dialTitle(dial), 'lose', 'share with interval', 'largest loss', 'first path that loses']
  return html`<h3>${party} and the ${dialTitle(dial)}</h3>
<p>${meaning}. ${firstLossWords(found)}</p>
<ul>${limits.map((limit, i) => html`<li>More than ${levelText(limit)} of the paths lose: ${bracketText(found, i + 1)}.</li>`)}</ul>
${tableMarkup(
  heads.map((name) => ({ name, isNumber: true })),
  rows,
  'stack',
)}
${violations !== null && violations > 0 ? html`<p>On ${counted(violations)} of ${counted(paths)} paths (${percent(violations / paths)}) a safer level loses where a less safe one does not.</p>` : null}`
}

function benchmarkSection({ opening }: SizeAnswer): Section {
  const figures = opening.map(({ balance }) => figuresOf(balance))
  const rows = benchmarks.map((one) => [
    html`${one.meaning}<small>${one.name}: ${one.source}, ${one.date}</small>`,
    asksWords(one),
    ...figures.map((figure) => {
      const met = meets(one, figure[one.figure])
      return `${figureWords(one, figure[one.figure])}${met === null ? '' : met ? ', met' : ', not met'}`
    }),
    one.status,
  ])
  const heads = ['benchmark', 'asks', ...opening.map(({ policy }) => policy), 'status']
  return {
    id: 'benchmarks',
    title: 'Beside the rules for other instruments',
    body: html`<p>None of these rules binds AID or sAID: an AID backed by loans cannot be a payment stablecoin, and sAID is like a fund. They are benchmarks only, on the opening balance sheet; the reserve is everything liquid, own funds are surplus and insurance.</p>
${tableMarkup(
  heads.map((name, i) => ({ name, isNumber: i > 0 && i < heads.length - 1 })),
  rows,
  'stack',
)}
<p class="facts">${leftOut}</p>`,
  }
}

function confidenceText(words: string): string {
  return words === '' ? '' : `Confidence: ${words}.`
}

function guaranteeSection(answer: SizeAnswer): Section {
  const { required, dial, confidence, monotonicity } = answer
  const looks = required.map(
    (one) =>
      html`<li>${levelText(one.limit)}: looks at ${one.checks.map(counted).join(', ')} paths, ${counted(one.looks)} of them taken; the error of a certificate is shared among ${counted(one.steps)} steps and ${counted(one.certifyingLooks)} of the looks; nothing can be certified on fewer than ${counted(one.leastPaths)} paths. ${confidenceText(aloneWords(one, dial))}</li>`,
  )
  const rows = monotonicity.steps.map(({ from, to, paths, gained, lost }) => [
    levelWords(from, dial),
    levelWords(to, dial),
    counted(paths),
    counted(gained),
    counted(lost),
  ])
  const heads = ['from', 'to', 'paths', 'fail at the first alone', 'fail at the second alone']
  return {
    id: 'guarantee',
    title: 'What is guaranteed, and what is assumed',
    body: html`<p>A level is certified when the one-sided Clopper-Pearson bound of its failure probability is at most the limit, at a confidence that pays for every look with paths enough to certify and for every step of the search. A step tests up to three levels fixed beforehand, the safest first, and stops at the first that is not certified, so that it can go wrong at one level only. This takes it that every level safer than one that holds the limit holds it too; of single paths it takes nothing. So each end of an interval holds with ${levelText(confidence)} confidence, for each limit by itself.</p>
<p>Whether safer levels do fail more rarely is tested: any two levels looked at, today’s among them, by the paths that fail at one alone (McNemar’s exact test, ${levelText(1 - confidence)} of error shared among these pairs; about that, for which levels were looked at depends on the paths too; a false alarm costs a certificate and never gives one). Where two contradict the order, no level is certified on it; a level is then certified only by itself, with the error shared among all levels and looks, and if none is, the answer is that none is certified.</p>
<ul>${looks}</ul>
<p>${monotonicityWords(answer)} A path counts as failing at a level when it fails there or at a safer level looked at.</p>
${tableMarkup(
  heads.map((name) => ({ name, isNumber: true })),
  rows,
  'stack',
)}`,
  }
}
