/** Notebooks are built without a network, opened with every outside request refused, and say what Node computes. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, transpile } from '@observablehq/notebook-kit'
import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metrics } from '../../models/metrics.ts'
import { record } from '../../models/record.ts'
import { fromLibrary, loader } from '../../scenarios/library.ts'
import { planOf, resolveScenario } from '../../scenarios/scenario.ts'
import { economy } from '../../sim/host/model.ts'
import { simulate } from '../../sim/host/simulate.ts'
import { headline } from '../../sim/studies/headline.ts'
import { worstPaths } from '../../sim/studies/worstPaths.ts'
import { hasChromium, type OpenedPage, openSite, type Site } from '../support/browser.ts'
import { scratch } from '../support/runs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shelf = join(root, 'notebooks')
const names = readdirSync(shelf)
  .filter((file) => file.endsWith('.html'))
  .map((file) => file.slice(0, -5))
const source = (name: string): string => readFileSync(join(shelf, `${name}.html`), 'utf8')

/** How much of a notebook is drawn when all of it has run. */
const drawings: Readonly<Record<string, { figures: number; charts: number; tables: number }>> = {
  'first-run': { figures: 2, charts: 2, tables: 1 },
  'anatomy-of-a-path': { figures: 2, charts: 20, tables: 1 },
}

const noFiles = loader((path) => {
  throw new Error(`no files here: ${path}`)
})

/** What a run of a scenario gives on Node. */
async function runOf(text: string, file: string, overrides: { paths?: number; days?: number }) {
  const scenario = resolveScenario(text, file, noFiles, overrides, economy)
  const { paths } = scenario
  return { paths, ...(await simulate(economy, planOf(scenario, economy), record, { paths, threads: 2 })) }
}

/** What the page must say, computed here. */
const said: Readonly<Record<string, () => Promise<string[]>>> = {
  async 'first-run'() {
    const text = /`\n(\s*name: [^`]*)`/
      .exec(source('first-run'))![1]
      .replace(/\$\{share\}/, '0.2')
      .replace(/^ {4}/gm, '')
    const { outcomes, paths } = await runOf(text, 'one-in-five.yaml', {})
    const asked = metrics.filter(({ name }) => name === 'depeg_0.5pct_1h' || name === 'depeg_2pct_24h')
    return headline(asked, outcomes, paths).events.map((event) => `${event.occurrences} of ${paths} paths`)
  },
  async 'anatomy-of-a-path'() {
    const { text, file } = fromLibrary('top-borrower-default')
    const { outcomes, paths } = await runOf(text, file, { paths: 64, days: 365 })
    const [worst] = worstPaths(
      metrics.filter(({ name }) => name === 'saidLoss'),
      outcomes,
      paths,
      1,
    )
    const fall = (100 * outcomes['outcomes.worstDrawdown'][worst.path]).toFixed(1)
    return [`Path ${worst.path}: sAID falls ${fall}\u00a0%`]
  },
}

describe('the notebooks', () => {
  it('are those that this test knows what to expect of', () => {
    expect(names.sort()).toEqual(Object.keys(drawings).sort())
  })

  const parser = new new JSDOM().window.DOMParser()
  const packages = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies)
  /** What Notebook Kit offers without an import and without fetching anything. */
  const local = ['display', 'view', 'width', 'md']

  for (const name of names) {
    const cells = deserialize(source(name), { parser }).cells

    it(`${name} is written in prose and JavaScript only: no formula, query or foreign language, which load from elsewhere`, () => {
      expect(cells.length).toBeGreaterThan(10)
      expect(
        cells.filter(({ mode }) => !['js', 'md', 'html'].includes(mode)).map(({ id, mode }) => `${id}: ${mode}`),
      ).toEqual([])
    })

    it(`${name} imports by bare names of dependencies and by paths of this repository`, () => {
      const imported = cells.flatMap(({ value }) => [...value.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)])
      const targets = imported.map(([, target]) => target)
      expect(targets.length).toBeGreaterThan(3)
      expect(targets.filter((target) => !/^\.\.?\/[\w./-]+\.ts$/.test(target) && !packages.includes(target))).toEqual(
        [],
      )
    })

    it(`${name} uses nothing that Notebook Kit would fetch: every free name is defined by a cell`, () => {
      const compiled = cells.map((cell) => transpile(cell))
      const defined = new Set([...compiled.flatMap(({ outputs }) => outputs ?? []), ...local])
      const free = compiled.flatMap(({ inputs }) => inputs ?? []).filter((input) => !defined.has(input))
      expect(free.filter((input) => !(input in globalThis))).toEqual([])
    })

    it(`${name} names no address outside`, () => {
      expect(source(name)).not.toMatch(/https?:|\/\/cdn|npm:|jsr:|\$\$|\\\(/)
    })
  }
})

describe.skipIf(!hasChromium)('built by npm run notebooks', () => {
  const { folder, clean } = scratch()
  let site: Site

  beforeAll(async () => {
    const build = ['npm', 'run', '--silent', 'notebooks', '--', '--out', folder]
    const apart = spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : []
    const [command, ...words] = [...apart, ...build]
    execFileSync(command, words, { cwd: root, stdio: 'pipe' })
    site = await openSite(folder)
  })
  afterAll(async () => {
    await site?.close()
    clean()
  })

  for (const name of names) {
    describe(name, () => {
      let opened: OpenedPage
      let text: string

      beforeAll(async () => {
        opened = await site.open(`${name}.html`)
        const { page } = opened
        const enough = ({ figures, charts, tables }: (typeof drawings)[string]): boolean => {
          const count = (selector: string): number => document.querySelectorAll(selector).length
          const broken = count('.observablehq--error') > 0
          return broken || (count('figure') >= figures && count('svg.chart path') >= charts && count('table') >= tables)
        }
        await page.waitForFunction(enough, drawings[name], { timeout: 110_000 })
        text = (await page.locator('main').textContent()) ?? ''
      })

      it('runs every cell without an error', async () => {
        expect(await opened.page.locator('.observablehq--error').allInnerTexts()).toEqual([])
        expect(opened.errors).toEqual([])
      })

      it('draws every figure with marks in it, and no number is missing in its words', async () => {
        const { page } = opened
        const { figures, charts } = drawings[name]
        expect(await page.locator('figure').count()).toBe(figures)
        expect(await page.locator('svg.chart').count()).toBe(charts)
        const empty = await page
          .locator('svg.chart')
          .evaluateAll((list) =>
            list
              .filter((svg) => !svg.querySelector('path[d*="L"], path[d*="C"], circle, rect'))
              .map((svg) => svg.ariaLabel),
          )
        expect(empty).toEqual([])
        const code = await page.locator('pre').allTextContents()
        const prose = code.reduce((rest, block) => rest.replace(block, ''), text)
        expect(prose).not.toMatch(/undefined|NaN|Infinity|∞|\[object|\$\{/)
      })

      it('says what Node computes', async () => {
        for (const words of await said[name]()) expect(text).toContain(words)
      })

      it('asks nobody outside for anything', () => {
        expect(opened.refused).toEqual([])
      })
    })
  }
})
