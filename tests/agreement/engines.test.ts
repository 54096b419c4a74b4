/** The same bytes on another Node. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { bytesOf, scratch } from '../support/runs.ts'

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const other = process.env['AIDLAB_NODE24'] ?? ''
const missing =
  other === ''
    ? 'AIDLAB_NODE24 names no Node 24 (AIDLAB_NODE24=$(.ci/node24) npm test)'
    : !existsSync(program)
      ? 'dist/cli.js is not built (npm run build)'
      : undefined
if (missing) console.warn(`engines are not compared: ${missing}`)

const { folder, clean } = scratch()
afterAll(clean)

/** A run of the built program. @returns its version of Node and the hashes of what it wrote */
function run(node: string, size: readonly string[], threads: string): { node: string; bytes: unknown } {
  const out = join(folder, `${size[0]}-${threads}`)
  const words = ['run', ...size, '--threads', threads, '--no-report', '--out', out]
  execFileSync(node, [program, ...words], { stdio: 'pipe' })
  return { node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), bytes: bytesOf(out) }
}

describe.skipIf(missing !== undefined)('another engine', () => {
  for (const size of [
    ['base', '--paths', '32', '--days', '20'],
    ['combined', '--paths', '8', '--days', '240'],
  ]) {
    it(`writes the same paths.parquet and series.arrow for ${size.join(' ')} on Node 24 as on this Node`, () => {
      const here = run(process.execPath, size, '0')
      const there = run(other, size, '2')
      expect(there.node).toMatch(/^v24\./)
      expect(there.node).not.toBe(here.node)
      expect(there.bytes).toEqual(here.bytes)
    })
  }
})
