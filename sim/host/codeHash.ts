/** What code is running: numbers of one version are never gone on with by another. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from './manifest.ts'

/** Folders on which simulated numbers depend, where the sources themselves run. */
const sourceFolders = ['sim/kernel', 'sim/statistics', 'sim/studies', 'models', 'scenarios']

let known: string | undefined

/** SHA-256 of the program as it runs: of the built files, or of the sources where a loader runs them. */
export function codeHash(): string {
  known ??= hashOfFiles(filesOfProgram())
  return known
}

function filesOfProgram(): readonly string[] {
  const here = fileURLToPath(import.meta.url)
  if (here.endsWith('.js')) return filesUnder(dirname(here), '.js')
  return sourceFolders.flatMap((folder) => filesUnder(join(packageRoot(), folder), '.ts'))
}

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function hashOfFiles(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
