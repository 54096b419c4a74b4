/** Every row of tests/references/*.json: published values and independent computations, fed through the validation hooks. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Hook } from '../../sim/host/validation/hook.ts'
import { hooks } from '../../sim/host/validation/index.ts'

interface Row {
  hook: string
  arguments: unknown
  expected: Record<string, unknown>
  tolerance: number | 'exact'
  source: string
}

const byName = new Map<string, Hook>(hooks.map((hook) => [hook.name, hook]))

function compare(got: unknown, expected: unknown, tolerance: number | 'exact', where: string): void {
  if (Array.isArray(expected)) {
    expect(Array.isArray(got), `${where} is a list`).toBe(true)
    expect((got as unknown[]).length, `${where} has as many items`).toBe(expected.length)
    expected.forEach((item, i) => {
      compare((got as unknown[])[i], item, tolerance, `${where}[${i}]`)
    })
  } else if (expected !== null && typeof expected === 'object') {
    for (const [key, value] of Object.entries(expected)) {
      compare((got as Record<string, unknown>)[key], value, tolerance, `${where}.${key}`)
    }
  } else if (typeof expected === 'number' && tolerance !== 'exact') {
    const scale = Math.max(Math.abs(expected), 1e-300)
    const difference = Math.abs((got as number) - expected)
    const relative = expected === 0 ? difference : difference / scale
    expect(relative <= tolerance, `${where}: got ${got}, expected ${expected} within ${tolerance} relative`).toBe(true)
  } else {
    expect(got, where).toEqual(expected)
  }
}

const folder = new URL('.', import.meta.url)
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const rows: Row[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  describe(`references in ${file}`, () => {
    rows.forEach((row, index) => {
      it(`${row.hook} agrees with row ${index + 1} (${row.source})`, () => {
        const hook = byName.get(row.hook)
        expect(hook, `hook ${row.hook} exists`).toBeDefined()
        compare(hook!.evaluate(row.arguments), row.expected, row.tolerance, row.hook)
      })
    })
  })
}
