/** Sizes whose answers were made by hand: what the order of levels must bear, what a search may take, and dominance. */
import { describe, expect, it } from 'vitest'
import { sizeSummary } from '../../reports/studies/size.ts'
import { sizeTable } from '../../sim/host/sizeTable.ts'
import { paretoFront } from '../../sim/statistics/paretoFront.ts'
import { effortOf } from '../../sim/studies/size/effort.ts'
import { size } from '../../sim/studies/size/size.ts'
import { cannedBuffer, demandOf, sizeQuestion } from '../support/cannedBuffer.ts'

describe('paths that contradict the order of levels', () => {
  const luck = Array.from({ length: 2000 }, (_, path) => demandOf(path, 7).luck)
  const ranked = [...luck].sort((a, b) => a - b)
  /** Buffers of 30 to 40 % alarm a tenth of the paths, those from 60 % on a share of them. */
  const alarmed = (shareWhereSafe: number) =>
    cannedBuffer((columns, { plan, from, to }) => {
      const buffer = Number(plan.parameters['treasury']['bufferShare'])
      const share = buffer >= 0.6 ? shareWhereSafe : buffer >= 0.3 && buffer < 0.4 ? 0.1 : 0
      const below = ranked[Math.round(share * ranked.length)]
      for (let path = from; path < to; path++)
        if (luck[path] < below) columns['outcomes.minimumTwap24h'][path - from] = 0.9
    })

  it('leave a certificate only to a level that holds by itself, and the page says so', async () => {
    const answer = await size(sizeQuestion({ limits: [0.05] }), alarmed(0))
    const { monotonicity, required, proposals } = answer
    expect(monotonicity.reversals.length).toBeGreaterThan(0)
    const [{ status, basis, certified, confidenceAlone, best, rejected }] = required
    expect([status, basis, rejected]).toEqual(['holds', 'itself', null])
    expect(confidenceAlone).toBeGreaterThanOrEqual(0.95)
    expect(best.upper).toBeLessThan(0.05)
    expect(proposals[0].changes[0].to).toBe(certified)
    expect(proposals[0].caveats.join(' ')).toContain('The paths contradict the order of levels: from')
    expect(sizeTable(answer, false).replaceAll('\n', ' ')).toMatch(
      /contradict the order of levels, from .* failures became more frequent/,
    )
  })

  it('leave none where no level does: nothing is proposed, nothing holds', async () => {
    const answer = await size(sizeQuestion({ limits: [0.05] }), alarmed(0.032))
    const [{ status, basis, certified, certifiedInOrder, confidenceAlone }] = answer.required
    expect([status, basis, certified]).toEqual(['disordered', null, null])
    expect(certifiedInOrder).not.toBeNull()
    expect(confidenceAlone).toBeLessThan(0.95)
    expect(answer.proposals).toEqual([])
    expect(answer.tables['curve'].rows.length).toBe(answer.curve.length)
    const text = sizeTable(answer, false).replaceAll('\n', ' ')
    expect(text).toMatch(
      /No level of the reserve buffer .* is certified to hold failures to 5 %. The paths contradict that safer levels are safer/,
    )
    expect(text).toContain('No level of the reserve buffer can be proposed')
    expect(sizeSummary(answer).markup).toContain('by itself it holds with')
  })

  it('are seen where the policy of today fails less often than safer levels', async () => {
    const answer = await size(
      sizeQuestion({ limits: [0.05], wishes: { from: 0.2, to: 1, steps: 40 } }),
      cannedBuffer((columns, { plan, from, to }) => {
        const isToday = Number(plan.parameters['treasury']['bufferShare']) === 0.15
        for (let i = 0; i < to - from; i++) if (isToday) columns['outcomes.minimumTwap24h'][i] = 1
      }),
    )
    expect(answer.monotonicity.reversals.some(({ from }) => from === 0.15)).toBe(true)
    expect(answer.required[0].basis).not.toBe('order')
  })

  it('are not seen in single paths that differ', async () => {
    const { monotonicity, required } = await size(
      sizeQuestion({ limits: [0.05] }),
      cannedBuffer((columns, cell) => {
        if (Number(cell.plan.parameters['treasury']['bufferShare']) < 0.6) return
        for (const path of [3, 40, 77]) {
          if (path >= cell.from && path < cell.to) columns['outcomes.minimumTwap24h'][path - cell.from] = 0.9
        }
      }),
    )
    expect(monotonicity.violations).toBeGreaterThan(0)
    expect(monotonicity.reversals).toEqual([])
    expect(required[0].basis).toBe('order')
  })
})

describe('what a size may take is said before it begins', () => {
  it('is a bound that no search exceeds, and the usual is below it', async () => {
    for (const [limits, paths] of [
      [[0.01, 0.001], 8000],
      [[0.05], 2000],
      [[0.2, 0.05], 300],
    ] as const) {
      const laboratory = cannedBuffer()
      const question = sizeQuestion({
        limits,
        paths,
        frontier: { dials: ['reserveBuffer', 'cashShare'], paths: 100, levels: 2 },
        firstLoss: [{ dial: 'firstLoss', party: 'sAID', usd: 1 }],
      })
      await size(question, laboratory)
      const asked = laboratory.asked.reduce((sum, { from, to }) => sum + to - from, 0)
      const { most, usual } = effortOf(question, 41)
      expect(asked).toBeLessThanOrEqual(most)
      expect(usual).toBeLessThan(most)
      expect(asked).toBeLessThan(2.5 * usual)
    }
  })
})

describe('dominance', () => {
  const paths = 2000
  const costs = (level: number, noise = 1): Float64Array =>
    Float64Array.from({ length: paths }, (_, p) => level + noise * demandOf(p, 1).luck)
  const fails = (buffer: number): Uint8Array =>
    Uint8Array.from({ length: paths }, (_, p) => (demandOf(p, 1).demand > buffer ? 1 : 0))

  it('is called only with confidence', () => {
    const placed = paretoFront(
      [
        { costs: costs(0), failures: fails(0.3) },
        { costs: costs(5), failures: fails(0.2) },
        { costs: costs(5, 200), failures: fails(0.295) },
        { costs: costs(10), failures: fails(0.6) },
        // surely dearer than the first, but a path or two in failures tell nothing
        { costs: costs(5), failures: fails(0.2985) },
      ],
      0.95,
    )
    const standings = placed.map(({ standing }) => standing)
    expect(standings).toEqual(['frontier', 'dominated', 'undecided', 'frontier', 'undecided'])
    expect(placed[1].dominatedBy).toBe(0)
  })

  it('is never called between two of the same', () => {
    const twin = { costs: costs(1), failures: fails(0.3) }
    expect(paretoFront([twin, twin], 0.95).map(({ standing }) => standing)).toEqual(['frontier', 'frontier'])
  })
})
