/** The life of a deal: the states it may be in and the moves that are legal. */

export const empty = 0
export const performing = 1
export const watch = 2
export const late = 3
/** In default while the law takes its time. */
export const defaulted = 4
/** Run by a hosting partner for the lender. */
export const hosted = 5
/** Machines for sale, or sold and the insurer still to pay. */
export const liquidating = 6
export const closed = 7

/** A closed slot is free for a new deal. Default is reached from late alone, so that no deal skips its grace. */
const moves: readonly (readonly number[])[] = [
  [performing],
  [watch, late, closed],
  [performing, late, closed],
  [performing, watch, defaulted, closed],
  [hosted, liquidating, closed],
  [liquidating, closed],
  [closed],
  [performing],
]

const legal = new Uint8Array(64)
for (let from = 0; from < moves.length; from++) for (const to of moves[from]) legal[from * 8 + to] = 1

/** True when a deal may pass from one state to another in one move. */
export function mayMove(from: number, to: number): boolean {
  return legal[from * 8 + to] === 1
}
