/** Stresses in whole steps, stresses that the run cuts short, and what is said where no critical size was found. */
import { describe, expect, it } from 'vitest'
import { reverseSections } from '../../reports/studies/reverse.ts'
import { criticalWords, failingWords, pairWords, seenWords } from '../../reports/studies/reverseWords.ts'
import { reverseTable } from '../../sim/host/reverseTable.ts'
import type { LeverAnswer, ReverseAnswer } from '../../sim/studies/reverse/answer.ts'
import type { Lever } from '../../sim/studies/reverse/language.ts'
import { reverse } from '../../sim/studies/reverse/reverse.ts'
import { share } from '../../sim/studies/reverse/shares.ts'
import { leversWithSteps, smallEffort, toyLaboratory, toyLanguage, toyQuestion } from '../support/toyStress.ts'

const claim = 'below it, each makes the other worse'

const asked = (levers: readonly Lever[], leverPaths = 60): Parameters<typeof reverse>[0] =>
  toyQuestion({
    paths: 300,
    language: { ...toyLanguage('causes'), levers },
    effort: { ...smallEffort, checkPaths: 0, pilotPaths: 0, leverPaths },
  })

const oneLine = (text: string): string => text.replaceAll(/[\s\u00a0]+/g, ' ')

function leversMarkup(answer: ReverseAnswer): string {
  const drawing = { place: () => null } as unknown as Parameters<typeof reverseSections>[1]
  return oneLine(String(reverseSections(answer, drawing).find(({ id }) => id === 'levers')?.body.markup))
}

describe('a pair with a stress in whole steps', () => {
  it('is not tried where the critical size has too few steps to be parted, and says so', async () => {
    const answer = await reverse(asked(leversWithSteps(3)), toyLaboratory())
    expect(answer.levers.find(({ name }) => name === 'steps')?.size).toBe(1)
    expect(answer.pairs.length).toBe(1)
    expect(answer.pairs[0]).toMatchObject({ share: null, lower: null, upper: null })
    const words = oneLine(pairWords(answer.pairs[0]))
    expect(words).toBe('push and steps: not tried, as steps breaks it at 1 whole step, which cannot be halved')
    expect(leversMarkup(answer)).toContain(words)
    expect(leversMarkup(answer)).not.toContain(claim)
    expect(oneLine(reverseTable(answer, false)).split(' Together ')[1]).not.toContain('0 steps')
  })

  it('has a share of which both sizes were simulated and half of the paths fail, and no claim of synergy', async () => {
    const laboratory = toyLaboratory()
    const answer = await reverse(asked(leversWithSteps(0.25)), laboratory)
    const [push, steps] = answer.levers
    expect(steps.size).toBeGreaterThan(5)
    const [pair] = answer.pairs
    const count = (pair.share as number) * (steps.size as number)
    expect(count).toBeCloseTo(Math.round(count), 9)
    expect(pair.words).toContain(`${Math.round(count)} steps`)
    // stresses that add up, with a critical size rounded up to a whole step
    expect(pair.share).toBeGreaterThan(0.3)
    expect(pair.share).toBeLessThan(0.8)
    const simulated = laboratory.cells.map((text) => {
      const { push: first, shove } = JSON.parse(text).plan.levers.luck ?? {}
      return [first?.[0] ?? 0, shove?.[0] ?? 0] as const
    })
    const wanted = [(pair.share as number) * (push.size as number), 0.25 * Math.round(count)]
    expect(simulated.some((at) => at.every((one, i) => Math.abs(one - wanted[i]) < 1e-9))).toBe(true)
    expect(leversMarkup(answer)).not.toContain(claim)
    expect(oneLine(pairWords(pair))).toContain('the smallest tried, in whole steps')
  })

  it('keeps the claim for stresses of any size', async () => {
    const [push, steps] = leversWithSteps(3)
    const other = { ...push, name: 'shove', shocks: (size: number) => steps.shocks(size / 3, 1) }
    const answer = await reverse(asked([push, other]), toyLaboratory())
    expect(answer.pairs[0].share).toBeCloseTo(0.5, 1)
    expect(Object.keys(answer.pairs[0])).toEqual(['levers', 'share', 'lower', 'upper', 'words'])
    expect(leversMarkup(answer)).toContain(claim)
  })
})

