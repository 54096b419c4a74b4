/** Expressions of time in shocks: mathjs reads them, the kernel’s own functions compute them, the same bits everywhere. */
import { type ConditionalNode, type FunctionNode, type MathNode, type OperatorNode, parse } from 'mathjs/number'
import { InputError } from '../sim/kernel/errors.ts'
import { cos, exp, expm1, log, log1p, pow, sin } from '../sim/kernel/maths/elementary.ts'
import { pi } from '../sim/kernel/maths/trigonometric.ts'
import { unknownName } from './positions.ts'

/** What an expression may name: t days since the shock began, day days since the run began, value of the column so far. */
export interface Now {
  t: number
  day: number
  value: number
}

export type Expression = (now: Readonly<Now>) => number

/** The question was wrong inside an expression; `character` is the offset from its beginning. */
export class ExpressionError extends InputError {
  readonly character: number

  constructor(message: string, character: number) {
    super(message)
    this.character = character
  }
}

const euler = exp(1)
const longest = 1000

const symbols: Readonly<Record<string, Expression>> = {
  t: (now) => now.t,
  day: (now) => now.day,
  value: (now) => now.value,
  pi: () => pi,
  e: () => euler,
}

type Compute = (...values: number[]) => number

const truth = (yes: boolean): number => (yes ? 1 : 0)

const operators: Readonly<Record<string, Compute>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow,
  unaryMinus: (a) => -a,
  unaryPlus: (a) => a,
  smaller: (a, b) => truth(a < b),
  smallerEq: (a, b) => truth(a <= b),
  larger: (a, b) => truth(a > b),
  largerEq: (a, b) => truth(a >= b),
  equal: (a, b) => truth(a === b),
  unequal: (a, b) => truth(a !== b),
}

const several = Number.POSITIVE_INFINITY

/** Name → number of arguments, at least and at most, and what it computes. */
const functions: Readonly<Record<string, readonly [number, number, Compute]>> = {
  exp: [1, 1, exp],
  expm1: [1, 1, expm1],
  log: [1, 1, log],
  log1p: [1, 1, log1p],
  pow: [2, 2, pow],
  sqrt: [1, 1, Math.sqrt],
  sin: [1, 1, sin],
  cos: [1, 1, cos],
  abs: [1, 1, Math.abs],
  min: [1, several, Math.min],
  max: [1, several, Math.max],
  floor: [1, 1, Math.floor],
  ceil: [1, 1, Math.ceil],
  round: [1, 1, Math.round],
  step: [1, 1, (x) => truth(x >= 0)],
  ramp: [3, 3, (x, from, to) => Math.min(1, Math.max(0, (x - from) / (to - from)))],
  pulse: [3, 3, (x, from, to) => truth(x >= from && x < to)],
}

export const knownSymbols: readonly string[] = Object.keys(symbols)
export const knownFunctions: readonly string[] = Object.keys(functions)

/**
 * Compiles an expression such as `1 - 0.12 * exp(-t / 0.5)`. Operators + - * / ^, comparisons (1 where true, 0 where not),
 * `condition ? a : b`, parentheses; `step(x)` is 1 from x = 0 on, `ramp(x, a, b)` rises from 0 at a to 1 at b, `pulse(x, a, b)`
 * is 1 from a to before b.
 * @throws ExpressionError naming what is not understood, and what is
 */
export function compileExpression(text: string): Expression {
  if (text.length > longest) throw new ExpressionError(`an expression has at most ${longest} characters`, longest)
  if (text.trim() === '')
    throw new ExpressionError('is empty; write a formula of t, such as 1 - 0.12 * exp(-t / 0.5)', 0)
  for (const [sign, right] of refused) {
    const at = text.indexOf(sign)
    if (at >= 0) throw new ExpressionError(right, at)
  }
  return compile(parsed(text), text)
}

const refused: readonly (readonly [string, string])[] = [
  ['%', '% is not known; write a share as a fraction, such as 0.6'],
  ['#', '# is not known; write a comment outside the expression'],
  ['\n', 'an expression is written in one line'],
]

function parsed(text: string): MathNode {
  try {
    return parse(text)
  } catch (error) {
    const { message, char } = error as Error & { char?: number }
    const words = message.replace(/ ?\(char \d+\)/, '')
    throw new ExpressionError(words.charAt(0).toLowerCase() + words.slice(1), Math.min((char ?? 1) - 1, text.length))
  }
}

