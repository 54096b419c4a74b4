/** Generations close in age share more of their luck: the correlation of two is rho0 to the power of the distance between them. */

/**
 * Lower Cholesky factor of the correlation rho0^|i - j|, in closed form: row i is rho0^i, then sqrt(1 - rho0²) rho0^(i - j).
 * Positive semi-definite for every rho0 in the bounds. Allocates; call it at the start of a run.
 * Source: Golub and Van Loan, Matrix Computations, section 4.2 (first-order autoregressive structure).
 *
 * @param rho0 correlation of neighbouring generations, 0 to 1
 * @param generations how many
 * @returns row-major generations × generations
 */
export function correlationFactor(rho0: number, generations: number): Float64Array {
  const factor = new Float64Array(generations * generations)
  const own = Math.sqrt((1 - rho0) * (1 + rho0))
  factor[0] = 1
  for (let i = 1; i < generations; i++) {
    for (let j = 0; j < i; j++) factor[i * generations + j] = rho0 * factor[(i - 1) * generations + j]!
    factor[i * generations + i] = own
  }
  return factor
}