describe('the critical size of a stress in whole steps', () => {
  it('is a size at which half of the paths that measured it fail, and a step fewer does not do', async () => {
    for (const shove of [3, 0.7, 0.25]) {
      const { levers } = await reverse(asked(leversWithSteps(shove)), toyLaboratory())
      const { size, tried } = levers[1]
      const at = (steps: number) => tried.find((one) => one.size === steps)
      expect(2 * (at(size as number)?.failed ?? 0), `${shove}`).toBeGreaterThanOrEqual(60)
      expect(2 * (at((size as number) - 1)?.failed ?? 60), `${shove}`).toBeLessThan(60)
    }
  })
})

describe('a stress without a critical size', () => {
  const none = (failed: number): LeverAnswer => ({
    name: 'push',
    meaning: 'Added',
    unit: '1',
    size: null,
    lower: null,
    upper: null,
    words: 'the largest push',
    failing: null,
    largest: { size: 0.9, failing: share(failed, 40, 0.95) },
    monotone: true,
    seen: null,
    tried: [],
  })
  const told = async (failed: number) => {
    const answer = await reverse({ ...asked([]), levers: [] }, toyLaboratory())
    return oneLine(reverseTable({ ...answer, levers: [none(failed)] }, false))
  }

  it('is said not to break it only where surely fewer than half fail at the largest', async () => {
    expect(await told(5)).toContain('Not even at the largest size push the largest push: 5 of 40 fail.')
    expect(criticalWords(none(5))).toBe('does not break it')
  })

  it('cannot be told where half of the paths may fail at the largest', async () => {
    const table = await told(18)
    expect(table).not.toContain('Not even')
    expect(table).toContain('Cannot be told')
    expect(table).toContain('18 of 40 other paths fail at the largest size')
    expect(criticalWords(none(18))).toBe('cannot be told')
    expect(failingWords(none(18))).not.toContain('even')
  })

  it('breaks it at the largest or below where surely more than half fail there', async () => {
    const table = await told(36)
    expect(table).not.toContain('Not even')
    expect(table).not.toContain('Cannot be told')
    expect(table).toContain('Smallest single stress at which half of all paths fail')
    expect(table).toContain('at most 90.0 %: the largest push; 36 of 40 other paths fail at the largest size')
  })

  it('has the largest size as its upper end where paths other than those that sought it say so', async () => {
    const plain = toyLaboratory()
    const stressed: number[] = []
    // none of the first stressed paths fails, and every other one does
    const simulate: typeof plain.simulate = async (cell) => {
      const columns = await plain.simulate(cell)
      if (!cell.plan.levers['luck']) return columns
      stressed.push(cell.from)
      const margin = cell.from === stressed[0] ? 1 : -1
      return { ...columns, 'luck.margin': new Float64Array(cell.to - cell.from).fill(margin) }
    }
    const { levers, language } = { levers: leversWithSteps(3), language: toyLanguage('causes') }
    const question = {
      ...asked([levers[0]]),
      language: { ...language, levers: [levers[0]], reproduction: { followed: null, ordered: [] } },
    }
    const [push] = (await reverse(question, { ...plain, simulate })).levers
    expect(push).toMatchObject({ size: null, upper: 8, largest: { size: 8, failing: { count: 60 } } })
  })
})

describe('a stress of which nothing is counted on plain paths', () => {
  it('is not said to have no law: borrowers stop paying for reasons of their own', () => {
    const words = seenWords({ size: 1, seen: null } as LeverAnswer)
    expect(words).toBe('not counted on plain paths')
  })
})

describe('a stress that a run cannot hold beyond a size', () => {
  it('is not sought there', async () => {
    const [, steps] = leversWithSteps(0.1)
    const held = { ...steps, largest: ({ days }: { days: number }) => days - 2 }
    const { levers } = await reverse(asked([held]), toyLaboratory())
    // nine days
    expect(levers[0].largest.size).toBe(7)
    expect(Math.max(...levers[0].tried.map(({ size }) => size))).toBe(7)
  })
})
