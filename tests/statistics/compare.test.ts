/**
 * What a comparison promises, in simulated experiments whose truth is known. Each bound is passed by chance with probability
 * 1e-6 at most (binomial counts at the stated rates); seeds are fixed.
 */
import { describe, expect, it } from 'vitest'
import { SideStream } from '../../sim/kernel/random/streams.ts'
import { binomialQuantile } from '../../sim/statistics/binomial.ts'
import { pairedDifference } from '../../sim/statistics/means.ts'
import { holm } from '../../sim/statistics/multiplicity.ts'
import { mcNemar, pairedProportionDifference } from '../../sim/statistics/pairedProportions.ts'
import { smallestSeen, smallestSeenOfEvents } from '../../sim/studies/compare/detectable.ts'

const falseAlarm = 1e-6

function stream(experiment: number): SideStream {
  const side = new SideStream()
  side.open(20261122, 0, 0xc09a, experiment, 0, 0)
  return side
}

const count = (repetitions: number, happens: () => boolean): number => {
  let found = 0
  for (let r = 0; r < repetitions; r++) if (happens()) found++
  return found
}

describe('the smallest difference that paths could have seen', () => {
  it('of a mean is told apart four times in five', () => {
    const side = stream(1)
    const draw = (shift: number) => {
      const first = Float64Array.from({ length: 200 }, () => side.normal())
      const second = first.map((value) => value + shift + side.normal())
      return pairedDifference(first, second, 0.95)
    }
    const smallest = smallestSeen(draw(0), 0.95) as number
    const told = count(2000, () => (draw(smallest).lower as number) > 0)
    // The width was itself estimated from 200 paths: a tenth either way of its size moves the power by some 7 %.
    expect(told).toBeGreaterThan(binomialQuantile(falseAlarm, 2000, 0.73))
    expect(told).toBeLessThan(binomialQuantile(1 - falseAlarm, 2000, 0.87))
  })

  it('of two probabilities, where no path flips, is told apart at least three times in four', () => {
    const side = stream(2)
    const paths = 1000
    const { lower, upper } = pairedProportionDifference(0, 0, paths, 0.95)
    const smallest = smallestSeenOfEvents({ lower, upper }, paths, 0.95) as number
    const told = count(2000, () => {
      const flipped = count(paths, () => side.uniform() < smallest)
      return pairedProportionDifference(0, flipped, paths, 0.95).lower > 0
    })
    expect(told).toBeGreaterThan(binomialQuantile(falseAlarm, 2000, 0.75))
    expect(told).toBeLessThan(binomialQuantile(1 - falseAlarm, 2000, 0.9))
  })
})

describe('false answers', () => {
  it('of a comparison of equal policies stay under 5 % of comparisons when 34 tests are counted', () => {
    const side = stream(3)
    const wrong = count(1500, () => {
      const tests = Array.from({ length: 34 }, () => {
        const flips = 20 + side.index(40)
        const onlyFirst = count(flips, () => side.uniform() < 0.5)
        return mcNemar(onlyFirst, flips - onlyFirst)
      })
      return holm(tests).some((p) => (p as number) <= 0.05)
    })
    expect(wrong).toBeLessThanOrEqual(binomialQuantile(1 - falseAlarm, 1500, 0.05))
  })

  it('without counting the tests come in most comparisons, which is why they are counted', () => {
    const side = stream(4)
    const wrong = count(300, () => {
      const tests = Array.from({ length: 34 }, () => {
        const flips = 20 + side.index(40)
        const onlyFirst = count(flips, () => side.uniform() < 0.5)
        return mcNemar(onlyFirst, flips - onlyFirst)
      })
      return tests.some((p) => p <= 0.05)
    })
    expect(wrong).toBeGreaterThan(150)
  })
})

describe('the paired difference of two probabilities', () => {
  it.each([
    ['a rare change to one side', 0.004, 0.02],
    ['changes to both sides alike', 0.05, 0.05],
    ['changes to one side only', 0, 0.03],
  ])('covers where there is %s', (_, onlyFirst, onlySecond) => {
    const side = stream(5 + 100 * onlyFirst)
    const covering = count(2000, () => {
      let [b, c] = [0, 0]
      for (let i = 0; i < 500; i++) {
        const u = side.uniform()
        if (u < onlyFirst) b++
        else if (u < onlyFirst + onlySecond) c++
      }
      const { lower, upper } = pairedProportionDifference(b, c, 500, 0.95)
      return lower <= onlySecond - onlyFirst && onlySecond - onlyFirst <= upper
    })
    expect(covering).toBeGreaterThanOrEqual(binomialQuantile(falseAlarm, 2000, 0.95))
  })
})
