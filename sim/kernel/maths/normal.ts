/** The normal distribution: density, distribution function, quantile, and the joint distribution of a correlated pair. */
import { InputError } from '../errors.ts'
import { exp, log } from './elementary.ts'
import { gaussLegendre } from './quadrature.ts'
import { pi } from './trigonometric.ts'

const inverseRootTwoPi = 1 / Math.sqrt(2 * pi)

/** Density of the standard normal distribution at x. */
export function normalPdf(x: number): number {
  return inverseRootTwoPi * expOfHalfSquare(x < 0 ? -x : x)
}

/** e^(−x²/2) for x ≥ 0, with the square split so that its rounding does not grow with x. */
function expOfHalfSquare(x: number): number {
  if (x > 40) return 0
  const near = Math.trunc(x * 16) / 16
  return exp(-0.5 * near * near) * exp(-0.5 * (x - near) * (x + near))
}

/**
 * P(Z ≤ x) of a standard normal Z, with full relative accuracy (about 1e-15) in both tails; for an upper tail ask for
 * normalCdf(−x) rather than 1 − normalCdf(x). NaN gives NaN.
 *
 * W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969), in the
 * arrangement of his ANORM (Algorithm 715, ACM TOMS 19, 1993).
 */
export function normalCdf(x: number): number {
  const size = x < 0 ? -x : x
  if (size <= 0.66291) return 0.5 + centralPart(x)
  if (!(size <= 40)) return Number.isNaN(x) ? x : x > 0 ? 1 : 0
  const tail = expOfHalfSquare(size) * (size <= 5.656854249492381 ? middleRatio(size) : outerRatio(size))
  return x > 0 ? 1 - tail : tail
}

/** P(Z ≤ x) − 1/2 for |x| ≤ 0.66291. */
function centralPart(x: number): number {
  const s = x * x
  let top = 0.06568233791820745
  top = top * s + 2.2352520354606837
  top = top * s + 161.02823106855587
  top = top * s + 1067.6894854603709
  top = top * s + 18154.98125334356
  let bottom = s + 47.202581904688245
  bottom = bottom * s + 976.0985517377767
  bottom = bottom * s + 10260.932208618979
  bottom = bottom * s + 45507.78933502673
  return (x * top) / bottom
}

/** P(Z > x) e^(x²/2) for 0.66291 < x ≤ √32. */
function middleRatio(x: number): number {
  let top = 1.0765576773720192e-8
  top = top * x + 0.39894151208813466
  top = top * x + 8.883149794388377
  top = top * x + 93.50665613217785
  top = top * x + 597.2702763948002
  top = top * x + 2494.5375852903726
  top = top * x + 6848.190450536283
  top = top * x + 11602.65143764735
  top = top * x + 9842.714838383978
  let bottom = x + 22.266688044328117
  bottom = bottom * x + 235.387901782625
  bottom = bottom * x + 1519.3775994075547
  bottom = bottom * x + 6485.558298266761
  bottom = bottom * x + 18615.571640885097
  bottom = bottom * x + 34900.95272114598
  bottom = bottom * x + 38912.00328609327
  bottom = bottom * x + 19685.429676859992
  return top / bottom
}

/** P(Z > x) e^(x²/2) for x > √32. */
function outerRatio(x: number): number {
  const s = 1 / (x * x)
  let top = 0.023073441764940174
  top = top * s + 0.215898534057957
  top = top * s + 0.12740116116024736
  top = top * s + 0.022235277870649807
  top = top * s + 0.0014216191932278934
  top = top * s + 0.000029112874951168793
  let bottom = s + 1.284260096144911
  bottom = bottom * s + 0.4682382124808651
  bottom = bottom * s + 0.06598813786892856
  bottom = bottom * s + 0.0037823963320275824
  bottom = bottom * s + 0.00007297515550839662
  return (inverseRootTwoPi - (s * top) / bottom) / x
}

/**
 * The z with P(Z ≤ z) = p, to about 1e-15 relative. p = 0 gives −∞, p = 1 gives ∞; outside [0, 1] or NaN gives NaN.
 *
 * M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988),
 * routine PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) return centralQuantile(q)
  if (!(p > 0 && p < 1)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN
  return q < 0 ? -tailQuantile(p) : tailQuantile(1 - p)
}

/** The quantile of 1/2 + q for |q| ≤ 0.425. */
function centralQuantile(q: number): number {
  const r = 0.180625 - q * q
  let top = 2509.0809287301227
  top = top * r + 33430.57558358813
  top = top * r + 67265.7709270087
  top = top * r + 45921.95393154987
  top = top * r + 13731.69376550946
  top = top * r + 1971.5909503065513
  top = top * r + 133.14166789178438
  top = top * r + 3.3871328727963665
  let bottom = 5226.495278852854
  bottom = bottom * r + 28729.085735721943
  bottom = bottom * r + 39307.89580009271
  bottom = bottom * r + 21213.794301586597
  bottom = bottom * r + 5394.196021424751
  bottom = bottom * r + 687.1870074920579
  bottom = bottom * r + 42.31333070160091
  bottom = bottom * r + 1
  return (q * top) / bottom
}

/** The z ≥ 0 with P(Z > z) = tail, for tail from above 0 to 0.075. */
export function tailQuantile(tail: number): number {
  const root = Math.sqrt(-log(tail))
  return root <= 5 ? nearTailRatio(root - 1.6) : farTailRatio(root - 5)
}

