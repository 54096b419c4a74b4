/** `npm run bench`: every figure of speed that the project states, in one run on this machine. Fails when a result is wrong. */
import { cpus } from 'node:os'
import { compareAll } from './compare.ts'
import { printEconomy } from './economy.ts'
import { printElementary } from './elementary.ts'
import { printSwaps } from './swaps.ts'

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`)
compareAll()
printSwaps()
printElementary()
await printEconomy()
