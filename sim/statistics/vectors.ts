/** Lengths and angles of short vectors. */

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a))
}

/**
 * Angle between two vectors, degrees; 0 where one of them is zero. Twice the angle of half the difference over half the sum of
 * the unit vectors, which keeps its digits at every angle. Source: Kahan, How futile are mindless assessments (2006), section 12.
 */
export function angle(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [long, other] = [norm(a), norm(b)]
  if (long === 0 || other === 0) return 0
  let difference = 0
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] / long, b[i] / other]
    difference += (x - y) * (x - y)
    sum += (x + y) * (x + y)
  }
  const [opposite, adjacent] = [Math.sqrt(difference), Math.sqrt(sum)]
  const radians = opposite <= adjacent ? arcTangent(opposite / adjacent) : Math.PI / 2 - arcTangent(adjacent / opposite)
  return (360 * radians) / Math.PI
}

/** Of 0 to 1: the argument is halved until six terms of the series are exact. */
function arcTangent(t: number): number {
  let halved = t
  for (let i = 0; i < 5; i++) halved /= 1 + Math.sqrt(1 + halved * halved)
  const square = halved * halved
  const series = 1 - square * (1 / 3 - square * (1 / 5 - square * (1 / 7 - square * (1 / 9 - square / 11))))
  return 32 * halved * series
}
