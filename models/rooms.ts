/** Every room of the economy, in the order in which they open their books on the eve of day one. */
import type { MeetingContext } from '../sim/kernel/economy.ts'
import { aid } from './aid/room.ts'
import { deals } from './deals/room.ts'
import { gpuMarket } from './gpuMarket/room.ts'
import { hardware } from './hardware/room.ts'
import { holders } from './holders/room.ts'
import { lending } from './lending/room.ts'
import { outcomes } from './outcomes/room.ts'
import { reserve } from './reserve/room.ts'
import { signals } from './signals/room.ts'
import { stableswapRoom } from './stableswap/room.ts'
import { treasury } from './treasury/room.ts'
import { vault } from './vault/room.ts'

const aidPool = stableswapRoom({
  name: 'aidPool',
  meaning: 'The pool where AID meets USDC: the only door for holders who may not redeem.',
  coins: ['AID', 'USDC'],
  depth: 2_000_000,
  depthSource: 'about 10 % of AID supply on both sides; comparable dollars have 1 to 25 %; the live depth is unknown',
})

const saidPool = stableswapRoom({
  name: 'saidPool',
  meaning: 'The pool where sAID meets AID at its deposit NAV: the way out for those who do not queue.',
  coins: ['sAID', 'AID'],
  depth: 800_000,
  depthSource: 'about 5 % of sAID; the live depth is unknown',
})

export const rooms = {
  gpuMarket,
  hardware,
  deals,
  aid,
  vault,
  reserve,
  treasury,
  aidPool,
  saidPool,
  lending,
  signals,
  holders,
  outcomes,
} as const

/** What a meeting of this economy is given. */
export type EconomyContext = MeetingContext<typeof rooms>
