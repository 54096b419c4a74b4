/** The loss explorer as data: what may be chosen, one number a path of each, and the Vega-Lite grammar of its two views. */

/** An amount or outcome that the explorer can show. */
export interface ExplorerField {
  readonly name: string
  /** Words with unit, as the choice reads. */
  readonly label: string
  readonly unit: string
  /** Which end is worse; null where neither is. */
  readonly bad: 'high' | 'low' | null
  /** One number a path, in display units. */
  readonly values: readonly number[]
}

export interface ExplorerData {
  /** Number of each path in the run, in the order of all columns. */
  readonly paths: readonly number[]
  /** What the histogram shows. */
  readonly measures: readonly ExplorerField[]
  /** What it is held against. */
  readonly drivers: readonly ExplorerField[]
}

/** Colours of the page, read when it is shown. */
export interface ExplorerColours {
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly accent: string
  readonly bad: string
}

/** Vega-Lite grammar of the explorer. @param width of the plotting area in pixels */
export function explorerSpecification(data: ExplorerData, width: number, colours: ExplorerColours): object {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: null,
    padding: 2,
    data: { name: 'paths', values: rowsOf(data) },
    params: [choice('measure', 'Show ', data.measures, 0), choice('driver', 'against ', data.drivers, 0)],
    transform: [
      { calculate: 'datum[measure]', as: 'shown' },
      { calculate: 'datum[driver]', as: 'held' },
    ],
    vconcat: [histogram(data, width, colours), scatter(data, width, colours)],
    spacing: 34,
    config: configuration(colours),
  }
}

/** One object a path, as the grammar wants them. */
function rowsOf(data: ExplorerData): Record<string, number>[] {
  const fields = [...data.measures, ...data.drivers]
  return data.paths.map((path, i) => ({
    path,
    ...Object.fromEntries(fields.map((field) => [field.name, field.values[i]])),
  }))
}

function choice(name: string, words: string, fields: readonly ExplorerField[], first: number): object {
  return {
    name,
    value: fields[first].name,
    bind: { input: 'select', name: words, options: fields.map((f) => f.name), labels: fields.map((f) => f.label) },
  }
}

/** The words of a chosen field above a view: titles of axes cannot follow a choice, marks can. */
function heading(
  param: 'measure' | 'driver',
  fields: readonly ExplorerField[],
  prefix: string,
  y: number,
  colour: string,
): object {
  const labels = JSON.stringify(Object.fromEntries(fields.map((f) => [f.name, prefix + f.label])))
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      align: 'left',
      x: 0,
      y,
      baseline: 'bottom',
      fontSize: 13,
      color: colour,
      text: { expr: `(${labels})[${param}]` },
    },
  }
}

function histogram(data: ExplorerData, width: number, colours: ExplorerColours): object {
  const x = { bin: { maxbins: 40 }, field: 'shown', axis: { title: null, format: ',.4~r', labelOverlap: true } }
  const y = { aggregate: 'count', axis: { title: null, tickCount: 5, format: ',d' }, scale: { type: 'sqrt' } }
  return {
    width,
    height: 170,
    layer: [
      {
        params: [{ name: 'brush', select: { type: 'interval', encodings: ['x'] } }],
        mark: { type: 'bar', color: colours.soft, opacity: 0.45, cursor: 'col-resize' },
        encoding: { x, y },
      },
      {
        transform: [{ filter: { param: 'brush' } }],
        mark: { type: 'bar', color: colours.accent },
        encoding: { x, y },
      },
      heading('measure', data.measures, 'Number of paths (square-root scale) by: ', -8, colours.ink),
    ],
  }
}

function scatter(data: ExplorerData, width: number, colours: ExplorerColours): object {
  const axis = { title: null, format: ',.4~r', tickCount: 6 }
  return {
    width,
    height: 260,
    layer: [
      {
        mark: { type: 'point', filled: true, size: 26 },
        encoding: {
          x: { field: 'shown', type: 'quantitative', axis, scale: { zero: false } },
          y: { field: 'held', type: 'quantitative', axis, scale: { zero: false } },
          color: { condition: { param: 'brush', value: colours.accent }, value: colours.soft },
          opacity: { condition: { param: 'brush', value: 0.75 }, value: 0.15 },
          tooltip: [
            { field: 'path', type: 'quantitative', title: 'Path', format: 'd' },
            { field: 'shown', type: 'quantitative', title: 'Across', format: ',.5~r' },
            { field: 'held', type: 'quantitative', title: 'Up', format: ',.5~r' },
          ],
        },
      },
      heading('driver', data.drivers, 'Up: ', -8, colours.ink),
      heading('measure', data.measures, 'Across: ', 300, colours.ink),
    ],
  }
}

function configuration(colours: ExplorerColours): object {
  return {
    font: 'system-ui, sans-serif',
    view: { stroke: null },
    axis: {
      domainColor: colours.line,
      gridColor: colours.line,
      tickColor: colours.line,
      labelColor: colours.soft,
      titleColor: colours.soft,
      titleFontWeight: 'normal',
      labelFontSize: 12,
      titleFontSize: 12,
    },
  }
}
