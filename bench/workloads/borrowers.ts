/** W2: two thousand paths of fifty borrowers each, with fire-sale feedback, as rooms of the kernel. */
import { defineEconomy } from '../../sim/kernel/economy.ts'
import { exp, expm1 } from '../../sim/kernel/maths/elementary.ts'
import { defineRoom } from '../../sim/kernel/room.ts'

const borrowersAPath = 50

const rent = defineRoom({
  name: 'rent',
  meaning: 'The rent factor of a path.',
  state: { log: { unit: 'log', meaning: 'Log rent index' }, level: { unit: '1', meaning: 'Rent index' } },
  shocks: { z: { law: 'normal', meaning: 'Diffusion' }, jump: { law: 'uniform', meaning: 'Whether a jump falls' } },
  open({ state, shocks, events }) {
    const { log, level } = state
    const dt = 1 / 365
    const a = exp(-2 * dt)
    const sd = 0.6 * Math.sqrt(-expm1(-4 * dt) / 4)
    const jumpChance = -expm1(-2 * dt)
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) level[active[k]] = 1
      },
      step(active, count) {
        for (let k = 0; k < count; k++) {
          const p = active[k]
          log[p] = a * log[p] + sd * shocks.z[p]
          if (shocks.jump[p] < jumpChance) log[p] += -0.1 + 0.08 * events.at(p, 0, 0).normal()
          level[p] = exp(log[p])
        }
      },
    }
  },
})

const borrowers = defineRoom({
  name: 'borrowers',
  meaning: 'Borrowers whose income follows the rent and whose collateral is sold into a thin market.',
  sizes: () => ({ borrower: borrowersAPath }),
  state: {
    liquidity: { unit: 'USD', meaning: 'Cash of a borrower; −1 once in default', each: 'borrower' },
    pressure: { unit: 'defaults', meaning: 'Recent defaults' },
    defaults: { unit: 'defaults', meaning: 'Defaults since the start' },
    loss: { unit: 'USD', meaning: 'Losses since the start' },
    lossShare: { unit: '1', meaning: 'Loss over all debt' },
    defaultRate: { unit: '1', meaning: 'Defaults over borrowers' },
  },
  inputs: {
    log: { unit: 'log', meaning: 'Log rent index' },
    level: { unit: '1', meaning: 'Rent index' },
  },
  shocks: { income: { law: 'normal', meaning: 'Noise of income', each: 'borrower' } },
  open({ state, inputs, shocks, clock }) {
    const { liquidity, pressure, defaults, loss, lossShare, defaultRate } = state
    const { income } = shocks
    const dt = 1 / 365
    return {
      start(active, count) {
        for (let k = 0; k < count; k++) {
          liquidity.fill(6, active[k] * borrowersAPath, (active[k] + 1) * borrowersAPath)
        }
      },
      step(active, count) {
        const age = exp(-0.35 * (clock.day + 1) * dt)
        for (let k = 0; k < count; k++) {
          const p = active[k]
          const scale = 0.42 * inputs.level[p]
          const collateral = 130 * age * exp(0.5 * inputs.log[p])
          const haircut = Math.min(0.6, 0.1 + 0.02 * pressure[p])
          const lost = Math.max(0, 100 - collateral * (1 - haircut))
          let fell = 0
          for (let at = p * borrowersAPath; at < (p + 1) * borrowersAPath; at++) {
            const cash = liquidity[at]
            if (cash < 0) continue
            const left = cash + scale * exp(0.5 * income[at] - 0.125) - 0.4
            if (left < 0) fell += 1
            liquidity[at] = left < 0 ? -1 : left
          }
          pressure[p] = 0.9 * pressure[p] + fell
          defaults[p] += fell
          loss[p] += fell * lost
          lossShare[p] = loss[p] / (100 * borrowersAPath)
          defaultRate[p] = defaults[p] / borrowersAPath
        }
      },
    }
  },
})

export const borrowersEconomy = defineEconomy({
  name: 'W2 borrowers',
  rooms: { rent, borrowers },
  wires: {
    rent: () => ({}),
    borrowers: ({ rent }) => ({ log: rent.log, level: rent.level }),
  },
  meetings: {},
  day: {
    morning: [
      { run: 'rent', description: 'rent moves' },
      { run: 'borrowers', description: 'income, default, loss' },
    ],
    ticks: [],
    evening: [],
  },
  laws: () => ({}),
  ledgerScale: () => () => 1,
})
