/** The elementary functions and the normal numbers of the simulation beside those of the engine. */
import { exp, log, pow } from '../sim/kernel/maths/elementary.ts'
import { fillShocks, type ShockColumn, seedStream } from '../sim/kernel/random/streams.ts'
import { median } from './report.ts'

const count = 4096
const turns = 41
const callsATurn = 50

const arguments_ = Float64Array.from({ length: count }, (_, i) => -8 + (16 * i) / count)
const positive = Float64Array.from({ length: count }, (_, i) => 0.01 + (20 * i) / count)
const results = new Float64Array(count)

/** Each in a loop of its own, so that the compiler may inline what it calls. */
const loops: readonly { name: string; own: () => void; engine: () => void }[] = [
  {
    name: 'exp',
    own: () => {
      for (let i = 0; i < count; i++) results[i] = exp(arguments_[i])
    },
    engine: () => {
      for (let i = 0; i < count; i++) results[i] = Math.exp(arguments_[i])
    },
  },
  {
    name: 'log',
    own: () => {
      for (let i = 0; i < count; i++) results[i] = log(positive[i])
    },
    engine: () => {
      for (let i = 0; i < count; i++) results[i] = Math.log(positive[i])
    },
  },
  {
    name: 'pow',
    own: () => {
      for (let i = 0; i < count; i++) results[i] = pow(positive[i], 0.37)
    },
    engine: () => {
      for (let i = 0; i < count; i++) results[i] = positive[i] ** 0.37
    },
  },
  { name: 'normal', own: ownNormals(), engine: boxMuller },
]

/** As a room draws them: four numbers a day for each of many paths. */
function ownNormals(): () => void {
  const each = 4
  const paths = count / each
  const words = new Int32Array(4 * paths)
  for (let s = 0; s < paths; s++) seedStream(words, s, 1, 2, 3, s, 0, 0)
  const active = Int32Array.from({ length: paths }, (_, i) => i)
  const shocks: ShockColumn[] = [{ law: 'normal', each, column: results }]
  return () => fillShocks(words, active, paths, 1, shocks)
}

function boxMuller(): void {
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()))
    const angle = 2 * Math.PI * Math.random()
    results[i] = radius * Math.cos(angle)
    results[i + 1] = radius * Math.sin(angle)
  }
}

/** Nanoseconds a call: best and median of interleaved turns. */
export function measureElementary(): { name: string; own: [number, number]; engine: [number, number] }[] {
  return loops.map(({ name, own, engine }) => {
    const took: Record<'own' | 'engine', number[]> = { own: [], engine: [] }
    for (let turn = -3; turn < turns; turn++) {
      for (const [key, loop] of [['own', own] as const, ['engine', engine] as const]) {
        const from = performance.now()
        for (let i = 0; i < callsATurn; i++) loop()
        if (turn >= 0) took[key].push(((performance.now() - from) * 1e6) / (callsATurn * count))
      }
    }
    const both = (times: number[]): [number, number] => [Math.min(...times), median(times)]
    return { name, own: both(took.own), engine: both(took.engine) }
  })
}

export function printElementary(): void {
  console.log('\nElementary functions, ns a call (best, median of interleaved turns)')
  for (const { name, own, engine } of measureElementary()) {
    const shown = ([best, middle]: [number, number]): string => `${best.toFixed(1)} (${middle.toFixed(1)})`
    const other = name === 'normal' ? 'Box-Muller on Math.random' : name === 'pow' ? 'operator **' : `Math.${name}`
    console.log(`  ${name.padEnd(7)} own ${shown(own).padEnd(14)} ${other} ${shown(engine)}`)
  }
}
