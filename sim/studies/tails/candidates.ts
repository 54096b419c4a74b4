/** The shocks that a pilot watches: what could be moved so that bad paths come more often. */
import type { Economy } from '../../kernel/economy.ts'
import type { Plan } from '../../kernel/plan.ts'
import { type NamedShock, numbersOf, shockNames } from '../../kernel/steering/names.ts'
import type { Watch } from '../../kernel/steering.ts'

/** One number of a shock whose luck may be moved, over blocks of days of their own. */
export interface Candidate {
  readonly shock: string
  readonly index: number
  /** How it may be moved: in its mean, or at one of its ends. */
  readonly move: 'shift' | 'chance'
  readonly when: NamedShock['when']
  readonly blocks: number
}

/** Numbers of a shock from which on each one alone says too little: every holder’s mood, every hour’s trade. */
const mostNumbers = 64
const mostDailyNumbers = 12
/** A power of two, so that means over halves, quarters and eighths of the run can be told apart. */
const meanBlocks = 8
const endBlocks = 4

export function candidatesOf(economy: Economy, plan: Plan): readonly Candidate[] {
  return shockNames(economy).flatMap(({ name, law, when }) => {
    const numbers = numbersOf(economy, plan, name)
    if (numbers > (when === 'daily' ? mostDailyNumbers : mostNumbers)) return []
    const move = law === 'normal' && when !== 'once' ? 'shift' : 'chance'
    const wanted = when !== 'daily' ? 1 : move === 'shift' ? meanBlocks : endBlocks
    const blocks = wanted <= plan.days ? wanted : 1
    return Array.from({ length: numbers }, (_, index): Candidate => ({ shock: name, index, move, when, blocks }))
  })
}

/** What must be watched so that the candidates can be judged. */
export function watchesOf(candidates: readonly Candidate[]): readonly Watch[] {
  return candidates.flatMap(({ shock, index, move, when, blocks }): Watch[] => {
    const what: Watch['what'][] = move === 'shift' ? ['total'] : ['lowest', 'highest']
    if (when === 'event') what.push('count')
    return what.map((one) => ({ shock, index, what: one, blocks }))
  })
}
