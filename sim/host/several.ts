/** Options that may be given several times. */
import { Option } from 'commander'

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** An option whose value is the list of all that was given, empty without any. */
export function several(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none')
}
