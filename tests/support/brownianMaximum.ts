/** The highest daily value of a Brownian motion, by quadrature. */
import { exp } from '../../sim/kernel/maths/elementary.ts'
import { normalCdf } from '../../sim/kernel/maths/normal.ts'

/** P(the highest of `days` daily values of a Brownian motion over a year is at least `bar`), good to some 1e-5 of itself from 500 cells on. */
export function dailyMaximum(days: number, bar: number, cells: number): number {
  // Richardson: the error of the rule falls with the square of its cells.
  return (4 * byTrapezoids(days, bar, 2 * cells) - byTrapezoids(days, bar, cells)) / 3
}

/** The density of those still below is carried from day to day on a grid. */
function byTrapezoids(days: number, bar: number, cells: number): number {
  const step = Math.sqrt(1 / days)
  const low = -4.5
  const h = (bar - low) / cells
  const reach = Math.ceil((7 * step) / h)
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) => exp(-0.5 * ((k * h) / step) ** 2))
  const scale = h / (step * Math.sqrt(2 * Math.PI))
  let density = Float64Array.from(
    { length: cells + 1 },
    (_, i) => exp(-0.5 * ((low + i * h) / step) ** 2) / (step * Math.sqrt(2 * Math.PI)),
  )
  let above = 1 - normalCdf(bar / step)
  for (let day = 1; day < days; day++) {
    const next = new Float64Array(cells + 1)
    for (let i = 0; i <= cells; i++) {
      const weight = density[i] * scale * (i === cells ? 0.5 : 1)
      if (weight === 0) continue
      above += density[i] * h * (i === cells ? 0.5 : 1) * (1 - normalCdf((bar - (low + i * h)) / step))
      for (let k = Math.max(-reach, -i); k <= Math.min(reach, cells - i); k++)
        next[i + k] += weight * kernel[Math.abs(k)]
    }
    density = next
  }
  return above
}
