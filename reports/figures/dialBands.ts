/** Bars that belong to a dial, under one name: beside them where there is room, above them where there is not. */
import * as Plot from '@observablehq/plot'
import type { Frame } from '../figure.ts'
import { colours } from '../plot.ts'

const nameOf = (dial: string): string => `${dial} name`

/** Bands from top to bottom: on narrow drawings the bars of each dial have one more above them for its name. */
export function dialBands<B extends { readonly dial: string }>(
  bars: readonly B[],
  place: (bar: B) => string,
  frame: Frame,
): string[] {
  return bars.flatMap((bar, i) => {
    const isFirst = bars.findIndex(({ dial }) => dial === bar.dial) === i
    return frame.narrow && isFirst ? [nameOf(bar.dial), place(bar)] : [place(bar)]
  })
}

/** Pixels beside the bars for the names. */
export const namesWidth = 252

/** The names. @param first what the band of a dial's first bar has behind its name @param name what it is called */
export function dialNames(
  dials: readonly string[],
  first: string,
  frame: Frame,
  name: (dial: string) => string,
): Plot.Markish {
  return Plot.text(dials, {
    y: (dial: string) => (frame.narrow ? nameOf(dial) : `${dial}${first}`),
    text: name,
    lineWidth: frame.narrow ? 24 : 18,
    textOverflow: 'ellipsis',
    frameAnchor: 'left',
    textAnchor: frame.narrow ? 'start' : 'end',
    dx: frame.narrow ? 0 : -8,
    dy: frame.narrow ? 2 : 9,
    fill: colours.ink,
    fontWeight: 600,
  })
}
