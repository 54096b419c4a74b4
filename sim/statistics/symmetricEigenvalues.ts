/** Eigenvalues of small symmetric matrices. */

const mostSweeps = 60

/**
 * Eigenvalues by cyclic Jacobi rotations, ascending. Source: Golub and Van Loan, Matrix Computations, section 8.5.
 * @param matrix row-major n × n, symmetric; not changed
 * @throws RangeError when the matrix has another size
 */
export function symmetricEigenvalues(matrix: ArrayLike<number>, n: number): Float64Array {
  if (matrix.length !== n * n) throw new RangeError(`invalid matrix: ${matrix.length} numbers; ${n} × ${n} wanted`)
  const a = Float64Array.from(matrix)
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, n, p, q)
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i]).sort()
}

/** Zeroes the entry (p, q) by a rotation in the plane of p and q. */
function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const entry = a[p * n + q]
  const diagonal = Math.abs(a[p * n + p]) + Math.abs(a[q * n + q])
  // what no longer changes the diagonal in float64 is zero
  if (diagonal + Math.abs(entry) === diagonal) {
    a[p * n + q] = 0
    a[q * n + p] = 0
    return
  }
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * entry)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const [left, right] = [a[k * n + p], a[k * n + q]]
    a[k * n + p] = c * left - s * right
    a[k * n + q] = s * left + c * right
  }
  for (let k = 0; k < n; k++) {
    const [upper, lower] = [a[p * n + k], a[q * n + k]]
    a[p * n + k] = c * upper - s * lower
    a[q * n + k] = s * upper + c * lower
  }
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0
  for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) sum += Math.abs(a[p * n + q])
  return sum
}
