/** What holds of every answer of a reverse stress test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { remembered } from '../../sim/host/study/memory.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { smallEffort, toyLaboratory, toyQuestion } from '../support/toyStress.ts'

describe('an answer', () => {
  it('is the same bytes for the same question, and asks the same cells', async () => {
    const [one, other] = [toyLaboratory(), toyLaboratory()]
    const question = toyQuestion({ paths: 1500, effort: smallEffort })
    const first = JSON.stringify(await reverse(question, one))
    expect(JSON.stringify(await reverse(question, other))).toBe(first)
    expect(one.cells).toEqual(other.cells)
    expect(first).not.toContain('NaN')
  })

  it('counts every failing path once', async () => {
    const answer = await reverse(toyQuestion({ paths: 1500, effort: smallEffort, levers: [] }), toyLaboratory())
    const told = answer.modes.reduce((sum, { paths }) => sum + paths, 0)
    const rare = answer.rare.reduce((sum, { paths }) => sum + paths, 0)
    expect(told + rare).toBe(answer.plain.count)
  })

  it('has no design points where more than half of the paths fail anyway', async () => {
    const question = toyQuestion({ paths: 500, effort: smallEffort, levers: [], failures: ['margin < 5'] })
    const { modes, plain } = await reverse(question, toyLaboratory())
    expect(plain.value).toBeGreaterThan(0.5)
    for (const { point, without } of modes) {
      expect(point).toBe(null)
      expect(without).toMatch(/more than half of all paths fail/)
    }
  })

  it('says so where nothing fails', async () => {
    const question = toyQuestion({ paths: 500, effort: smallEffort, levers: [], failures: ['margin < -50'] })
    const answer = await reverse(question, toyLaboratory())
    expect(answer.plain.count).toBe(0)
    expect(answer.plain.upper).toBeGreaterThan(0)
    expect(answer.modes).toEqual([])
  })
})

describe('what a study has worked out itself', () => {
  it('is not worked out again, and the answer is the same', async () => {
    const known = new Map<string, string>()
    const ask = async () => {
      let worked = 0
      const remember = async <T>(identity: object, work: () => Promise<T>): Promise<T> => {
        const key = JSON.stringify(identity)
        if (!known.has(key)) {
          worked++
          known.set(key, JSON.stringify(await work()))
        }
        return JSON.parse(known.get(key) as string) as T
      }
      const question = toyQuestion({ paths: 1500, effort: smallEffort })
      return { text: JSON.stringify(await reverse(question, { ...toyLaboratory(), remember })), worked: () => worked }
    }
    const [first, second] = [await ask(), await ask()]
    expect(first.worked()).toBeGreaterThan(3)
    expect(second.worked()).toBe(0)
    expect(second.text).toBe(first.text)
    expect(first.text).toBe(
      JSON.stringify(await reverse(toyQuestion({ paths: 1500, effort: smallEffort }), toyLaboratory())),
    )
  })

  it('comes back from the folder as it was, with numbers that JSON does not know', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aidlab-memory-'))
    try {
      const data = { days: [1.5, Number.NaN, Number.POSITIVE_INFINITY], names: ['a'], none: null }
      expect(await remembered(folder, { asked: 1 }, async () => data)).toEqual(data)
      const again = await remembered<typeof data>(folder, { asked: 1 }, () => Promise.reject(new Error('asked twice')))
      expect(again).toEqual(data)
      expect(await remembered(folder, { asked: 2 }, async () => 7)).toBe(7)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
