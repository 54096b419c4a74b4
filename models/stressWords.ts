/** Sizes of what goes wrong, as they are told. */

/** A share of something in per cent, whole from 10 % on and with one decimal below: '4.5 %'. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`
}
