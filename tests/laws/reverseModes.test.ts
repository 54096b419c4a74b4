/** How failing paths are sorted into kinds. */
import { describe, expect, it } from 'vitest'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { splitByDirection } from '../../sim/studies/reverse/directions.ts'
import { type FailingPath, type Mode, modeOf, sortIntoModes } from '../../sim/studies/reverse/modes.ts'

describe('few failing paths', () => {
  const stream = new SideStream()
  stream.open(20261122, 9, 0, 0, 0, 0)
  const path = (number: number, cause: string, weight: number): FailingPath => ({
    path: number,
    failedOn: 3,
    cause,
    amounts: {},
    marks: {},
    names: {},
    luck: Float64Array.from({ length: 3 }, () => stream.normal()),
    weight,
  })

  it('make a mode by what they are worth, not by how many they are', () => {
    const members = [
      ...Array.from({ length: 30 }, (_, i) => path(i, 'even', 0.01)),
      ...Array.from({ length: 30 }, (_, i) => path(50 + i, 'lone', i === 0 ? 1 : 1e-4)),
    ]
    const worth = (some: readonly FailingPath[]): number => {
      const sum = some.reduce((all, { weight }) => all + weight, 0)
      return (sum * sum) / some.reduce((all, { weight }) => all + weight * weight, 0)
    }
    const { modes, rare } = sortIntoModes(members, { leastPaths: 4, apart: 30 }, worth)
    expect(modes.map(({ cause }) => cause)).toEqual(['even'])
    expect(rare.length).toBe(1)
    expect(rare[0]).toMatchObject({ cause: 'lone', paths: 30 })
    expect(rare[0].worth).toBeLessThan(1.1)
  })
})

describe('kinds of failing paths', () => {
  const stream = new SideStream()
  const cloud = (n: number, centre: readonly number[], seed: number): Float64Array[] => {
    stream.open(20261122, seed, 0, 0, 0, 0)
    return Array.from({ length: n }, () => Float64Array.from(centre, (x) => x + stream.normal()))
  }
  const options = { apart: 30, leastRows: 5, most: 4 }

  it('are not invented: one cloud stays one, in twenty samples', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(splitByDirection(cloud(120, [1.5, -1, 0, 0, 0, 0], seed), options).length).toBe(1)
    }
  })

  it('are found: three clouds at right angles are three', () => {
    const rows = [...cloud(60, [5, 0, 0, 0], 1), ...cloud(40, [0, 5, 0, 0], 2), ...cloud(30, [0, 0, -5, 0], 3)]
    expect(
      splitByDirection(rows, options)
        .map(({ length }) => length)
        .sort(),
    ).toEqual([30, 40, 60])
  })
})

describe('a failing path', () => {
  const mode = (cause: string, mean: readonly number[]): Mode => ({
    label: cause,
    cause,
    members: [],
    mean: Float64Array.from(mean),
  })
  const modes = [mode('rents', [-2, 0]), mode('rents', [0, -2]), mode('holders', [2, 0])]
  const path = (cause: string, luck: readonly number[]): FailingPath => ({
    path: 0,
    failedOn: 1,
    cause,
    amounts: {},
    marks: {},
    names: {},
    luck: Float64Array.from(luck),
    weight: 1,
  })

  it('belongs to a mode of its own cause, however near another is', () => {
    expect(modeOf(modes, path('holders', [-2, 0]))).toBe(modes[2])
  })

  it('belongs to the nearest mode of its cause', () => {
    expect(modeOf(modes, path('rents', [0.1, -0.5]))).toBe(modes[1])
  })

  it('belongs to none where its cause has no mode', () => {
    expect(modeOf(modes, path('usdc', [0, 0]))).toBe(undefined)
  })
})
