/** The same bits in Chromium as on Node, in the page's own thread and in Web Workers. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulate } from '../../sim/host/simulate.ts'
import { hasChromium, type OpenedPage, openSite, type Site } from '../support/browser.ts'
import type { Offered } from '../support/page.ts'
import { scratch } from '../support/runs.ts'
import { functionBits, runBits } from '../support/sameEverywhere.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { folder, clean } = scratch()
let site: Site
let opened: OpenedPage

/** The page's side of the conversation: what tests/support/page.ts offers. */
type Global = { readonly offered: Offered }

async function bundle(entry: string, name: string): Promise<void> {
  await build({
    entryPoints: [join(root, entry)],
    outfile: join(folder, name),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  })
}

describe.skipIf(!hasChromium)('in headless Chromium', () => {
  beforeAll(async () => {
    await bundle('tests/support/page.ts', 'page.js')
    await bundle('sim/host/browserWorker.ts', 'browserWorker.js')
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
    site = await openSite(folder)
    opened = await site.open('index.html')
    await opened.page.waitForFunction(() => 'offered' in globalThis)
  })
  afterAll(async () => {
    await site?.close()
    clean()
  })

  it('exp, log, pow, their siblings and the normal draws have the bits that they have on Node', async () => {
    const there = await opened.page.evaluate(() => (globalThis as unknown as Global).offered.functionBits())
    const here = functionBits()
    expect(Object.keys(here)).toHaveLength(10)
    for (const [name, bits] of Object.entries(here)) expect(there[name], name).toEqual(bits)
  })

  for (const { scenario, days, threads, batch } of [
    { scenario: 'base', days: 40, threads: 0, batch: 8 },
    { scenario: 'base', days: 40, threads: 2, batch: 3 },
    { scenario: 'combined', days: 240, threads: 2, batch: 4 },
  ]) {
    const where = threads === 0 ? 'the page’s own thread' : `${threads} Web Workers`
    it(`8 paths over ${days} days of ${scenario} have the bits of Node in ${where}`, async () => {
      const run = { paths: 8, days, threads, batch }
      const there = await opened.page.evaluate(
        ({ scenario, run }) => (globalThis as unknown as Global).offered.runBits(scenario, run),
        { scenario, run },
      )
      const here = await runBits(simulate, scenario, { ...run, threads: 0, batch: 8 })
      expect(new Set(here['outcomes.meanPrice']).size, 'paths differ').toBe(8)
      expect(Object.keys(there)).toEqual(Object.keys(here))
      for (const [name, bits] of Object.entries(here)) expect(there[name], name).toEqual(bits)
    })
  }

  it('asks nobody outside and reports no error', () => {
    expect(opened.refused).toEqual([])
    expect(opened.errors).toEqual([])
  })

  it('what breaks in a Web Worker is an error of the run, not a silence', async () => {
    const complaints = await opened.page.evaluate(() => (globalThis as unknown as Global).offered.complaints())
    expect(complaints.noFile).toBe('Error: a Web Worker failed: its file cannot be loaded')
    expect(complaints.strangeEconomy).toContain(
      'InputError: threads is 1 for the economy another, which the standard Web Worker does not know',
    )
    expect(complaints.badPlan).toMatch(/^InputError: .*nobody/)
  })
})
