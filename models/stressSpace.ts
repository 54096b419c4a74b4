/** The luck of a path of this economy as a few standard normal numbers with a meaning each. */
import type { Row } from '../sim/kernel/declarations.ts'
import type { Plan } from '../sim/kernel/plan.ts'
import { blockStarts } from '../sim/kernel/steering.ts'
import { correlationFactor } from './gpuMarket/correlation.ts'
import { makeRegister, roles } from './holders/register.ts'

/** Days of a block: long enough that few numbers tell a year, short enough that an early fall differs from a late one. */
const daysPerBlock = 120
const mostBlocks = 6

interface Part {
  readonly shock: string
  readonly index?: number
  readonly weight: number
}

type Coordinate =
  | { kind: 'drawn'; name: string; meaning: string; block: number | null; parts: readonly Part[] }
  | { kind: 'lowest'; name: string; meaning: string; block: number; shock: string; of: number }

/** Coordinates of the luck under a plan: each standard normal under the model’s own law, independent of the others. */
export function stressSpace(plan: Plan): { blocks: number; coordinates: readonly Coordinate[] } {
  const blocks = Math.max(1, Math.min(mostBlocks, Math.round(plan.days / daysPerBlock)))
  return { blocks, coordinates: [...daily(plan, blocks), ...borrowers(plan), ...releases(plan), ...patience(plan)] }
}

function daily(plan: Plan, blocks: number): Coordinate[] {
  const starts = blockStarts(plan.days, blocks)
  const rents = commonRentLuck(plan)
  const glut = chanceOfGlut(plan)
  return Array.from({ length: blocks }, (_, block) => {
    const days = `days ${starts[block] + 1}–${starts[block + 1]}`
    const drawn = (what: string, shock: string, meaning: string): Coordinate => ({
      kind: 'drawn',
      name: `${what}, ${days}`,
      meaning,
      block,
      parts: [{ shock, weight: 1 }],
    })
    const list: Coordinate[] = [
      {
        kind: 'drawn',
        name: `rents, ${days}`,
        meaning: 'Daily luck that the rents of all generations share: + lifts rents',
        block,
        parts: rents,
      },
      drawn('utilisation', 'gpuMarket.utilisationLuck', 'Noise of the share of hours rented out: + lifts it'),
      drawn('flows', 'holders.mood', 'News that calm holders act on: + brings money in'),
      drawn('USDC', 'reserve.usdc', 'News of the price of USDC: + lifts it'),
      drawn('short rate', 'reserve.rate', 'News of the short rate: + lifts it'),
    ]
    if (glut > 0) {
      list.push({
        kind: 'lowest',
        name: `turn to a glut, ${days}`,
        meaning: 'How near a normal market came to a glut on its nearest day: + turns into one',
        block,
        shock: 'gpuMarket.regimeLuck',
        of: glut,
      })
    }
    return list
  }).flat()
}

/** Weights of the daily numbers of the generations in the mean of their correlated lucks. */
function commonRentLuck({ parameters, tables }: Plan): readonly Part[] {
  const n = tables['gpuMarket']['generations'].length
  const factor = correlationFactor(Number(parameters['gpuMarket']['neighbourCorrelation']), n)
  const weights = Array.from({ length: n }, (_, g) => {
    let sum = 0
    for (let row = g; row < n; row++) sum += factor[row * n + g]
    return sum
  })
  return unit(weights.map((weight, index) => ({ shock: 'gpuMarket.rentLuck', index, weight })))
}

/** Probability of a day that a normal market turns into a glut. */
function chanceOfGlut({ parameters }: Plan): number {
  const { glutShare, normalDays } = parameters['gpuMarket']
  return Number(glutShare) / Number(normalDays)
}

/** Borrowers that owe something on the first day and may stop paying for reasons of their own. */
function borrowers({ tables, parameters }: Plan): Coordinate[] {
  if (!(Number(parameters['deals']['overlayProbability']) > 0)) return []
  const owing = new Set(tables['deals']['tape'].map((row) => row['borrower']))
  return tables['deals']['borrowers'].flatMap((row: Row, index): Coordinate[] =>
    owing.has(row['name']) && Number(row['hazardMultiple']) > 0
      ? [
          {
            kind: 'drawn',
            name: `own hazard of ${row['name']}`,
            meaning: 'What stops this borrower from paying besides its rents: − stops it early',
            block: null,
            parts: [{ shock: 'deals.threshold', index, weight: 1 }],
          },
        ]
      : [],
  )
}

/** Generations that are still to come. */
function releases({ tables }: Plan): Coordinate[] {
  return tables['gpuMarket']['generations'].flatMap((row, index): Coordinate[] =>
    Number(row['releaseDay']) > 0
      ? [
          {
            kind: 'drawn',
            name: `release of ${row['name']}`,
            meaning: 'Delay of the release against its plan: − brings it early',
            block: null,
            parts: [{ shock: 'gpuMarket.releaseDelay', index, weight: 1 }],
          },
        ]
      : [],
  )
}

/** Patience of those who hold AID and of those who hold sAID, each holder counting by what it holds. */
function patience({ tables }: Plan): Coordinate[] {
  const { role, share, sticky } = makeRegister(tables['holders']['cohorts'])
  const of = (name: 'AID' | 'sAID', code: number): Coordinate => ({
    kind: 'drawn',
    name: `patience of ${name} holders`,
    meaning: `How much those who hold ${name} bear before they leave, the large ones first: − leaves early`,
    block: null,
    parts: unit(
      Array.from(share, (weight, index) => ({ shock: 'holders.threshold', index, weight })).filter(
        ({ index, weight }) => role[index] === code && weight > 0 && sticky[index] === 0,
      ),
    ),
  })
  return [of('AID', roles.aid), of('sAID', roles.said)].filter((one) => one.kind === 'drawn' && one.parts.length > 0)
}

function unit(parts: readonly Part[]): readonly Part[] {
  const length = Math.sqrt(parts.reduce((sum, { weight }) => sum + weight * weight, 0))
  return parts.map((part) => ({ ...part, weight: part.weight / length }))
}