function nearTailRatio(r: number): number {
  let top = 0.0007745450142783414
  top = top * r + 0.022723844989269184
  top = top * r + 0.2417807251774506
  top = top * r + 1.2704582524523684
  top = top * r + 3.6478483247632045
  top = top * r + 5.769497221460691
  top = top * r + 4.630337846156546
  top = top * r + 1.4234371107496835
  let bottom = 1.0507500716444169e-9
  bottom = bottom * r + 0.0005475938084995345
  bottom = bottom * r + 0.015198666563616457
  bottom = bottom * r + 0.14810397642748008
  bottom = bottom * r + 0.6897673349851
  bottom = bottom * r + 1.6763848301838038
  bottom = bottom * r + 2.053191626637759
  bottom = bottom * r + 1
  return top / bottom
}

function farTailRatio(r: number): number {
  let top = 2.0103343992922881e-7
  top = top * r + 0.000027115555687434876
  top = top * r + 0.0012426609473880784
  top = top * r + 0.026532189526576124
  top = top * r + 0.29656057182850487
  top = top * r + 1.7848265399172913
  top = top * r + 5.463784911164114
  top = top * r + 6.657904643501103
  let bottom = 2.0442631033899397e-15
  bottom = bottom * r + 1.421511758316446e-7
  bottom = bottom * r + 0.000018463183175100548
  bottom = bottom * r + 0.0007868691311456133
  bottom = bottom * r + 0.014875361290850615
  bottom = bottom * r + 0.1369298809227358
  bottom = bottom * r + 0.599832206555888
  bottom = bottom * r + 1
  return top / bottom
}

const rule = gaussLegendre(20)

/**
 * P(X ≤ x, Y ≤ y) of a standard normal pair with the given correlation, to about 1e-15 absolute.
 *
 * Z. Drezner and G. O. Wesolowsky, "On the computation of the bivariate normal integral", Journal of Statistical
 * Computation and Simulation 35 (1990), with the refinement near ±1 of A. Genz, "Numerical computation of rectangular
 * bivariate and trivariate normal and t probabilities", Statistics and Computing 14 (2004).
 * @throws InputError when the correlation is outside [−1, 1].
 */
export function bivariateNormalCdf(x: number, y: number, correlation: number): number {
  if (!(correlation >= -1 && correlation <= 1))
    throw new InputError(`correlation ${correlation} is outside its range; give a number from -1 to 1`)
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  if (Math.abs(x) > 40 || Math.abs(y) > 40) return x < -40 || y < -40 ? 0 : normalCdf(Math.min(x, y))
  if (Math.abs(correlation) < 0.925) return normalCdf(x) * normalCdf(y) + correlationPart(x, y, correlation)
  // For correlations near one: the degenerate case, less what the small spread around it takes away.
  const h = -x
  const k = correlation < 0 ? y : -y
  const correction = Math.abs(correlation) < 1 ? nearDegenerate(h, k, correlation) : 0
  const probability =
    correlation > 0
      ? correction + normalCdf(-Math.max(h, k))
      : -correction + (k > h ? (h < 0 ? normalCdf(k) - normalCdf(h) : normalCdf(-h) - normalCdf(-k)) : 0)
  return Math.min(1, Math.max(0, probability))
}

/**
 * ∫ of the joint density over the correlation from 0 to its value. With s = 2t/(1 + t²) for the running correlation
 * the root in the integrand vanishes.
 */
function correlationPart(x: number, y: number, correlation: number): number {
  const halfSquares = 0.5 * (x * x + y * y)
  const product = x * y
  const end = correlation / (1 + Math.sqrt((1 - correlation) * (1 + correlation)))
  let sum = 0
  for (let i = 0; i < rule.nodes.length; i += 1) {
    const t = 0.5 * end * (1 + rule.nodes[i])
    const running = (2 * t) / (1 + t * t)
    sum += (rule.weights[i] * exp((running * product - halfSquares) / (1 - running * running))) / (1 + t * t)
  }
  return (sum * end) / (2 * pi)
}

/** Genz's expansion for |correlation| ≥ 0.925, with h and k already mirrored for a negative one. */
function nearDegenerate(h: number, k: number, correlation: number): number {
  const product = h * k
  const spread = (1 - correlation) * (1 + correlation)
  const width = Math.sqrt(spread)
  const gap = (h - k) * (h - k)
  const c = (4 - product) / 8
  const d = (12 - product) / 16
  const leading = -(gap / spread + product) / 2
  let sum =
    leading > -100
      ? width * exp(leading) * (1 - (c * (gap - spread) * (1 - (d * gap) / 5)) / 3 + (c * d * spread * spread) / 5)
      : 0
  if (-product < 100) {
    const b = Math.sqrt(gap)
    const expansion = 1 - (c * gap * (1 - (d * gap) / 5)) / 3
    sum -= (exp(-product / 2) / inverseRootTwoPi) * normalCdf(-b / width) * b * expansion
  }
  for (let i = 0; i < rule.nodes.length; i += 1) {
    const at = 0.5 * width * (1 + rule.nodes[i])
    const square = at * at
    const exponent = -(gap / square + product) / 2
    if (exponent <= -100) continue
    const root = Math.sqrt(1 - square)
    const exact = exp((-product * (1 - root)) / (2 * (1 + root))) / root
    sum += 0.5 * width * rule.weights[i] * exp(exponent) * (exact - (1 + c * square * (1 + d * square)))
  }
  return -sum / (2 * pi)
}
