/** Numbers in sentences, for studies and for the reports of them. */

/** Fixed decimals, commas between thousands, a true minus sign and no negative zero. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  const [whole, fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = value < 0 && Number(text) !== 0 ? '−' : ''
  return sign + grouped + (fraction === undefined ? '' : `.${fraction}`)
}

/** A count of things: 3,700. */
export function counted(value: number): string {
  return fixed(value, 0)
}

/** As many decimals as a number has of its own: no zeros are added to a round one. */
export function unpadded(value: number): string {
  const [digits, exponent] = value.toExponential().split('e')
  const decimals = (digits.split('.')[1]?.length ?? 0) - Number(exponent)
  return fixed(value, Math.max(0, decimals))
}

/** A level such as 0.975 in per cent, without zeros at its end and without its sign: 97.5. */
export function percentOfLevel(level: number): number {
  return Number((level * 100).toPrecision(6))
}
