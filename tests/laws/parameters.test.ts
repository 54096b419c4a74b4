/** Every parameter of every room changes something in at least one of a few stages, or is named here with the reason. */
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import type { ParameterDeclaration } from '../../sim/kernel/declarations.ts'
import { InputError } from '../../sim/kernel/errors.ts'
import type { ParameterSettings } from '../../sim/kernel/plan.ts'
import { fromDay, type RunOptions, runEconomy } from '../support/economyRuns.ts'

const days = 150
const ticksPerDay = 6
const lever = (day: number, neutral: number, level: number): Float64Array =>
  fromDay(days, ticksPerDay, day, neutral, level)

/** Stages on which parts of the mechanism come alive that a calm year leaves asleep. */
const stages: Readonly<Record<string, RunOptions>> = {
  defaults: { paths: 6, days, ticksPerDay, parameters: { deals: { overlayProbability: 0.25 } } },
  run: {
    paths: 4,
    days,
    ticksPerDay,
    parameters: { deals: { overlayProbability: 0.25 }, aid: { gate: 0.4 }, lending: { oracle: 'twap' } },
    levers: {
      holders: { panic: lever(25, 0, 0.45) },
      reserve: { billStress: lever(20, 0, 1), usdcPrice: lever(70, 1, 0.9) },
    },
  },
  workouts: {
    paths: 8,
    days,
    ticksPerDay: 2,
    parameters: {
      deals: { overlayProbability: 0.5, legalDelay: 10, refinancingLoanToValue: 0.3 },
      hardware: { normalPartner: 1, shortagePartner: 1, glutPartner: 1, fixedCost: 0.5, hostingMigration: 10 },
    },
    levers: {
      gpuMarket: {
        rentFactor: Float64Array.from({ length: days * 2 }, (_, i) => (i > 60 ? 0.8 : 1)),
        // A third of the time in each state of the market, so that partners of each are met.
        forcedRegime: Float64Array.from({ length: days * 2 }, (_, i) => (i < 100 ? 1 : i < 200 ? 0 : 2)),
      },
    },
  },
  long: {
    paths: 6,
    days: 420,
    ticksPerDay: 1,
    parameters: {
      deals: {
        overlayProbability: 0.4,
        insuranceShare: 0.5,
        insuranceLag: 30,
        legalDelay: 10,
        insurerDefaultProbability: 0.2,
      },
      vault: { cancellation: 'allowed' },
    },
    levers: { holders: { panic: Float64Array.from({ length: 420 }, (_, i) => (i > 30 && i < 45 ? 0.3 : 0)) } },
  },
  unified: {
    paths: 4,
    days,
    ticksPerDay,
    parameters: {
      aid: { mode: 'unified' },
      deals: { overlayProbability: 0.4, recourse: 'unsecured', insuranceShare: 0.5 },
      reserve: { rateModel: 'vasicek' },
    },
    levers: { gpuMarket: { forcedRegime: lever(5, -1, 0) }, holders: { panic: lever(40, 0, 0.3) } },
  },
}

/** Parameters that no stage of this length moves, each with the reason. */
const asleep: Readonly<Record<string, string>> = {}

const watched = [
  'aid.supply',
  'vault.exitNav',
  'reserve.liquid',
  'deals.outstanding',
  'aidPool.volume',
  'saidPool.volume',
  'lending.badDebt',
  'lending.rate',
  'lending.idle',
  'holders.externalOut',
  'aid.surplus',
  'vault.insurance',
  'treasury.paidOut',
  'outcomes.minimumCoverage',
  'outcomes.minimumTwap1h',
  'lending.looperLoss',
  'holders.gasPaid',
  'deals.defaultsCumulative',
  'aid.redemptionFailure',
  'vault.exitFailure',
  'holders.cappedTicks',
  'reserve.costsTotal',
  'aidPool.adminFees0',
  'aidPool.oracle',
  'signals.coverage',
  'outcomes.requiredCover',
  'outcomes.worstDrawdown',
  'aid.pendingRedemptions',
  'lending.liquidations',
  'deals.impairment',
]

function fingerprint(stage: RunOptions, room?: string, name?: string, value?: number | string): string {
  const parameters: ParameterSettings =
    room === undefined
      ? (stage.parameters ?? {})
      : { ...stage.parameters, [room]: { ...stage.parameters?.[room], [name!]: value! } }
  const result = runEconomy({ ...stage, parameters, columns: watched })
  return JSON.stringify(watched.map((column) => Array.from(result[column])))
}

/** Other values to try: the far ends, or for counts something small beside the standard. */
function others(p: ParameterDeclaration, standard: number | string): (number | string)[] {
  if ('choices' in p) return p.choices.filter((choice) => choice !== standard)
  const near = [p.value * 0.7, p.value * 1.3 + 0.01].map((v) => (p.integer ? Math.round(v) : v))
  const ends = p.integer ? [p.from, Math.min(p.to, 40)] : [p.from, p.to]
  return [...ends, ...near].filter((v) => v >= p.from && v <= p.to && v !== standard)
}

describe('every parameter matters', () => {
  const references = Object.fromEntries(Object.entries(stages).map(([name, stage]) => [name, fingerprint(stage)]))

  function matters(room: string, name: string, p: ParameterDeclaration): boolean {
    for (const [stageName, stage] of Object.entries(stages)) {
      const standard = stage.parameters?.[room]?.[name] ?? p.value
      for (const value of others(p, standard)) {
        try {
          if (fingerprint(stage, room, name, value) !== references[stageName]) return true
        } catch (error) {
          // A combination that makes no sense is refused with a message; any other error is a defect.
          if (!(error instanceof InputError)) throw error
        }
      }
    }
    return false
  }

  for (const [room, declaration] of Object.entries(economy.rooms)) {
    for (const [name, p] of Object.entries<ParameterDeclaration>(declaration.parameters)) {
      const reason = asleep[`${room}.${name}`]
      it(`${room}.${name} ${reason === undefined ? 'changes something' : `is asleep: ${reason}`}`, () => {
        expect(matters(room, name, p)).toBe(reason === undefined)
      })
    }
  }
})
