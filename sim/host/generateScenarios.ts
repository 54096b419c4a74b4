/** Writes what is generated from the rooms and the library: the JSON Schemas of scenarios and policies, and the library as a module for browsers. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { economy } from '../../models/economy.ts'
import { policySchema } from '../../scenarios/policySchema.ts'
import { scenarioSchema } from '../../scenarios/schema.ts'

const folder = new URL('../../scenarios/', import.meta.url)

/** File name in the folder of scenarios → its text as it should be. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const rank = (name: string): string => (name === 'base.yaml' ? '' : name)
  names.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  const texts = names.map(
    (name) => [name.slice(0, -'.yaml'.length), readFileSync(new URL(name, folder), 'utf8')] as const,
  )
  return {
    'scenario.schema.json': `${JSON.stringify(scenarioSchema(economy), null, 1)}\n`,
    'policy.schema.json': `${JSON.stringify(policySchema(economy), null, 1)}\n`,
    'library.generated.ts': libraryModule(texts),
  }
}

function libraryModule(texts: readonly (readonly [string, string])[]): string {
  const entries = texts.map(([name, text]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: \`${escaped(text)}\`,\n`)
  return (
    '/** The library of scenarios as text, generated from scenarios/*.yaml by `npm run schema`; do not edit. */\n' +
    `export const library: Readonly<Record<string, string>> = {\n${entries.join('')}}\n`
  )
}

function escaped(text: string): string {
  return text.replace(/[\\`]|\$\{/g, '\\$&')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [name, text] of Object.entries(generatedFiles())) writeFileSync(new URL(name, folder), text)
}
