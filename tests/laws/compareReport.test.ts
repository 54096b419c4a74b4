/** The page of a comparison. */
import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { economy } from '../../models/economy.ts'
import { renderStudyReport } from '../../reports/studyReport.ts'
import { compare, type TellPath } from '../../sim/studies/compare/compare.ts'
import { cannedLaboratory } from '../support/laboratory.ts'
import { after, before, deeper, fails, paths, plan, price } from '../support/twoPolicies.ts'

describe('The report of a comparison', () => {
  it('tells a path that flips with both courses, and leaves nothing unsaid of what could not be told apart', async () => {
    const days = Array.from({ length: 3 }, (_, d) => d)
    const tell: TellPath = (asked) => {
      const bad = asked === plan
      const course = Float64Array.from(days, (d) => (bad && d > 0 ? 0.85 : 0.99))
      return {
        series: { 'outcomes.lowestPriceOfDay': course },
        events: bad ? [{ day: 1, text: 'AID trades below 0.9 dollars (low of the day 0.8500).' }] : [],
        commands: [`aidlab replay ${bad ? 'a' : 'b'} 0`],
      }
    }
    const answer = await compare(
      { first: { name: 'base', plan }, second: { name: 'deeper', plan: deeper }, paths, confidence: 0.95, told: 1 },
      cannedLaboratory(economy, [fails, price], ({ plan: asked }) => ({
        'outcomes.minimumTwap1h': asked === deeper ? after : before,
      })),
      tell,
      ['outcomes.lowestPriceOfDay'],
    )
    const [told] = answer.told
    expect(told.decided).toMatchObject([{ event: 'fails', under: 'first', first: 0.85, second: 0.95 }])
    expect(told.partings).toMatchObject([{ day: 1, first: 0.85, second: 0.99 }])
    const { tables, ...rest } = answer
    const manifest = {
      format: 1 as const,
      kind: 'compare' as const,
      title: 'What changes?',
      question: {},
      studyHash: 'x',
      scenarios: [
        {
          name: 'base',
          question: 'q',
          file: 'f',
          planHash: '0123456789',
          seed: '7',
          days: 3,
          ticksPerDay: 24,
          start: '2026-07-01',
          normalForm: {},
        },
      ],
      versions: {},
      commit: null,
      timing: { seconds: 1, threads: 1, cells: 2, paths: 800, finishedAt: 'now', command: 'aidlab' },
      complete: true,
    }
    const page = await renderStudyReport(manifest, JSON.parse(JSON.stringify(rest)), new JSDOM('').window.document)
    expect(page).toContain('Only under A: meaning of fails')
    expect(page).toContain('aidlab replay a 0')
    expect(page).toContain('day 1, only A')
    expect(page).toContain('AID, lowest price of the day: 0.8500 under A, 0.9900 under B (USD).')
    expect(page).toContain('13 of 400 paths meet some failure under one policy only.')
    expect(page).not.toMatch(/NaN|undefined|\[object/)
  })
})
