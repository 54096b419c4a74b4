/**
 * Margin of a perpetual future: when a position is closed by force, and the hedge that it gives.
 *
 * Source: the maintenance condition margin + unrealised profit < maintenanceMargin · notional (Aevo documentation, "Liquidations"),
 * solved for the price; minimum-variance hedge: L. Ederington, "The hedging performance of the new futures markets" (1979).
 */

export type Side = 'long' | 'short'

/** Profit not yet taken, in the quote currency: `units` signed, long above zero. */
export function unrealisedProfit(units: number, entry: number, mark: number): number {
  return units * (mark - entry)
}

/** Whether the margin, with the profit not yet taken, is below what the position must keep. */
export function isMarginCalled(
  margin: number,
  units: number,
  entry: number,
  mark: number,
  maintenanceMargin: number,
): boolean {
  return margin + unrealisedProfit(units, entry, mark) < maintenanceMargin * Math.abs(units) * mark
}

/**
 * Mark price at which a position opened at `entry` with `initialMargin` (fraction of the notional) is liquidated:
 * long entry (1 − IM) / (1 − MM), short entry (1 + IM) / (1 + MM).
 */
export function liquidationPrice(entry: number, initialMargin: number, maintenanceMargin: number, side: Side): number {
  return side === 'long'
    ? (entry * (1 - initialMargin)) / (1 - maintenanceMargin)
    : (entry * (1 + initialMargin)) / (1 + maintenanceMargin)
}

/** Units of the future to sell for each unit held that leave the least variance: covariance / variance of the future. */
export const minimumVarianceHedge = (covariance: number, futureVariance: number): number => covariance / futureVariance

/** Part of the variance that the minimum-variance hedge leaves: 1 − correlation². */
export const hedgedVarianceShare = (correlation: number): number => 1 - correlation * correlation
