/** Lengths and angles of short vectors. */

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a))
}

/** Angle between two vectors, degrees; 0 where one of them is zero. */
export function angle(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const lengths = norm(a) * norm(b)
  if (lengths === 0) return 0
  return (arcCosine(Math.max(-1, Math.min(1, dot(a, b) / lengths))) * 180) / Math.PI
}

/** Chord to arc: 2 asin(chord/2) by halving the angle until the series is exact. */
function arcCosine(cosine: number): number {
  let half = cosine
  let doublings = 0
  for (; half < 0.999999 && doublings < 40; doublings++) half = Math.sqrt((1 + half) / 2)
  const chord = Math.sqrt(Math.max(0, 2 - 2 * half))
  return (doublings === 0 ? chord : chord * (1 + (chord * chord) / 24)) * powerOfTwo(doublings)
}

function powerOfTwo(exponent: number): number {
  let power = 1
  for (let i = 0; i < exponent; i++) power *= 2
  return power
}
