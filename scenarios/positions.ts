/** YAML with the place of every value, so that an error can name file, line and column. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, type YAMLError } from 'yaml'
import { InputError } from '../sim/kernel/errors.ts'
import { nearest } from '../sim/kernel/plan.ts'

/** Where a value was written: `file:line:column`, or the option of a command line with its colon. */
export type Place = string

export interface Leaf {
  readonly kind: 'leaf'
  readonly place: Place
  readonly value: string | number | boolean | null
  /** The place of a character of a text, for errors inside an expression; the place of the whole where it was escaped or folded. */
  readonly inside: (character: number) => Place
}

export interface List {
  readonly kind: 'list'
  readonly place: Place
  readonly items: readonly Tree[]
}

export interface Entry {
  readonly key: string
  /** The place of the key. */
  readonly place: Place
  readonly value: Tree
}

export interface Block {
  readonly kind: 'block'
  readonly place: Place
  readonly entries: readonly Entry[]
}

export type Tree = Leaf | List | Block

/** Stops with a message that begins with the place. */
export function fail(place: Place, message: string): never {
  throw new InputError(`${place} ${message}`)
}

/** Runs a check whose errors do not know their place. */
export function placed<T>(place: Place, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof InputError) fail(place, error.message)
    throw error
  }
}

/** The message for a name that nobody knows: the nearest known one, or all of them. */
export function unknownName(noun: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return `unknown ${noun}: ${name}; ${near === undefined ? `known: ${known.join(', ')}` : `did you mean ${near}?`}`
}

/**
 * Reads one YAML document.
 * @param place turns a line and a column, both from 1, into the place that errors name
 * @param wanted what an empty text should hold
 * @throws InputError for what is not YAML, for aliases, tags, keys that are not text, and for an empty document
 */
export function readTree(text: string, place: (line: number, column: number) => Place, wanted = 'write a value'): Tree {
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return place(line, col)
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const wrong = document.errors[0] ?? document.warnings[0]
  if (wrong) fail(at(wrong.pos[0]), yamlMessage(wrong, text))
  if (document.contents === null) fail(place(1, 1), `the file is empty; ${wanted}`)
  return treeOf(document.contents, text, at)
}

function treeOf(node: ParsedNode, text: string, at: (offset: number) => Place): Tree {
  const [start, end] = node.range
  const place = at(start)
  if (isAlias(node) || node.anchor !== undefined) {
    fail(place, 'anchors (&) and aliases (*) have no meaning here; write the value out')
  }
  if (node.tag !== undefined) fail(place, `tag ${node.tag} has no meaning here; leave it out`)
  if (isSeq(node)) return { kind: 'list', place, items: node.items.map((item) => treeOf(item, text, at)) }
  if (isMap(node)) {
    return { kind: 'block', place, entries: node.items.map(({ key, value }) => entryOf(key, value, text, at)) }
  }
  const { value } = node
  if (typeof value === 'bigint') fail(place, `${value} has more digits than a number holds`)
  const plain = value === 0 ? 0 : (value as Leaf['value'])
  const shift = typeof plain === 'string' ? text.slice(start, end).indexOf(plain) : -1
  return { kind: 'leaf', place, value: plain, inside: (i) => (shift < 0 ? place : at(start + shift + i)) }
}

function entryOf(key: ParsedNode, value: ParsedNode | null, text: string, at: (offset: number) => Place): Entry {
  const place = at(key.range[0])
  if (!isScalar(key) || key.value === null || typeof key.value === 'object') {
    fail(place, 'a name must stand before the colon')
  }
  const name = String(key.value)
  const nothing: Leaf = { kind: 'leaf', place, value: null, inside: () => place }
  return { key: name, place, value: value === null ? nothing : treeOf(value, text, at) }
}

