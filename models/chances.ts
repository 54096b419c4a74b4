/** How likely a path still is to fail: by which interacting particles are chosen. */
import type { ReadonlyColumn } from '../sim/kernel/declarations.ts'
import { exp, log } from '../sim/kernel/maths/elementary.ts'
import type { ChanceFunction } from '../sim/kernel/splitting/interaction.ts'

const daysOfYear = 365

/**
 * The fall that is still missing over the fall that may still come, as the log of an exponential tail. What may come is larger with
 * more time left, less cover, more of the book outstanding, rents that have not fallen yet, more debt in trouble that is not
 * written down, and more owed by borrowers who will be in trouble soon. The powers are a regression of falls beyond 45 % on the
 * states of 15,360 paths of base, chosen by an earlier one (replications 3000 to 3059 and 4000 to 4059, which no estimate by them has): they
 * decide what an estimate costs, never what it is on average.
 */
const saidLoss: ChanceFunction = {
  name: 'saidLoss',
  meaning:
    'exponential in the fall of the sAID exit NAV that is still missing, over the fall that may still come by the days left, the cover and the balance of the deals, the utilisation of machines, and the debt that is or soon will be in trouble',
  columns: [
    'outcomes.worstDrawdown',
    'vault.drawdown',
    'vault.totalAssets',
    'deals.outstanding',
    'deals.collateralValue',
    'deals.troubled',
    'deals.impairment',
    'gpuMarket.utilisationLevel',
    'deals.hazard',
    'deals.hazardToday',
    'deals.hazardThreshold',
    'deals.stopped',
    'deals.borrowerBalance',
  ],
  foretells: ['saidLoss'],
  logChance(
    [worst, drawdown, totalAssets, outstanding, collateral, troubled, impairment, utilisation, ...ofBorrowers],
    path,
    daysLeft,
    beyond,
  ) {
    // What has passed once has passed, however far it comes back: it must not be given up.
    if (worst[path] > beyond) return 0
    const missing = Math.max(0, beyond - drawdown[path])
    const assets = Math.max(totalAssets[path], outstanding[path], 1)
    const cover = within(collateral[path] / Math.max(outstanding[path], 1), 0.05, 20)
    const atRisk = within((outstanding[path] - impairment[path]) / assets, 0.05, 2)
    const years = (daysLeft + 1) / daysOfYear
    const inTrouble = Math.max(0, troubled[path] - impairment[path]) / assets
    const soon = troubleAhead(ofBorrowers, path, daysLeft + 1) / assets
    const logTypicalFall =
      -2.53 +
      0.42 * log(years) -
      0.93 * log(cover) +
      0.39 * log(atRisk) +
      0.25 * utilisation[path] +
      1.11 * inTrouble +
      1.77 * soon
    return -missing * exp(-logTypicalFall)
  },
}

/**
 * USD owed by borrowers who still pay, each by how soon the hazard of today would stop it: the drawn threshold is hidden from the
 * economy, not from those who simulate it.
 */
function troubleAhead(
  [hazard, hazardToday, threshold, stopped, balance]: readonly ReadonlyColumn[],
  path: number,
  days: number,
): number {
  const borrowers = threshold.length / hazard.length
  const ahead = hazardToday[path] * days
  if (ahead === 0) return 0
  let owed = 0
  for (let b = path * borrowers; b < (path + 1) * borrowers; b++) {
    if (stopped[b] === 1) continue
    owed += balance[b] * exp(-Math.max(0, threshold[b] - hazard[path]) / ahead)
  }
  return owed
}

function within(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value))
}

export const chances: readonly ChanceFunction[] = [saidLoss]
