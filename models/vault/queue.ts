/**
 * How what is available is shared among requests, in floating point for the simulation. Requests of one path lie in
 * `requests[offset .. offset + count)`; payments are written to the same places of `paid`. Nothing here allocates.
 */

/**
 * Pays each request the same fraction, min(1, available / sum of requests).
 * @param requests,paid amounts in one unit, not negative; may be the same array. @param available in that unit.
 * @returns what was paid in all, never more than `available`.
 */
export function payProRata(
  requests: Float64Array,
  offset: number,
  count: number,
  available: number,
  paid: Float64Array,
): number {
  const end = offset + count
  let requested = 0
  for (let i = offset; i < end; i++) requested += requests[i]!
  const fraction = available >= requested ? 1 : available > 0 ? available / requested : 0
  let total = 0
  for (let i = offset; i < end; i++) {
    const payment = requests[i]! * fraction
    paid[i] = payment
    total += payment
  }
  // The last digits of the products may add up to more than there is; a balance must not fall below zero for that.
  return fraction === 1 ? total : Math.min(total, Math.max(available, 0))
}

/**
 * Pays requests in full in the given order until what is available is gone.
 * @param order positions within the slice (0 .. count), first served first; the order is `order[offset .. offset +
 * count)`.
 * @returns what was paid in all, at most `available`.
 */
export function payFifo(
  requests: Float64Array,
  order: Int32Array,
  offset: number,
  count: number,
  available: number,
  paid: Float64Array,
): number {
  let left = Math.max(available, 0)
  let total = 0
  for (let rank = 0; rank < count; rank++) {
    const i = offset + order[offset + rank]!
    const payment = Math.min(requests[i]!, left)
    paid[i] = payment
    left -= payment
    total += payment
  }
  return total
}
