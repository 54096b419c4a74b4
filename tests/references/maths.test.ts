/** Normal distribution, roots and quadrature against published values and closed forms. */
import { describe, expect, it } from 'vitest'
import { exp, log } from '../../sim/kernel/maths/elementary.ts'
import { bivariateNormalCdf, normalCdf, normalPdf, normalQuantile } from '../../sim/kernel/maths/normal.ts'
import { gaussLegendre, integrate, integrateAdaptively } from '../../sim/kernel/maths/quadrature.ts'
import { bisect, findRoot } from '../../sim/kernel/maths/solve.ts'

/** Relative difference; the reference values below have 17 digits by mpmath at 40 digits. */
const apart = (got: number, expected: number): number => Math.abs(got / expected - 1)

describe('normal distribution', () => {
  it.each([
    [-37.5, 4.605353009581955e-308, 1.7282337322841054e-306],
    [-20, 2.7536241186062337e-89, 5.520948362159764e-88],
    [-8.3, 5.205569744890254e-17, 4.3816394355093325e-16],
    [-5.7, 5.990371401063528e-9, 3.5139550948204334e-8],
    [-5.6, 1.071759025831093e-8, 6.182620500165856e-8],
    [-3, 0.0013498980316300946, 0.0044318484119380075],
    [-1.2815515655446004, 0.10000000000000002, 0.17549833193248682],
    [-0.67, 0.2514288950953101, 0.3187371384754015],
    [-0.66, 0.25462691467133614, 0.32086380377117246],
    [-0.1, 0.460172162722971, 0.39695254747701175],
    [0, 0.5, 0.3989422804014327],
    [0.3, 0.6179114221889527, 0.3813878154605241],
    [1, 0.8413447460685429, 0.24197072451914334],
    [2.5, 0.9937903346742238, 0.017528300493568537],
    [6, 0.9999999990134123, 6.075882849823285e-9],
  ])('P(Z <= %d) is %d to 1e-15 relative, in both tails', (x, probability, density) => {
    expect(apart(normalCdf(x), probability)).toBeLessThan(1.5e-15)
    expect(apart(normalPdf(x), density)).toBeLessThan(1.5e-15)
  })

  it('takes its limits at infinity, and passes NaN on', () => {
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1)
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0)
    expect(normalCdf(Number.NaN)).toBeNaN()
    expect(normalPdf(Number.POSITIVE_INFINITY)).toBe(0)
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
    expect(normalQuantile(-0.1)).toBeNaN()
    expect(normalQuantile(Number.NaN)).toBeNaN()
  })

  it('the quantile undoes the distribution function from -37 to 5', () => {
    // Near the upper end P rounds to a multiple of 1e-16, which the slope 1/density turns into this much of x.
    for (let x = -37; x < 5; x += 0.0371)
      expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(
        2e-15 * Math.abs(x) + 3e-16 / normalPdf(Math.max(x, 0)),
      )
  })

  it.each([
    [-2.5, -1.1, -0.999, 0.0],
    [0.3, 0.4, -0.999, 0.2733331637992768],
    [1.7, -0.2, -0.999, 0.37617482780235395],
    [2.2, 2.3, -0.999, 0.9753724424648256],
    [-2.5, -1.1, -0.95, 2.1553641765068245e-32],
    [0.3, 0.4, -0.95, 0.2739315755924505],
    [1.7, -0.2, -0.95, 0.3761748443025008],
    [2.2, 2.3, -0.95, 0.9753724424648256],
    [-2.5, -1.1, -0.6, 1.870398639199155e-6],
    [0.3, 0.4, -0.6, 0.3203846976714206],
    [1.7, -0.2, -0.6, 0.380573751587214],
    [2.2, 2.3, -0.6, 0.9753724603371262],
    [-2.5, -1.1, 0.2, 0.0018175404039692696],
    [0.3, 0.4, 0.2, 0.433575090453957],
    [1.7, -0.2, 0.2, 0.40900437310182997],
    [2.2, 2.3, 0.2, 0.9758477726973448],
    [-2.5, -1.1, 0.5, 0.003962213110110566],
    [0.3, 0.4, 0.5, 0.48022118225114035],
    [1.7, -0.2, 0.5, 0.4172759165972989],
    [2.2, 2.3, 0.5, 0.9770754733277952],
    [-2.5, -1.1, 0.9, 0.0062016443638269496],
    [0.3, 0.4, 0.9, 0.5675905196642399],
    [1.7, -0.2, 0.9, 0.42073997660099244],
    [2.2, 2.3, 0.9, 0.9820601460578556],
    [-2.5, -1.1, 0.93, 0.0062090451086705785],
    [0.3, 0.4, 0.93, 0.5784064322193989],
    [1.7, -0.2, 0.93, 0.4207402865781248],
    [2.2, 2.3, 0.93, 0.9828804661388363],
    [-2.5, -1.1, 0.99, 0.006209665325776135],
    [0.3, 0.4, 0.99, 0.6104107396534835],
    [1.7, -0.2, 0.99, 0.42074029056089696],
    [2.2, 2.3, 0.99, 0.9854665482374302],
    [-2.5, -1.1, 0.99999, 0.006209665325776135],
    [0.3, 0.4, 0.99999, 0.6179114221889527],
    [1.7, -0.2, 0.99999, 0.42074029056089696],
    [2.2, 2.3, 0.99999, 0.9860965524865014],
  ])('P(X <= %d, Y <= %d) at correlation %d is %d', (x, y, correlation, probability) => {
    expect(Math.abs(bivariateNormalCdf(x, y, correlation) - probability)).toBeLessThan(1e-14)
  })

  it('at the origin the joint probability is 1/4 + arcsin(correlation) / 2 pi', () => {
    for (const r of [-1, -0.97, -0.925, -0.5, 0, 0.3, 0.924, 0.926, 0.999, 1])
      expect(Math.abs(bivariateNormalCdf(0, 0, r) - 0.25 - Math.asin(r) / (2 * Math.PI))).toBeLessThan(1e-15)
  })

  it('the joint probability has the marginal ones as its limits and refuses a correlation beyond one', () => {
    expect(bivariateNormalCdf(0.7, Number.POSITIVE_INFINITY, 0.4)).toBe(normalCdf(0.7))
    expect(bivariateNormalCdf(Number.NEGATIVE_INFINITY, 2, 0.4)).toBe(0)
    expect(() => bivariateNormalCdf(0, 0, 1.1)).toThrow('correlation 1.1 is outside its range')
  })
})

