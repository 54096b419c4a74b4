/** The README's study runs as it stands and prints what the README shows. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const built = join(root, 'dist/node.js')

it.skipIf(!existsSync(built))(
  'the study of the README, in under thirty lines, prints what it says',
  { timeout: 300_000 },
  () => {
    const [, study, shown] = /```js\n([\s\S]*?)```\n\nprints\n\n```\n([\s\S]*?)```/.exec(readme)!
    expect(study.trim().split('\n').length).toBeLessThan(30)
    const folder = mkdtempSync(join(tmpdir(), 'aidlab-readme-'))
    try {
      const file = join(folder, 'study.mjs')
      writeFileSync(file, study.replace("'aidlab/node'", `'${pathToFileURL(built).href}'`))
      expect(execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim()).toBe(shown.trim())
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
