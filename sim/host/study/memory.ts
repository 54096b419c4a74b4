/** What a study has worked out itself, beside its finished cells. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeHash } from '../codeHash.ts'
import { hashOf } from '../hash.ts'

/**
 * Plain data out of the folder, or of the work, which is then kept there. Either way they are as read from their text, in which
 * numbers that JSON does not know keep their value; a file stands there only whole.
 * @param identity of the work, by which together with the code it is found again
 */
export async function remembered<T>(folder: string, identity: object, work: () => Promise<T>): Promise<T> {
  const file = join(folder, `${hashOf({ identity, code: codeHash() }).slice(0, 32)}.json`)
  if (existsSync(file)) return parsed<T>(readFileSync(file, 'utf8'))
  const text = JSON.stringify(await work(), (_, value) => (isOdd(value) ? { odd: String(value) } : value))
  const handle = openSync(`${file}.part`, 'w')
  try {
    // The whole of it: one write may end short.
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(`${file}.part`, file)
  return parsed<T>(text)
}

function isOdd(value: unknown): value is number {
  return typeof value === 'number' && !Number.isFinite(value)
}

function parsed<T>(text: string): T {
  return JSON.parse(text, (_, value) => (typeof value?.odd === 'string' ? Number(value.odd) : value)) as T
}
