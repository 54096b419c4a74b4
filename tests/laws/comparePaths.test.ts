/** Paths that flip between two policies: which are told, where their courses part, and what their stories differ in. */
import { describe, expect, it } from 'vitest'
import { flipsOf, pathsToTell } from '../../sim/studies/compare/flips.ts'
import { partings, storyDifference } from '../../sim/studies/compare/parting.ts'
import { toyMetric } from '../support/laboratory.ts'
import { fails } from '../support/twoPolicies.ts'

describe('The paths that flip', () => {
  it('are told turn by turn, an event and a side at a time, no path twice', () => {
    const column = (...failing: number[]) => Float64Array.from({ length: 8 }, (_, p) => (failing.includes(p) ? 1 : 0))
    const flips = flipsOf([
      { metric: fails, first: column(0, 1, 2), second: column(2, 3) },
      { metric: toyMetric('other', 'x', { kind: 'event' }), first: column(0, 5), second: column() },
    ])
    expect(flips.map(({ path, event, under }) => `${path} ${event} ${under}`)).toEqual([
      '0 fails first',
      '1 fails first',
      '3 fails second',
      '0 other first',
      '5 other first',
    ])
    expect(pathsToTell(flips, 3)).toEqual([0, 3, 1])
    expect(pathsToTell(flips, 99)).toEqual([0, 3, 1, 5])
    expect(pathsToTell([], 3)).toEqual([])
  })

  it('part on the first day on which a column differs by a tenth of its range, money under a thousand left out', () => {
    const days = (...values: number[]) => Float64Array.from(values)
    const first = { 'a.price': days(1, 1, 1, 0.9), 'a.money': days(0, 0, 0, 1), 'a.stock': days(5e6, 5e6, 5e6, 5e6) }
    const second = {
      'a.price': days(1, 0.995, 0.98, 1),
      'a.money': days(0, 9, 9, 9),
      'a.stock': days(5e6, 5e6, 4e6, 4e6),
    }
    const columns = [
      { name: 'a.price', unit: 'USD' },
      { name: 'a.money', unit: 'USD' },
      { name: 'a.stock', unit: 'USD' },
    ]
    expect(partings(first, second, columns)).toEqual([
      { day: 2, column: 'a.stock', first: 5e6, second: 4e6 },
      { day: 2, column: 'a.price', first: 1, second: 0.98 },
    ])
  })

  it('are told by what stands in one story only; other numbers in a sentence make no other event', () => {
    const first = [
      { day: 3, text: 'A deal defaults (1 so far); expected losses are 1.2 % of the book.' },
      { day: 9, text: 'AID trades below 0.98 dollars (low of the day 0.9712).' },
    ]
    const second = [
      { day: 20, text: '2 deals default (2 so far); expected losses are 3.4 % of the book.' },
      { day: 30, text: 'AID trades below 0.95 dollars (low of the day 0.9412).' },
    ]
    const { onlyFirst, onlySecond, moved } = storyDifference(first, second)
    expect(onlyFirst.map(({ day }) => day)).toEqual([9])
    expect(onlySecond.map(({ day }) => day)).toEqual([30])
    expect(moved).toEqual([{ text: first[0].text, first: 3, second: 20 }])
  })
})
