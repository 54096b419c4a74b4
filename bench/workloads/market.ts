/** W1: four correlated factors and jumps, ten thousand paths of a year, as a room of the kernel. */
import { defineEconomy } from '../../sim/kernel/economy.ts'
import { exp, expm1 } from '../../sim/kernel/maths/elementary.ts'
import { defineRoom } from '../../sim/kernel/room.ts'

const correlation = [
  [1, 0.3, -0.1, 0.5],
  [0.3, 1, 0.2, 0.2],
  [-0.1, 0.2, 1, 0],
  [0.5, 0.2, 0, 1],
]

/** Lower Cholesky factor of the correlation, row by row. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i][j]
      for (let k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k]
      lower[i][j] = i === j ? Math.sqrt(sum) : sum / lower[j][j]
    }
  }
  return lower
}

const factors = defineRoom({
  name: 'factors',
  meaning: 'GPU rent, ether, a borrow rate and a resale price that move together.',
  sizes: () => ({ factor: 4 }),
  state: {
    rent: { unit: 'log', meaning: 'Log rent index' },
    ether: { unit: 'log', meaning: 'Log price of ether' },
    rate: { unit: '1/year', meaning: 'Borrow rate' },
    interest: { unit: '1', meaning: 'Interest added up' },
    resale: { unit: 'log', meaning: 'Log resale price' },
    loss: { unit: '1', meaning: 'Debt less collateral at the end' },
  },
  shocks: {
    z: { law: 'normal', meaning: 'Independent normals', each: 'factor' },
    jump: { law: 'uniform', meaning: 'Whether a jump falls' },
  },
  open({ state, shocks, events, clock }) {
    const { rent, ether, rate, interest, resale, loss } = state
    const { z, jump } = shocks
    const dt = 1 / 365
    const l = cholesky(correlation)
    const [l10, l11, l20, l21, l22] = [l[1][0], l[1][1], l[2][0], l[2][1], l[2][2]]
    const [l30, l31, l32, l33] = l[3]
    const rentA = exp(-2 * dt)
    const rentSd = 0.6 * Math.sqrt(-expm1(-4 * dt) / 4)
    const rateA = exp(-6 * dt)
    const rateSd = 0.05 * Math.sqrt(-expm1(-12 * dt) / 12)
    const etherDrift = (0.05 - 0.5 * 0.75 * 0.75) * dt
    const etherSd = 0.75 * Math.sqrt(dt)
    const resaleDrift = (-0.35 - 0.5 * 0.2 * 0.2) * dt
    const resaleSd = 0.2 * Math.sqrt(dt)
    const jumpChance = -expm1(-2 * dt)
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) rate[active[k]] = 0.06
      },
      step(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          const at = p << 2
          const z0 = z[at]
          const z1 = z[at + 1]
          const z2 = z[at + 2]
          rent[p] = rentA * rent[p] + rentSd * z0
          ether[p] += etherDrift + etherSd * (l10 * z0 + l11 * z1)
          const r = 0.06 + rateA * (rate[p] - 0.06) + rateSd * (l20 * z0 + l21 * z1 + l22 * z2)
          rate[p] = r
          interest[p] += r * dt
          resale[p] += resaleDrift + resaleSd * (l30 * z0 + l31 * z1 + l32 * z2 + l33 * z[at + 3])
          if (jump[p] < jumpChance) rent[p] += -0.1 + 0.08 * events.at(p, 0, 0).normal()
        }
        if (clock.day === clock.days - 1) finish(active, count)
      },
    }

    function finish(active: Int32Array, count: number): void {
      for (let k = 0; k < count; k++) {
        const p = active[k]
        loss[p] = 0.7 * exp(interest[p]) - (0.5 * exp(rent[p]) + 0.2 * exp(ether[p]) + 0.3 * exp(resale[p]))
      }
    }
  },
})

export const marketEconomy = defineEconomy({
  name: 'W1 market',
  rooms: { factors },
  wires: { factors: () => ({}) },
  meetings: {},
  day: { morning: [{ run: 'factors', description: 'factors move' }], ticks: [], evening: [] },
  laws: () => ({}),
  ledgerScale: () => () => 1,
})
