/** What no number of paths within the budget of a gate could show. */
import { describe, expect, it } from 'vitest'
import { InputError } from '../../sim/kernel/errors.ts'
import { depeg, failing, good, hear, policy } from '../support/gates.ts'

describe('what the budget could never show is a wrong question:', () => {
  const refused = async (statement: string, budget: number, ...lines: readonly string[]): Promise<string> => {
    const given = policy([statement], ...lines)
    const before = lines.some((line) => line.startsWith('baseline')) ? failing(0) : undefined
    const error = await hear(given, { law: failing(0), before, paths: 100, budget }).then(
      () => new Error('it was accepted'),
      (thrown: Error) => thrown,
    )
    expect(error).toBeInstanceOf(InputError)
    return error.message
  }

  it('a probability that no failure at all would leave too uncertain', async () => {
    const message = await refused(depeg, 200)
    // two looks share the error: 1 - 0.025^(1/200) is 0.0183
    expect(message).toMatch(
      /^test.yaml:5:5 depeg_2pct_24h probability: no outcome of 200 paths could show it at 95 % confidence: even with depeg_2pct_24h on none of them, its probability could be 0\.0183, above the limit of 0\.01; give it at least (\d+) paths \(run\.budget, or --budget \1\), or set a limit of 0\.019$/,
    )
    // 299 with one look; two or three looks ask for more
    const needed = Number(/at least (\d+) paths/.exec(message)?.[1])
    expect(needed).toBeGreaterThan(299)
    expect((await hear(policy([depeg]), { law: failing(0), paths: 100, budget: needed })).first.verdict).toBe('pass')
    await expect(
      hear(policy([depeg]), { law: failing(0), paths: 100, budget: Math.floor(needed * 0.98) }),
    ).rejects.toThrow(/no outcome of/)
    const wider = depeg.replace('0.01', '0.019')
    expect((await hear(policy([wider]), { law: failing(0), paths: 100, budget: 200 })).first.verdict).toBe('pass')
    const often = '{ metric: depeg_2pct_24h, statistic: probability, limit: { atLeast: 0.99 } }'
    expect(await refused(often, 200)).toMatch(/on all of them.* 0\.982, below the limit of 0\.99.* a limit of 0\.981$/)
    const change = '{ metric: depeg_2pct_24h, statistic: probability, baseline: yes, limit: { atLeast: -0.01 } }'
    expect(await refused(change, 200, 'baseline: base')).toMatch(
      /even if none of them differs from the baseline, the change could be -0\.0\d+, below the limit of -0\.01;/,
    )
  })

  it('a quantile and a shortfall that lie beyond the last path, and the change of one', async () => {
    const quantile = '{ metric: saidLoss, statistic: quantile, level: 0.999, limit: { atMost: 0.9 } }'
    expect(await refused(quantile, 1000)).toMatch(
      /the bound that would show it lies beyond all of them; give it at least \d+ paths .*, or choose a level nearer to the middle than 0\.999$/,
    )
    const shortfall = '{ metric: saidLoss, statistic: expectedShortfall, level: 0.999, limit: { atMost: 0.9 } }'
    expect(await refused(shortfall, 1000)).toMatch(
      /only 1 lie in its tail, and no verdict rests on fewer than 50; give it at least 50[01]\d\d paths/,
    )
    const accepted = shortfall.replace('limit', 'indications: accept, limit')
    expect(await refused(accepted, 1000)).toMatch(/fewer than 10; give it at least 10\d\d\d paths/)
    const change = '{ metric: saidLoss, statistic: quantile, level: 0.99, baseline: yes, limit: { atMost: 0.9 } }'
    expect(await refused(change, 900, 'baseline: base')).toMatch(/only 9 lie beyond its level.* at least 1\d+ paths/)
  })

  it('and names the way out that is enough: accepted indications where they are, and the paths that all statements need', async () => {
    const shortfall = '{ metric: saidLoss, statistic: expectedShortfall, level: 0.975, limit: { atMost: 0.4 } }'
    const one = await refused(shortfall, 500)
    expect(one).toMatch(/at least 2000 paths .*, or write indications: accept in the statement, for a quick look/)
    const accepted = policy([shortfall.replace('limit', 'indications: accept, limit')])
    expect((await hear(accepted, { law: (luck) => luck / 9, paths: 500 })).first.verdict).toBe('pass')
    // 9 tail paths are too few for an indication as well
    expect(await refused(shortfall, 360)).toMatch(/or choose a level nearer to the middle than 0\.975$/)
    const three = hear(policy([depeg, shortfall, good]), { law: failing(0), paths: 100, budget: 200 })
    await expect(three).rejects.toThrow(
      /^test\.yaml:5:5 depeg_2pct_24h probability: .*; saidLoss expectedShortfall 0\.975 cannot be shown either: --budget 2000 is enough for all$/,
    )
  })

  it('an upper limit may be asked where only the other bound is missing', async () => {
    const low = '{ metric: saidLoss, statistic: quantile, level: 0.001, limit: { atMost: 0.9 } }'
    expect((await hear(policy([low]), { law: (luck) => luck, paths: 300 })).first.verdict).toBe('pass')
  })
})