function compile(node: MathNode, text: string): Expression {
  switch (node.type) {
    case 'ParenthesisNode':
      return compile((node as unknown as { content: MathNode }).content, text)
    case 'ConstantNode':
      return constant((node as unknown as { value: unknown }).value, text)
    case 'SymbolNode':
      return symbol((node as unknown as { name: string }).name, text)
    case 'OperatorNode':
      return operator(node as OperatorNode, text)
    case 'FunctionNode':
      return call(node as FunctionNode, text)
    case 'ConditionalNode':
      return choice(node as ConditionalNode, text)
    case 'RelationalNode':
      return chain(node as unknown as { conditionals: string[]; params: MathNode[] }, text)
    default:
      throw new ExpressionError(`${node.toString()} is not known; write numbers, ${knownWords}`, position(text, node))
  }
}

const knownWords = `${Object.keys(symbols).join(', ')}, + - * / ^, comparisons, condition ? a : b, and ${Object.keys(functions).join(', ')}`

function constant(value: unknown, text: string): Expression {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    const at = text.indexOf(String(value))
    throw new ExpressionError(`${JSON.stringify(value)} is not a number that a run can compute with`, Math.max(0, at))
  }
  return () => value
}

function symbol(name: string, text: string): Expression {
  const found = Object.hasOwn(symbols, name) ? symbols[name] : undefined
  if (found) return found
  const right = Object.hasOwn(functions, name)
    ? `${name} is a function; write ${name}(…)`
    : unknownName('name', name, knownSymbols)
  throw new ExpressionError(right, wordAt(text, name))
}

function operator(node: OperatorNode, text: string): Expression {
  const name: string = node.fn
  if (node.implicit) {
    throw new ExpressionError(
      `${node.toString()} has no operator; write * between factors`,
      position(text, node.args[1]),
    )
  }
  if (!Object.hasOwn(operators, name)) {
    throw new ExpressionError(
      `operator ${node.op} is not known; known: + - * / ^ < <= > >= == != and condition ? a : b`,
      Math.max(0, text.indexOf(node.op)),
    )
  }
  return apply(operators[name], node.args, text)
}

function call(node: FunctionNode, text: string): Expression {
  const name = (node.fn as unknown as { name?: string }).name ?? node.fn.toString()
  if (!Object.hasOwn(functions, name)) {
    throw new ExpressionError(unknownName('function', name, knownFunctions), wordAt(text, name))
  }
  const [least, most, compute] = functions[name]
  const given = node.args.length
  if (given < least || given > most) {
    const right = most === several ? `at least ${least}` : String(least)
    throw new ExpressionError(
      `${name} takes ${right} argument${least === 1 ? '' : 's'}, not ${given}`,
      wordAt(text, name),
    )
  }
  return apply(compute, node.args, text)
}

function apply(compute: Compute, nodes: readonly MathNode[], text: string): Expression {
  const [a, b, ...more] = nodes.map((node) => compile(node, text))
  if (b === undefined) return (now) => compute(a(now))
  if (more.length === 0) return (now) => compute(a(now), b(now))
  return (now) => compute(a(now), b(now), ...more.map((argument) => argument(now)))
}

function choice(node: ConditionalNode, text: string): Expression {
  const [condition, yes, no] = [node.condition, node.trueExpr, node.falseExpr].map((part) => compile(part, text))
  return (now) => {
    const met = condition(now)
    if (Number.isNaN(met)) return met
    return met !== 0 ? yes(now) : no(now)
  }
}

/** Chained comparisons such as 1 <= t < 2. */
function chain(node: { conditionals: string[]; params: MathNode[] }, text: string): Expression {
  const parts = node.params.map((part) => compile(part, text))
  const links = node.conditionals.map((name) => operators[name])
  return (now) => truth(links.every((link, i) => link(parts[i](now), parts[i + 1](now)) === 1))
}

/** Nodes of mathjs do not say where they stand: the first place where their words do. */
function position(text: string, node: MathNode): number {
  const word = /[A-Za-z_]\w*|\d[\d.]*/.exec(node.toString())?.[0]
  return word === undefined ? 0 : wordAt(text, word)
}

function wordAt(text: string, word: string): number {
  return Math.max(0, new RegExp(`(?<![\\w.])${word.replace(/[^\w]/g, '\\$&')}(?!\\w)`).exec(text)?.index ?? 0)
}
