/** aidlab explain: what a name means, its unit, bounds and source. */
import { policyDials } from '../../../models/dials.ts'
import { type CatalogueEntry, catalogue, dialEntries, evidenceOf, type Kind, lookUp } from '../catalogue.ts'
import { jsonText } from '../json.ts'
import { model } from '../model.ts'
import type { Terminal } from '../terminal.ts'

/** Without a name, everything that stands on its own. */
export async function explain(
  name: string | undefined,
  given: { readonly json?: boolean },
  terminal: Terminal,
): Promise<number> {
  const entries = [...catalogue(model), ...dialEntries(policyDials)]
  if (name === undefined) {
    terminal.out(given.json ? jsonText(entries) : overview(entries))
    return 0
  }
  const found = lookUp(entries, name)
  terminal.out(given.json ? jsonText(found) : found.map(words).join('\n\n'))
  return 0
}

const overviewKinds: readonly (readonly [Kind, string])[] = [
  ['room', 'Rooms'],
  ['meeting', 'Meetings'],
  ['metric', 'Metrics'],
  ['law', 'Laws'],
  ['dial', 'Policy dials'],
]

function overview(entries: readonly CatalogueEntry[]): string {
  return overviewKinds
    .map(([kind, title]) => {
      const rows = entries.filter((entry) => entry.kind === kind).map(({ name, meaning }) => `  ${name}: ${meaning}`)
      return [title, ...rows].join('\n')
    })
    .join('\n\n')
}

function words(entry: CatalogueEntry): string {
  const { kind, name, meaning, unit, value, from, to, choices, canBe, source, evidence, each, contains, reads } = entry
  const rows: [string, string | undefined][] = [
    ['meaning', meaning],
    ['unit', unit],
    [kind === 'lever' ? 'neutral' : 'value', value === undefined ? undefined : String(value)],
    ['bounds', from === undefined ? undefined : `from ${from} to ${to}${entry.integer ? ', whole numbers' : ''}`],
    ['choices', choices?.join(', ')],
    ['range', canBe],
    ['each', each === undefined ? undefined : `one for each ${each}`],
    ['source', source],
    ['evidence', evidence === undefined ? undefined : `${evidence} (${evidenceOf(evidence)})`],
    [kind === 'dial' ? 'sized for' : 'reads', reads?.join(', ')],
    [kind === 'table' ? 'rows' : 'holds', contains?.join(', ')],
    ['set with', setWith(entry)],
  ]
  const shown = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '')
  return [`${name} (${kind})`, ...shown.map(([label, text]) => `  ${label.padEnd(9)} ${text}`)].join('\n')
}

function setWith({ kind, name, value }: CatalogueEntry): string | undefined {
  if (kind === 'parameter') return `--set ${name}=${value}`
  if (kind === 'dial') return `aidlab size SCENARIO --dial ${name}`
  return kind === 'lever' ? `shocks: [{ column: ${name}, at: 30, … }]` : undefined
}
