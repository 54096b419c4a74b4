/** The answers in short: each question of a risk committee with its numbers, their intervals and the paths behind them. */
import { type ShortfallHeadline, shortfallHeadline } from '../../sim/studies/headline.ts'
import { lossesBorne } from '../figures/bearers.ts'
import { requiredLevels, statedLevel } from '../figures/sizing.ts'
import { largestMagnitude, levelText, scaleOf } from '../format.ts'
import { html, type Markup } from '../html.ts'
import {
  numberMarkup,
  type StatedNumber,
  statedMean,
  statedProbability,
  statedQuantile,
  statedShortfall,
} from '../numbers.ts'
import { type Amount, confidence, type Reading } from '../reading.ts'

interface Line {
  readonly text: string
  readonly number: StatedNumber
}

interface Answer {
  readonly question: string
  readonly lines: readonly Line[]
}

/** Cards of answers; a card without a number is left out. */
export function summaryMarkup(reading: Reading): Markup {
  const answers = [depegs, failures, losses, bearing, queue, reserve, cover, firstLoss].map((ask) => ask(reading))
  return html`<div class="answers">${answers
    .filter((answer) => answer.lines.length > 0)
    .map(
      (answer) => html`<div class="answer"><h3>${answer.question}</h3><dl>${answer.lines.map(
        (line) => html`<dt>${line.text}</dt><dd>${numberMarkup(line.number)}</dd>`,
      )}</dl></div>
`,
    )}</div>`
}

function probabilities(reading: Reading, names: readonly string[]): Line[] {
  return names.flatMap((name) => {
    const event = reading.event(name)
    return event ? [{ text: event.metric.meaning, number: statedProbability(event.headline) }] : []
  })
}

function quantiles(amount: Amount | undefined, levels: readonly number[], words: (level: number) => string): Line[] {
  if (!amount) return []
  return levels.flatMap((level) => {
    const found = amount.headline.quantiles.find((q) => q.level === level)
    if (!found) return []
    return [{ text: words(level), number: statedQuantile(found, amount) }]
  })
}

/** Expected shortfall of an amount at a level, in the sign of the amount; null where some path is infinite. */
export function shortfallAt(amount: Amount, level: number): ShortfallHeadline | null {
  if (amount.headline.infinite > 0) return null
  const isHigh = amount.metric.bad === 'high'
  const losses = isHigh ? amount.values : amount.values.map((v) => -v)
  return shortfallHeadline(losses, level, confidence, isHigh ? 1 : -1)
}

function depegs(reading: Reading): Answer {
  const names = reading.events.map((e) => e.metric.name).filter((name) => name.startsWith('depeg'))
  return { question: 'How likely is a depeg of AID?', lines: probabilities(reading, names) }
}

function failures(reading: Reading): Answer {
  return {
    question: 'How likely is a shortfall, or a payment that fails?',
    lines: probabilities(reading, ['reserveShortfall', 'redemptionFailure', 'exitFailure']),
  }
}

function losses(reading: Reading): Answer {
  const loss = reading.amount('saidLoss')
  const shortfall = loss && shortfallAt(loss, 0.975)
  return {
    question: 'How likely is a loss to sAID, and how large?',
    lines: [
      ...probabilities(reading, ['saidLossEvent']),
      ...quantiles(loss, [0.99], (level) => `Deepest fall of the exit NAV, value at risk ${levelText(level)}`),
      ...(loss && shortfall
        ? [
            {
              text: 'Its expected shortfall 97.5 %: mean of the worst fortieth of paths',
              number: statedShortfall(shortfall, loss.scale, reading.paths, loss.floor),
            },
          ]
        : []),
    ],
  }
}

function bearing(reading: Reading): Answer {
  const borne = lossesBorne(reading)
  const worst = borne ? [...borne.worst].sort((a, b) => b.mean - a.mean).filter((b) => b.mean > 0) : []
  const scale = scaleOf('USD', largestMagnitude(worst.map((b) => b.mean)))
  return {
    question: 'Who bears the losses on the worst paths?',
    lines: worst.slice(0, 3).map((b) => ({
      text: b.name,
      number: statedMean({ value: b.mean, lower: b.lower, upper: b.upper }, scale, `mean of ${b.paths} paths`, 0),
    })),
  }
}

function queue(reading: Reading): Answer {
  return {
    question: 'How long does the exit queue get?',
    lines: quantiles(reading.amount('queueDays'), [0.5, 0.95, 0.99], (level) =>
      level === 0.5
        ? 'Longest wait beyond its due date, median path'
        : `The longest wait, not exceeded on ${levelText(level)} of paths`,
    ),
  }
}

function sized(reading: Reading, name: string, question: string, noun: string): Answer {
  const amount = reading.amount(name)
  if (!amount) return { question, lines: [] }
  return {
    question,
    lines: requiredLevels(amount).map(({ target, level }) => ({
      text: `${noun} that holds failures to ${levelText(target)}`,
      number: statedLevel(level, amount.scale),
    })),
  }
}

function reserve(reading: Reading): Answer {
  return sized(
    reading,
    'requiredReserve',
    'How much liquid reserve would be enough?',
    'Share of AID supply at the start',
  )
}

function cover(reading: Reading): Answer {
  return sized(
    reading,
    'requiredCover',
    'How much collateral would be enough?',
    'Collateral over balance at origination',
  )
}

function firstLoss(reading: Reading): Answer {
  return sized(
    reading,
    'requiredFirstLoss',
    'How much first-loss cover would be enough?',
    'Share of the deals at the start',
  )
}
