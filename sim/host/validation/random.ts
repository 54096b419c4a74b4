/** Hooks of the random numbers: generator, uniforms, normals, and the low-discrepancy sequence. */
import { z } from 'zod'
import { normalQuantile } from '../../kernel/maths/normal.ts'
import { normalDraw } from '../../kernel/random/normalDraw.ts'
import { philox4x32 } from '../../kernel/random/philox.ts'
import { SobolSequence, sobolDimensions } from '../../kernel/random/sobol.ts'
import { uniform53 } from '../../kernel/random/uniform.ts'
import { defineHook, type Hook } from './hook.ts'

const word = z.int().min(0).max(4294967295)

export const hooks: Hook[] = [
  defineHook({
    name: 'philox4x32',
    meaning: 'The four random words that belong to a counter and a key; they seed every stream of the simulation.',
    source: 'Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; Random123 kat_vectors',
    arguments: z.strictObject({
      counter: z.array(word).length(4).describe('four unsigned 32-bit words'),
      key: z.array(word).length(2).describe('two unsigned 32-bit words'),
      rounds: z.int().min(1).max(16).default(10).describe('rounds of mixing, 10 as published'),
    }),
    evaluate({ counter: [c0, c1, c2, c3], key: [k0, k1], rounds }) {
      const words = new Uint32Array(4)
      philox4x32(c0, c1, c2, c3, k0, k1, words, rounds)
      return { words: [...words] }
    },
  }),
  defineHook({
    name: 'uniform53',
    meaning: 'Two random words as a number strictly between 0 and 1.',
    source:
      'middle of one of 2^53 equal parts: (27 bits of word 0, 26 bits of word 1, then 1/2) / 2^53, at most 1 - 2^-53',
    arguments: z.strictObject({ words: z.array(word).length(2).describe('two unsigned 32-bit words') }),
    evaluate({ words: [word0, word1] }) {
      return { u: uniform53(word0, word1) }
    },
  }),
  defineHook({
    name: 'normalQuantile',
    meaning: 'The number below which a standard normal falls with probability p.',
    source: 'Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 1988',
    arguments: z.strictObject({ p: z.number().gt(0).lt(1).describe('probability') }),
    evaluate({ p }) {
      return { z: normalQuantile(p) }
    },
  }),
  defineHook({
    name: 'normalDraw',
    meaning:
      'Random words as a standard normal number, as the simulation draws it: within 5e-11 of normalQuantile((word 0 + 1/2) / 2^32); ' +
      'in the outermost 1/256 of probability, normalQuantile of (word 0 and the upper 21 bits of word 1, then 1/2) / 2^53.',
    source:
      'inverse distribution function by cubics through values of AS 241 (Wichura 1988); AS 241 itself in the tails',
    arguments: z.strictObject({
      words: z
        .array(word)
        .min(1)
        .max(2)
        .describe('one or two unsigned 32-bit words; the second, 0 if absent, matters only in the tails'),
    }),
    evaluate({ words: [word0, word1 = 0] }) {
      return { z: normalDraw(word0, word1) }
    },
  }),
  defineHook({
    name: 'sobol',
    meaning: "A point of Sobol's sequence, unscrambled, in Gray-code order, point 0 at the origin.",
    source: 'Joe and Kuo, direction numbers new-joe-kuo-6, SIAM J. Sci. Comput. 30, 2008',
    arguments: z.strictObject({
      index: z.int().min(0).max(4294967295).describe('number of the point'),
      dimensions: z.int().min(1).max(sobolDimensions).describe('number of coordinates'),
    }),
    evaluate({ index, dimensions }) {
      return { point: new SobolSequence(dimensions).point(index) }
    },
  }),
]
