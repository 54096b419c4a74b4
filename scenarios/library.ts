/** The scenarios that come with the project, by name, and the reader that `extends` needs. */
import { InputError } from '../sim/kernel/errors.ts'
import { library } from './library.generated.ts'
import { unknownName } from './positions.ts'
import type { Load } from './scenario.ts'

/** Names of the library, base first. */
export const libraryNames: readonly string[] = Object.keys(library)

/** A path begins with . or /; everything else is a name of the library. */
export function isPath(reference: string): boolean {
  return reference.startsWith('./') || reference.startsWith('../') || reference.startsWith('/')
}

/** The text of a scenario of the library. @throws InputError with the nearest name */
export function fromLibrary(name: string): { readonly text: string; readonly file: string } {
  if (!Object.hasOwn(library, name)) {
    const path = /\.ya?ml$/.test(name) ? `; a file is written ./${name}` : ''
    throw new InputError(`${unknownName('scenario', name, libraryNames)}${path}`)
  }
  return { text: library[name], file: `scenarios/${name}.yaml` }
}

/**
 * The reader of ancestors: names from the library, paths by the host.
 * @param readPath reads a path that the file `from` names; it throws an InputError where nothing is there
 */
export function loader(readPath: Load): Load {
  return (reference, from) => (isPath(reference) ? readPath(reference, from) : fromLibrary(reference))
}
