/** The report in a real browser, cut off from everything: its policy is kept, its explorer answers, its data can be saved. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleExplorer } from '../../reports/explorer/build.ts'
import { hasChromium } from '../support/browser.ts'
import { fakeReport } from '../support/reports.ts'

const folder = mkdtempSync(join(tmpdir(), 'report-'))
const file = join(folder, 'report.html')
let browser: Browser

interface Opened {
  readonly page: Page
  readonly requests: string[]
  readonly complaints: string[]
}

async function open(width: number, scheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, offline: true, colorScheme: scheme })
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(pathToFileURL(file).href)
  await page.waitForFunction(() => (document.getElementById('explorer-words')?.textContent ?? '') !== '')
  return { page, requests, complaints }
}

describe.skipIf(!hasChromium)('the report in Chromium, without a network', () => {
  beforeAll(async () => {
    writeFileSync(file, fakeReport({ paths: 300, days: 60 }, await bundleExplorer()))
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  for (const { width, scheme } of [
    { width: 1280, scheme: 'light' },
    { width: 390, scheme: 'dark' },
  ] as const) {
    it(`asks for nothing, breaks no policy and fits ${width} pixels in the ${scheme}`, async () => {
      const { page, requests, complaints } = await open(width, scheme)
      expect(requests).toEqual([pathToFileURL(file).href])
      expect(complaints).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.context().close()
    })
  }

  it('refuses to make code from text, so that the policy is known to bite', async () => {
    const { page, complaints } = await open(800)
    const made = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.intruder = true'
      document.body.append(script)
      return 'intruder' in window
    })
    expect(made).toBe(false)
    expect(complaints.join(' ')).toContain('Content Security Policy')
    await page.context().close()
  })

  it('lets the reader choose an amount and a range of paths, and counts them', async () => {
    const { page, complaints } = await open(1280)
    const words = page.locator('#explorer-words')
    expect(await words.textContent()).toMatch(/^300 of 300 paths in all/)
    await page.locator('#explorer-view select').first().selectOption('dealLoss')
    await page.locator('#explorer-view svg text', { hasText: 'by: Written off on deals' }).waitFor()
    await page.locator('#explorer-view').scrollIntoViewIfNeeded()
    const bars = await page.locator('#explorer-view svg .concat_0_layer_0_marks').boundingBox()
    if (!bars) throw new Error('no bars in the explorer')
    await page.mouse.move(bars.x + bars.width * 0.5, bars.y + bars.height * 0.5)
    await page.mouse.down()
    await page.mouse.move(bars.x + bars.width * 0.98, bars.y + bars.height * 0.5, { steps: 5 })
    await page.mouse.up()
    await page.waitForFunction(() => /between/.test(document.getElementById('explorer-words')?.textContent ?? ''))
    const [, chosen] =
      /^(\d+) of 300 paths between .*95 % interval .* to .*Worst of them/.exec((await words.textContent()) ?? '') ?? []
    expect(Number(chosen)).toBeGreaterThan(0)
    expect(Number(chosen)).toBeLessThan(300)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('saves the data of a figure as CSV', async () => {
    const { page } = await open(1280)
    const saving = page.waitForEvent('download')
    await page.locator('#figure-probabilities a[download]').click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('probabilities.csv')
    const text = readFileSync(await saved.path(), 'utf8')
    expect(text).toMatch(
      /^event,paths on which it happened \(1\),paths \(1\),probability \(1\),lower \(1\),upper \(1\)\r\n/,
    )
    expect(text).toContain('depeg_2pct_24h,')
    await page.context().close()
  })

  it('prints with every parameter shown and without what only works on a screen', async () => {
    const { page } = await open(700)
    await page.emulateMedia({ media: 'print' })
    const shown = await page.evaluate(() => {
      const height = (selector: string): number => document.querySelector(selector)?.getBoundingClientRect().height ?? 0
      return { parameters: height('#assumptions details td'), explorer: height('#figure-explorer'), nav: height('nav') }
    })
    expect(shown.parameters).toBeGreaterThan(10)
    expect(shown.explorer).toBe(0)
    expect(shown.nav).toBe(0)
    await page.context().close()
  })
})