describe('quadrature', () => {
  it('five nodes are those of Abramowitz and Stegun, table 25.4', () => {
    const { nodes, weights } = gaussLegendre(5)
    expect(nodes[2]).toBe(0)
    expect(apart(nodes[3], 0.538469310105683)).toBeLessThan(2e-15)
    expect(apart(nodes[4], 0.906179845938664)).toBeLessThan(2e-15)
    expect(apart(weights[2], 0.568888888888889)).toBeLessThan(2e-15)
    expect(apart(weights[3], 0.478628670499366)).toBeLessThan(2e-15)
    expect(apart(weights[4], 0.236926885056189)).toBeLessThan(2e-15)
  })

  it.each([1, 2, 7, 20, 64])('%d nodes integrate every power below twice their number', (n) => {
    const rule = gaussLegendre(n)
    for (let k = 0; k < 2 * n; k += 1)
      expect(Math.abs(integrate((x) => x ** k, 0, 2, rule) / (2 ** (k + 1) / (k + 1)) - 1)).toBeLessThan(1e-13)
  })

  it('panels and halving reach integrands that one rule cannot', () => {
    const rule = gaussLegendre(8)
    expect(
      apart(
        integrate((x) => 1 / x, 1, 1000, rule, 200),
        log(1000),
      ),
    ).toBeLessThan(1e-6)
    expect(
      apart(
        integrateAdaptively((x) => 1 / Math.sqrt(x), 1e-6, 1, 1e-12),
        2 * (1 - 1e-3),
      ),
    ).toBeLessThan(1e-13)
    expect(
      apart(
        integrateAdaptively((x) => exp(-0.5 * x * x), -30, 30, 1e-13),
        Math.sqrt(2 * Math.PI),
      ),
    ).toBeLessThan(1e-13)
    expect(() => integrateAdaptively((x) => 1 / x, 0, 1, 1e-9)).toThrow('did not settle')
    expect(() => gaussLegendre(0)).toThrow('number of nodes 0 cannot be used')
  })
})

describe('roots', () => {
  it.each([
    ['x squared is 2', (x: number) => x * x - 2, 0, 2, Math.SQRT2],
    ['a steep exponential', (x: number) => exp(x) - 1e-3, -50, 50, Math.log(1e-3)],
    ['a falling line', (x: number) => 3 - 2 * x, -10, 10, 1.5],
    ['a triple root', (x: number) => x * x * x, -1, 2, 0],
    ['a kink', (x: number) => (x < 0.3 ? x - 0.3 : 1e6 * (x - 0.3)), -4, 5, 0.3],
  ])('%s is found by both methods', (_name, f, low, high, root) => {
    expect(Math.abs(findRoot(f, low, high) - root)).toBeLessThan(2e-14)
    expect(Math.abs(bisect(f, low, high) - root)).toBeLessThan(2e-14)
  })

  it('Brent needs a fraction of the turns of bisection', () => {
    let calls = 0
    findRoot(
      (x) => {
        calls += 1
        return exp(x) - 7
      },
      0,
      5,
    )
    expect(calls).toBeLessThan(15)
  })

  it('bisection stops after the turns that it is given', () => {
    let calls = 0
    bisect(
      (x) => {
        calls += 1
        return x - 0.123
      },
      0,
      1,
      { turns: 10 },
    )
    expect(calls).toBe(12)
  })

  it('a bracket without a sign change, and too few turns, are refused', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow('holds no sign change')
    expect(() => bisect((x) => x * x + 1, -1, 1)).toThrow('holds no sign change')
    expect(() => findRoot((x) => exp(x) - 7, 0, 500, { turns: 3 })).toThrow('did not settle in 3 turns')
  })
})
