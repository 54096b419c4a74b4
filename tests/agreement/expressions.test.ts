/** Expressions of shocks: the same bits as the kernel’s functions, and the same values as mathjs computes by itself. */
import fc from 'fast-check'
import { evaluate } from 'mathjs/number'
import { describe, expect, it } from 'vitest'
import { compileExpression, ExpressionError } from '../../scenarios/expression.ts'
import { cos, exp, expm1, log, log1p, pow, sin } from '../../sim/kernel/maths/elementary.ts'
import { pi } from '../../sim/kernel/maths/trigonometric.ts'

const at = (text: string, t = 0, day = 0, value = 1): number => compileExpression(text)({ t, day, value })
const moment = fc.double({ min: 0, max: 1095, noNaN: true })

/** Written out in the kernel's own functions. */
const written: readonly (readonly [string, (t: number, day: number, value: number) => number])[] = [
  ['1 - 0.12 * exp(-t / 0.5)', (t) => 1 - 0.12 * exp(-t / 0.5)],
  ['log(1 + t) ^ 1.5', (t) => pow(log(1 + t), 1.5)],
  ['pow(1 + t, -1.7) + expm1(-t) - log1p(t)', (t) => pow(1 + t, -1.7) + expm1(-t) - log1p(t)],
  ['value * (1 + 0.1 * sin(2 * pi * day / 7))', (_, day, value) => value * (1 + 0.1 * sin((2 * pi * day) / 7))],
  ['sqrt(abs(cos(t) - e))', (t) => Math.sqrt(Math.abs(cos(t) - exp(1)))],
  ['-t ^ 2', (t) => -pow(t, 2)],
]

describe('An expression', () => {
  it.each(written)('%s is computed with the functions of the kernel, to the last bit', (text, right) => {
    fc.assert(
      fc.property(moment, moment, fc.double({ min: 0.02, max: 5, noNaN: true }), (t, day, value) => {
        expect(at(text, t, day, value)).toBe(right(t, day, value))
      }),
      { seed: 20261122 },
    )
  })

  it('agrees with what mathjs computes by itself, operator by operator', () => {
    const leaf = fc.oneof(
      fc.constantFrom('t', 'day', 'value', 'pi', 'e'),
      fc.double({ min: 0.001, max: 100, noNaN: true }).map((x) => x.toPrecision(6)),
    )
    const { tree } = fc.letrec<{ tree: string }>((tie) => {
      const two = fc.tuple(tie('tree'), tie('tree'))
      return {
        tree: fc.oneof(
          { maxDepth: 4 },
          leaf,
          fc.tuple(fc.constantFrom('+', '-', '*', '/', '<', '>='), two).map(([sign, [a, b]]) => `(${a} ${sign} ${b})`),
          tie('tree').map((a) => `abs(${a})`),
          tie('tree').map((a) => `(-${a})`),
          fc.tuple(fc.constantFrom('sin', 'cos'), tie('tree')).map(([f, a]) => `${f}(${a} / (1 + abs(${a})))`),
          fc.tuple(fc.constantFrom('min', 'max'), two).map(([f, [a, b]]) => `${f}(${a}, ${b})`),
          two.map(([a, b]) => `exp(-abs(${a}) / (1 + abs(${b})))`),
          fc.tuple(tie('tree'), two).map(([a, [b, c]]) => `(${a} > 1 ? ${b} : ${c})`),
        ),
      }
    })
    fc.assert(
      fc.property(tree, fc.double({ min: 0, max: 30, noNaN: true }), (text, t) => {
        fc.pre(text.length <= 1000)
        const scope = { t, day: t + 2, value: 0.7 }
        const theirs = Number(evaluate(text, { ...scope }))
        const ours = compileExpression(text)(scope)
        // A few dozen roundings, each 1e-16 of numbers below 1e6 on the way.
        fc.pre(Number.isFinite(theirs) && Math.abs(theirs) < 1e6)
        expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(theirs)))
      }),
      { seed: 20261122, numRuns: 500 },
    )
  })

  it.each([
    ['step(t - 2)', [0, 0, 1, 1]],
    ['ramp(t, 1, 3)', [0, 0, 0.5, 1]],
    ['pulse(t, 1, 3)', [0, 1, 1, 0]],
    ['1 <= t < 3', [0, 1, 1, 0]],
    ['t == 2 ? 5 : t != 1', [1, 0, 5, 1]],
    ['max(t, 1, 2)', [2, 2, 2, 3]],
    ['round(t / 2) + ceil(t / 2)', [0, 2, 2, 4]],
    ['2 - 3 - t', [-1, -2, -3, -4]],
    ['2 ^ 3 ^ (t - t)', [2, 2, 2, 2]],
  ])('%s at 0, 1, 2 and 3 days', (text, values) => {
    expect([0, 1, 2, 3].map((t) => at(text, t))).toEqual(values)
  })

  it.each([
    ['t.length', 't.length is not known', 0],
    ['f(x) = 2', 'f(x) = 2 is not known', 0],
    ['[1, 2]', '[1, 2] is not known', 1],
    ['t = 3', 't = 3 is not known', 0],
    ['import("fs")', 'unknown function: import', 0],
    ['cos.constructor("x")', 'unknown function', 0],
    ['constructor(1)', 'unknown function: constructor', 0],
    ['1 + "a"', '"a" is not a number', 5],
    ['1e400', 'null is not a number', 0],
    ['2 t', '2 t has no operator; write * between factors', 2],
    ['60 %', '% is not known; write a share as a fraction, such as 0.6', 3],
    ['t mod 7', 'operator mod is not known; known: + - * / ^', 2],
    ['1 + exp', 'exp is a function; write exp(…)', 4],
    ['exp(1, 2)', 'exp takes 1 argument, not 2', 0],
    ['min()', 'min takes at least 1 argument, not 0', 0],
    ['1 + (2', 'parenthesis ) expected', 6],
    ['', 'is empty', 0],
    ['t\n+ 1', 'an expression is written in one line', 1],
  ])('%j is refused: %s', (text, message, character) => {
    let caught: unknown
    try {
      compileExpression(text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(ExpressionError)
    expect((caught as ExpressionError).message).toContain(message)
    expect((caught as ExpressionError).character).toBe(character)
  })
})
