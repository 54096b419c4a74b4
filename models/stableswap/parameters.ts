/** Numbers of a StableSwap pool; a pool is deployed with its own depth. */
import type { NumberParameter } from '../../sim/kernel/declarations.ts'

const curve =
  'Curve’s recommended StableSwap-NG parameters for fiat-redeemable coins (docs.curve.finance); the live pool’s are unknown'

/** @param depth value of both coins at the start, USD @param depthSource where that comes from */
export function poolParameters(depth: number, depthSource: string) {
  return {
    amplification: {
      value: 200,
      unit: '1',
      from: 2,
      to: 5000,
      meaning: 'Amplification A of the pool, in the contract’s convention',
      source: curve,
      evidence: 'S',
    },
    fee: {
      value: 0.0004,
      unit: '1',
      from: 0,
      to: 0.05,
      meaning: 'Swap fee at balance',
      source: curve,
      evidence: 'S',
    },
    offpegMultiplier: {
      value: 2,
      unit: '1',
      from: 1,
      to: 100,
      meaning: 'How many times the fee grows as the pool empties on one side',
      source: curve,
      evidence: 'S',
    },
    adminShare: {
      value: 0.5,
      unit: '1',
      from: 0,
      to: 1,
      meaning: 'Share of fees that goes to the venue',
      source: 'StableSwap-NG contract constant',
      evidence: 'P',
    },
    depth: {
      value: depth,
      unit: 'USD',
      from: 1000,
      to: 1e10,
      meaning: 'Value of both coins together at the start',
      source: depthSource,
      evidence: 'J',
    },
    firstShare: {
      value: 0.5,
      unit: '1',
      from: 0.02,
      to: 0.98,
      meaning: 'Share of the first coin in the pool at the start',
      source: 'a pool in balance',
      evidence: 'J',
    },
    oracleTime: {
      value: 866,
      unit: 'seconds',
      from: 1,
      to: 864000,
      meaning: 'Time constant of the moving average of the price',
      source: curve,
      evidence: 'S',
    },
  } as const satisfies Record<string, NumberParameter>
}