const plainWords: Readonly<Record<string, string>> = {
  BAD_INDENT: 'wrong indentation, or a bracket that is not closed; the keys of one block begin in the same column',
  TAB_AS_INDENT: 'a tab indents this line; indent with spaces',
  MULTIPLE_DOCS: 'a second document begins here; a file holds one scenario',
  BLOCK_AS_IMPLICIT_KEY: 'two values in one line; write one "name: value" a line, and quote a text that has a colon',
  MULTILINE_IMPLICIT_KEY: 'a name without a colon; write "name: value"',
  UNEXPECTED_TOKEN: 'this does not belong here; write "name: value", or "- " before each item of a list',
}

function yamlMessage(error: YAMLError, text: string): string {
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\n]*/.exec(text.slice(error.pos[0]))?.[0].trim()
    return `${key} is given twice; keep one`
  }
  return plainWords[error.code] ?? `not valid YAML: ${error.message}`
}

/** The entries of a block by name. @throws InputError when it is no block or has a name that is not known */
export function fields(tree: Tree, noun: string, known: readonly string[]): ReadonlyMap<string, Entry> {
  if (tree.kind !== 'block') fail(tree.place, `${noun} must be a block of ${known.join(', ')}`)
  const found = new Map<string, Entry>()
  for (const entry of tree.entries) {
    if (!known.includes(entry.key)) fail(entry.place, unknownName(`key of ${noun}`, entry.key, known))
    found.set(entry.key, entry)
  }
  return found
}

/** The items of a list. @throws InputError when it is none */
export function items(tree: Tree, noun: string, item: string): readonly Tree[] {
  if (tree.kind !== 'list') fail(tree.place, `${noun} must be a list; write "- " before each ${item}`)
  return tree.items
}

/** What was written, as JSON. */
export function jsonOf(tree: Tree): unknown {
  if (tree.kind === 'leaf') return tree.value
  if (tree.kind === 'list') return tree.items.map(jsonOf)
  return Object.fromEntries(tree.entries.map((entry) => [entry.key, jsonOf(entry.value)]))
}

/** What was written, for a message; long values are cut. */
export function shown(tree: Tree): string {
  const text = JSON.stringify(jsonOf(tree))
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** A text that is not empty. */
export function textOf(tree: Tree, noun: string, right: string): string {
  if (tree.kind === 'leaf' && typeof tree.value === 'string' && tree.value.trim() !== '') return tree.value.trim()
  fail(tree.place, `${noun} is ${shown(tree)}; it must be ${right}`)
}

/** A finite number. */
export function numberOf(tree: Tree, noun: string): number {
  if (tree.kind === 'leaf' && typeof tree.value === 'number' && Number.isFinite(tree.value)) return tree.value
  fail(tree.place, `${noun} is ${shown(tree)}; it must be a number${numberHint(tree)}`)
}

/** A whole number within bounds. */
export function wholeOf(tree: Tree, noun: string, from: number, to: number): number {
  const value = tree.kind === 'leaf' ? tree.value : undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value
  fail(tree.place, `${noun} is ${shown(tree)}; it must be a whole number from ${from} to ${to}${numberHint(tree)}`)
}

/** How to write the number that a text seems to mean: a share for per cent, no separators, the unit beside and not inside. */
export function numberHint(tree: Tree, unit?: string): string {
  if (tree.kind !== 'leaf' || typeof tree.value !== 'string') return ''
  const [, digits, rest] = /^([-+]?[\d_,' ]*\.?\d+(?:e[-+]?\d+)?)\s*(.*)$/i.exec(tree.value.trim()) ?? []
  if (digits === undefined) return ''
  const number = Number(digits.replace(/[_,' ]/g, ''))
  if (!Number.isFinite(number)) return ''
  if (rest === '%') return `; a share is written as a fraction: ${Number((number / 100).toPrecision(12))}`
  if (rest === '') return `; write ${number}`
  return unit === undefined ? `; write ${number}` : `; write ${number}, or { value: ${number}, unit: ${unit} }`
}
