/** Scenarios written in tests, resolved against the whole economy. */
import { economy as wholeEconomy } from '../../models/economy.ts'
import { fromLibrary, loader } from '../../scenarios/library.ts'
import { type Overrides, resolveScenario, type Scenario } from '../../scenarios/scenario.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import { InputError } from '../../sim/kernel/errors.ts'

export const economy = wholeEconomy as unknown as Economy

/** Resolves a text; `files` are what paths lead to. */
export function resolve(
  text: string,
  overrides: Overrides = {},
  files: Readonly<Record<string, string>> = {},
  where = economy,
): Scenario {
  const load = loader((reference) => {
    const name = reference.replace('./', '')
    if (!(name in files)) throw new InputError(`no file ${reference}`)
    return { text: files[name], file: name }
  })
  return resolveScenario(text, 'test.yaml', load, overrides, where)
}

/** A scenario of the library. */
export function librarian(name: string, overrides: Overrides = {}): Scenario {
  const { text, file } = fromLibrary(name)
  const load = loader((reference) => {
    throw new InputError(`no file ${reference}`)
  })
  return resolveScenario(text, file, load, overrides, economy)
}

/** The whole message of the error that the text makes; fails when it makes none. */
export function messageOf(
  text: string,
  overrides: Overrides = {},
  files: Readonly<Record<string, string>> = {},
): string {
  try {
    resolve(text, overrides, files)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('the scenario was accepted')
}

/** A scenario that extends base, with more lines from line 4 on. */
export function onBase(...lines: readonly string[]): string {
  return ['name: test', 'question: Does it hold?', 'extends: base', ...lines].join('\n')
}
