/**
 * The elementary functions of the simulation: the same bits on every JavaScript engine, unlike Math.exp and its
 * siblings, whose last digits the language leaves to the engine.
 */
export { exp, expm1 } from './exponential.ts'
export { log, log1p } from './logarithm.ts'
export { pow } from './power.ts'
export { cos, sin } from './trigonometric.ts'
