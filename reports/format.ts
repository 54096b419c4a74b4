/** Numbers as readers see them: few digits, thousands apart, units always beside them, a true minus sign. */
import { counted, fixed, percentOfLevel } from '../sim/studies/numberWords.ts'

export { counted, fixed, percentOfLevel }

/** How a column is shown: each value is multiplied by `factor` and followed by `unit`. */
export interface Scale {
  readonly factor: number
  /** Unit as printed, such as '%' or 'M USD'. */
  readonly unit: string
  /** Fixed number of decimals, where the size of a value does not decide. */
  readonly decimals?: number
}

const large: readonly (readonly [number, number, string])[] = [
  [1e9, 1e-9, 'bn '],
  [1e6, 1e-6, 'M '],
  [1e4, 1e-3, 'k '],
]

/**
 * The scale of a column from its declared unit and its largest magnitude: shares in per cent, money in thousands or millions,
 * prices with four decimals.
 */
export function scaleOf(unit: string, largest: number): Scale {
  if (unit === '1') return { factor: 100, unit: '%' }
  if (unit === '1/year') return { factor: 100, unit: '%/year' }
  if (/^(USD|USDC|AID)$/.test(unit)) {
    const step = large.find(([from]) => largest >= from)
    if (step) return { factor: step[1], unit: step[2] + unit }
    return largest > 0.05 && largest < 20 ? { factor: 1, unit, decimals: 4 } : { factor: 1, unit }
  }
  if (unit.includes('/share')) return { factor: 1, unit, decimals: 4 }
  return { factor: 1, unit: countable.includes(unit) ? `${unit}s` : unit }
}

/** Units that are declared in the singular and read in the plural beside any number but 1. */
const countable: readonly string[] = ['deal', 'holder', 'borrower', 'looper', 'day']

/** Largest finite magnitude of some values, 0 when there is none. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i])
    if (size > largest && Number.isFinite(size)) largest = size
  }
  return largest
}

/** A value in its scale, without its unit. */
export function amount(value: number, scale: Scale): string {
  const shown = value * scale.factor
  if (!Number.isFinite(shown)) return shown > 0 ? '∞' : '−∞'
  const isWhole = Number.isInteger(shown) && (shown === 0 || !scale.unit.startsWith('%'))
  return fixed(shown, scale.decimals ?? (isWhole ? 0 : decimalsOf(shown)))
}

/** A value in its scale with its unit, which a line never breaks apart. */
export function withUnit(value: number, scale: Scale): string {
  const text = amount(value, scale)
  const one = scale.unit.slice(0, -1)
  return `${text}\u00a0${text === '1' && countable.includes(one) ? one : scale.unit}`
}

/** 'a to b unit', with as many digits as it takes to tell two different ends apart. */
export function rangeText(lower: number, upper: number, scale: Scale): string {
  let [from, to] = [amount(lower, scale), amount(upper, scale)]
  for (let decimals = 3; from === to && lower !== upper && decimals <= 8; decimals++) {
    from = fixed(lower * scale.factor, decimals)
    to = fixed(upper * scale.factor, decimals)
  }
  return `${from} to ${to}\u00a0${scale.unit}`
}

function decimalsOf(value: number): number {
  const size = Math.abs(value)
  if (size >= 1000 || size === 0) return 0
  if (size >= 10) return 1
  if (size >= 0.095) return 2
  const exponent = Number(size.toExponential(1).split('e')[1])
  return Math.min(8, 1 - exponent)
}

/** A measured share in per cent, with the digits of a measurement: '0.35 %', '95.0 %'. */
export function percent(value: number): string {
  return withUnit(value, { factor: 100, unit: '%' })
}

/** The number of paths that a tail asks for, rounded up to two digits so that nobody reads more into it: 3,688 gives 3,700. */
export function roundedUpPaths(paths: number): string {
  const step = Math.max(1, powerOfTenBelow(paths) / 10)
  return counted(Math.ceil(paths / step) * step)
}

/** 'one', 'two' … for small counts in sentences. */
export function inWords(count: number): string {
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  return words[count] ?? counted(count)
}

/** A number of an axis, with as many decimals as the most precise of its ticks. */
export function axisNumber(value: number, _index = 0, ticks: ArrayLike<number> = [value]): string {
  let decimals = 0
  for (let i = 0; i < ticks.length; i++) {
    const fraction = String(Number(ticks[i].toPrecision(8))).split('.')[1] ?? ''
    decimals = Math.max(decimals, fraction.includes('e') ? 0 : fraction.length)
  }
  return fixed(value, decimals)
}

/** Axis numbers that carry their per cent sign; other units stand in the line above the figure. */
export function axisNumberWith(scale: Scale): typeof axisNumber {
  const suffix = scale.unit === '%' ? '\u00a0%' : ''
  return (value, index, ticks) => axisNumber(value, index, ticks) + suffix
}

/** The largest power of ten that is not above a positive number. */
export function powerOfTenBelow(value: number): number {
  return Number(`1e${value.toExponential().split('e')[1]}`)
}

/** 'p %' of a level such as 0.975, without zeros at its end; six digits at most. */
export function levelText(level: number): string {
  return `${percentOfLevel(level)}\u00a0%`
}
