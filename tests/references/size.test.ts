/**
 * The study of a size against closed forms. Demand is lognormal with median .08 and sigma .9, so that a buffer of .6491992766 holds
 * 1 % and none below 1.2910817479 holds 0.1 %: computed independently from the normal quantile.
 */
import { describe, expect, it } from 'vitest'
import { firstLossWords } from '../../reports/studies/sizeWords.ts'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import { pairedProportionDifference } from '../../sim/statistics/pairedProportions.ts'
import { size } from '../../sim/studies/size/size.ts'
import { cannedBuffer, demandOf, sizeQuestion } from '../support/cannedBuffer.ts'

const study = (changes = {}) => size(sizeQuestion(changes), cannedBuffer())

describe('a size whose answer is known', () => {
  it('brackets the buffer that holds 1 %', async () => {
    const { required } = await study({ paths: 20_000 })
    const [{ status, certified, rejected, estimate }] = required
    expect(status).toBe('holds')
    expect(rejected).toBeLessThan(0.6491992766)
    expect(certified).toBeGreaterThanOrEqual(0.65)
    expect(certified).toBeLessThan(0.8)
    expect(Math.abs((estimate as number) - 0.65)).toBeLessThanOrEqual(0.05)
  })

  it('says that no buffer within the bounds holds 0.1 %, what the best does, and proposes none', async () => {
    const { required, proposals } = await study({ limits: [0.001], paths: 20_000 })
    // P(demand > 1) = P(Z > ln(12.5)/.9) = 2.5060e-3
    const [{ status, certified, best }] = required
    expect([status, certified, best.level]).toEqual(['none', null, 1])
    expect(best.lower).toBeLessThanOrEqual(2.506e-3)
    expect(best.upper).toBeGreaterThanOrEqual(2.506e-3)
    expect(proposals).toEqual([])
  })

  it('measures the cost of the certified buffer against the policy of today', async () => {
    const { required } = await study()
    const [{ certified, best }] = required
    const cost = best.cost
    // 800 basis points a whole buffer, from .15; the luck of the yield is paired away but for its part that shrinks
    const truth = 800 * ((certified as number) - 0.15)
    expect(cost?.measured.lower).toBeLessThan(truth)
    expect(cost?.measured.upper).toBeGreaterThan(truth)
    expect((cost?.measured.upper as number) - (cost?.measured.lower as number)).toBeLessThan(10)
  })

  it('has the static answer of one run beside it, in levels of the dial', async () => {
    const { measured } = await study()
    const demands = Array.from({ length: 2000 }, (_, path) => demandOf(path).demand).sort((a, b) => a - b)
    // 21 M of claims, of which a buffer b leaves 15 M × (1 − b) lent (12.75 M at 15 %)
    const level = 1 - (1 - demands[1979]) / (15 / 21)
    expect(measured[0].metric).toBe('requiredReserve')
    expect(measured[0].amount?.value).toBe(demands[1979])
    expect(measured[0].level?.value).toBeCloseTo(level, 10)
  })

  it('finds where a party first loses a dollar, to a level', async () => {
    const { firstLoss } = await study({
      firstLoss: [
        { dial: 'firstLoss', party: 'sAID', usd: 1 },
        { dial: 'deals.firstLoss', party: 'sAID', usd: 1 },
        { dial: 'firstLoss', party: 'lenders', usd: 1 },
        { dial: 'firstLoss', party: 'AID', usd: 1 },
        { dial: 'firstLoss', party: 'lenders', usd: 60_000 },
      ],
    })
    const losers = Array.from({ length: 500 }, (_, path) => demandOf(path).demand)
    const first = Math.max(...losers) - 0.3
    const [policy, parameter, always, never, dear] = firstLoss
    if (first < 0.5) {
      expect(policy.status).toBe('found')
      expect(policy.brackets[0].without).toBeGreaterThan(first - 0.0125)
      expect(policy.brackets[0].with).toBeLessThanOrEqual(first)
    } else expect(policy.status).toBe('always')
    // more than 1 % of 500 paths: the sixth largest demand decides
    const sixth = losers.sort((a, b) => b - a)[5] - 0.3
    expect(policy.brackets[1].without).toBeGreaterThanOrEqual(Math.floor(sixth / 0.0125) * 0.0125)
    expect(policy.brackets[1].with).toBeLessThan(sixth)
    expect(parameter.brackets).toEqual(policy.brackets)
    expect([always.status, never.status, dear.status]).toEqual(['always', 'never', 'never'])
  })

  it('sees a loss that comes and goes between the ends of a dial, and takes nothing of its order', async () => {
    /** Losers on the first so many of 500 paths, by the level of the first loss. */
    const losing = (losers: (level: number) => number) =>
      size(
        sizeQuestion({
          limits: [0.5],
          firstLoss: [
            { dial: 'firstLoss', party: 'sAID', usd: 1 },
            { dial: 'deals.firstLoss', party: 'sAID', usd: 1 },
          ],
        }),
        cannedBuffer((columns, { plan, from, to }) => {
          const count = losers(Number(plan.parameters['deals']['firstLoss']))
          columns['outcomes.lossOfSaid'] = Float64Array.from({ length: to - from }, (_, i) =>
            from + i < count ? 5 : 0,
          )
        }),
      )
    const inside = (await losing((level) => (level > 0.2 && level < 0.3 ? 40 : 0))).firstLoss
    expect(inside.map(({ status }) => status)).toEqual(['mixed', 'mixed'])
    expect(inside.map(({ brackets: [any] }) => [any.with, any.without])).toEqual([
      [0.2875, 0.3],
      [expect.any(Number), expect.any(Number)],
    ])
    const safest = (await losing((level) => (level > 0.45 ? 3 : 0))).firstLoss
    expect(safest.map(({ status }) => status)).toEqual(['found', 'found'])
    for (const { brackets } of safest) expect(brackets[0]).toMatchObject({ without: 0.45, with: 0.4625 })
    // three paths cannot tell which way is safer, and a dial that says so is not believed against them
    expect(safest.map(({ safer, violations }) => [safer, violations])).toEqual([
      ['up', 3],
      [null, null],
    ])
    const many = (await losing((level) => (level > 0.45 ? 100 : 0))).firstLoss
    expect(many.map(({ safer }) => safer)).toEqual(['up', 'down'])
    expect(firstLossWords(inside[0])).toMatch(/without order.*There is no one level/)
    const [least] = (await losing((level) => (level === 0.125 ? 1 : 2))).firstLoss
    expect(firstLossWords(least)).toContain('on the fewest at 12.5')
  })

  it('says how rare a loss may be that no path shows: 1 − .05^(1/500) = .00597', async () => {
    const { firstLoss } = await study({ firstLoss: [{ dial: 'firstLoss', party: 'AID', usd: 1 }] })
    expect(firstLoss[0].bound).toBeCloseTo(0.0059735, 6)
    expect(firstLossWords(firstLoss[0])).toMatch(
      /loses a dollar at none of the 5 levels .*no path of 500: below 0.6\u00a0% with 95\u00a0% confidence/,
    )
  })

  it('shows what changes on the paths that both policies share, at a confidence that pays for the choice', async () => {
    const laboratory = cannedBuffer()
    const { proposals, today, measured } = await size(
      sizeQuestion({ limits: [0.001, 0.05], paths: 8000, wishes: { steps: 40 } }),
      laboratory,
    )
    expect([today.paths, measured[0].paths]).toEqual([8000, 8000])
    const [{ effects, changes }] = proposals
    const [{ before, after, difference, paths, failures }] = effects
    const to = changes[0].to as number
    const demands = Array.from({ length: paths }, (_, path) => demandOf(path).demand)
    const fail = (level: number): number => demands.filter((demand) => demand > level).length
    expect(failures).toEqual({ before: fail(0.15), after: fail(to) })
    expect(before.value).toBe(fail(0.15) / paths)
    expect(difference?.value).toBeCloseTo((fail(to) - fail(0.15)) / paths, 12)
    // 41 levels and three looks might have been chosen: .05 / 123 of error, where one level alone would have .05
    const alone = clopperPearson(failures.after, paths, 0.95)
    const chosen = clopperPearson(failures.after, paths, 1 - 0.05 / 123)
    expect(after).toEqual({ value: failures.after / paths, ...chosen })
    expect(after.upper).toBeGreaterThan(alone.upper)
    expect(pairedProportionDifference(failures.before - failures.after, 0, paths, 1 - 0.05 / 123)).toMatchObject({
      lower: difference?.lower,
      upper: difference?.upper,
    })
  })

  it('draws the frontier of two dials, and tells apart only what the paths tell apart', async () => {
    const wishes = { dials: ['reserveBuffer', 'cashShare'], paths: 1000, levels: 3 }
    const laboratory = cannedBuffer()
    const { frontier } = await size(sizeQuestion({ limits: [0.05], frontier: wishes }), laboratory)
    const points = frontier?.points ?? []
    expect(points).toHaveLength(9)
    const today = points.find(({ values }) => values[0] === 0.15 && values[1] === 0.275)
    expect(today?.cost.measured.value).toBe(0)
    const cash = points.find(({ values }) => values[0] === 0.15 && values[1] === 1)
    // a cash share of 100 % is worth .145 of buffer and costs 36.25 basis points where a buffer would cost 116
    expect(cash?.cost.measured.value).toBeCloseTo(36.25, 6)
    expect(cash?.standing).toBe('frontier')
    const { claim } = frontier as NonNullable<typeof frontier>
    const holding = points.filter(({ holds }) => holds)
    expect(holding.every(({ probability }) => probability < 0.05)).toBe(true)
    const cheapest = Math.min(...claim.candidates.map((place) => points[place].cost.measured.value))
    expect(points[claim.best as number].cost.measured.value).toBeLessThan(cheapest + 25)
    expect(claim.paths.every((n) => n >= 200)).toBe(true)
    // the theorem asks for independent samples: no two candidates share luck, and none that chose them
    const fresh = laboratory.asked.filter(({ from }) => from >= 2000)
    const policies = new Map(fresh.map(({ plan, from }) => [Math.floor(from / 2000), plan]))
    expect(policies.size).toBe(claim.candidates.length)
    expect(new Set(policies.values()).size).toBe(claim.candidates.length)
    expect(
      fresh.every(
        ({ plan, from, to }) =>
          plan === policies.get(Math.floor(from / 2000)) && Math.floor((to - 1) / 2000) === Math.floor(from / 2000),
      ),
    ).toBe(true)
  })

  it('charges what others set aside beside what is measured', async () => {
    const { curve } = await study({ dial: 'firstLoss', failure: 'depeg_2pct_24h', limits: [0.5] })
    const whole = curve.find(({ level }) => level === 0.5)
    // 15 % a year on half of 12.75 M, over 15,000,300 staked
    expect(whole?.cost?.charged).toBeCloseTo((1e4 * 0.15 * 0.5 * 12.75e6) / 15_000_300, 6)
    expect(whole?.cost?.setAside).toBeCloseTo(6.375e6, 3)
  })
})
