/** The shocks that a pilot watches: what could be moved so that bad paths come more often. */
import type { Economy } from '../../kernel/economy.ts'
import type { Plan } from '../../kernel/plan.ts'
import { type NamedShock, numbersOf, shockNames } from '../../kernel/steering/names.ts'
import type { Watch } from '../../kernel/steering.ts'

/** Numbers of a shock whose luck may be moved together, over blocks of days of their own. */
export interface Candidate {
  readonly shock: string
  /** The numbers; one alone, or all of what events draw for many. */
  readonly indices: readonly number[]
  /** Whether these are all numbers of the shock. */
  readonly isWhole: boolean
  /** How they may be moved: in their mean, or at their ends. */
  readonly move: 'shift' | 'chance'
  readonly when: NamedShock['when']
  readonly blocks: number
}

/** Numbers from which on each one alone says too little. Every holder’s look, every hour’s trade is left alone. */
const mostAlone = 12
const mostTogether = 64
/** A power of two, so that means over halves, quarters and eighths of the run can be told apart. */
const meanBlocks = 8
const endBlocks = 4

export function candidatesOf(economy: Economy, plan: Plan): readonly Candidate[] {
  return shockNames(economy).flatMap(({ name, law, when }): Candidate[] => {
    const numbers = numbersOf(economy, plan, name)
    if (numbers > (when === 'event' ? mostTogether : mostAlone)) return []
    const move = law === 'normal' && when !== 'once' ? 'shift' : 'chance'
    const wanted = when !== 'daily' ? 1 : move === 'shift' ? meanBlocks : endBlocks
    const shared = { shock: name, isWhole: true, move, when, blocks: wanted <= plan.days ? wanted : 1 } as const
    const indices = Array.from({ length: numbers }, (_, index) => index)
    if (numbers > mostAlone) return [{ ...shared, indices }]
    return indices.map((index) => ({ ...shared, indices: [index], isWhole: numbers === 1 }))
  })
}

/** What must be watched so that the candidates can be judged. */
export function watchesOf(candidates: readonly Candidate[]): readonly Watch[] {
  return candidates.flatMap(({ shock, indices, move, when, blocks }) => {
    const what: Watch['what'][] = move === 'shift' ? ['total'] : ['lowest', 'highest']
    // Some draws made once are made on no path, such as the delay of what is on sale already.
    if (when !== 'daily') what.push('count')
    return indices.flatMap((index) => what.map((one): Watch => ({ shock, index, what: one, blocks })))
  })
}

/** How a move names the numbers of a candidate. */
export function namesOf({ shock, indices, isWhole }: Candidate): { readonly shock: string; readonly index?: number } {
  return isWhole && indices.length > 1 ? { shock } : { shock, index: indices[0] }
}
