/** Runs in the reader's browser: draws the loss explorer from the data in the page, without making code from text. */
import embed, { type VisualizationSpec } from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import { clopperPearson } from '../../sim/statistics/intervals.ts'
import { amount, counted, percent } from '../format.ts'
import { type ExplorerColours, type ExplorerData, explorerSpecification } from './specification.ts'

interface Elements {
  readonly view: HTMLElement
  readonly words: HTMLElement
}

/** Signals of the view that the words depend on. */
interface Chosen {
  readonly measure: string
  readonly brush: Readonly<Record<string, readonly [number, number]>>
}

function start(): void {
  const view = document.getElementById('explorer-view')
  const words = document.getElementById('explorer-words')
  const text = document.getElementById('explorer-data')?.textContent
  if (!view || !words || !text) return
  const data = JSON.parse(text) as ExplorerData
  const draw = (): void => {
    show(data, { view, words }).catch((error: unknown) => {
      words.textContent = `The explorer could not be drawn: ${error instanceof Error ? error.message : String(error)}`
    })
  }
  draw()
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
}

async function show(data: ExplorerData, elements: Elements): Promise<void> {
  const room = elements.view.clientWidth
  const specification = explorerSpecification(data, Math.max(200, Math.min(680, room - 60)), pageColours())
  const { view } = await embed(elements.view, specification as VisualizationSpec, {
    actions: false,
    renderer: 'svg',
    ast: true,
    expr: expressionInterpreter,
    // errors only: a range without paths is no reason to warn
    logLevel: 1,
  })
  const tell = (): void => {
    const chosen: Chosen = { measure: view.signal('measure'), brush: view.signal('brush') }
    elements.words.textContent = selectionInWords(data, chosen)
  }
  view.addSignalListener('brush', tell)
  view.addSignalListener('measure', tell)
  tell()
}

/** How many paths are chosen, how sure their share is, and which of them are worst. */
function selectionInWords(data: ExplorerData, chosen: Chosen): string {
  const field = data.measures.find((f) => f.name === chosen.measure) ?? data.measures[0]
  const range = chosen.brush?.['shown']
  const scale = { factor: 1, unit: field.unit }
  const inside = data.paths
    .map((path, i) => ({ path, value: field.values[i] }))
    .filter(({ value }) => !range || (value >= Math.min(...range) && value <= Math.max(...range)))
  const n = data.paths.length
  const share = clopperPearson(inside.length, n, 0.95)
  const worst = [...inside]
    .sort((a, b) => (field.bad === 'low' ? a.value - b.value : b.value - a.value))
    .slice(0, 5)
    .map(({ path, value }) => `${path} (${amount(value, scale)} ${field.unit})`)
  const where = range
    ? `between ${amount(Math.min(...range), scale)} and ${amount(Math.max(...range), scale)} ${field.unit}`
    : 'in all (drag over the bars to choose some)'
  return `${counted(inside.length)} of ${counted(n)} paths ${where}: ${percent(inside.length / n)}, 95 % interval ${percent(share.lower)} to ${percent(share.upper)}.${
    worst.length > 0 ? ` Worst of them, by number of path: ${worst.join(', ')}.` : ''
  }`
}

function pageColours(): ExplorerColours {
  const computed = getComputedStyle(document.documentElement)
  const read = (name: string): string => computed.getPropertyValue(`--${name}`).trim()
  return { ink: read('ink'), soft: read('soft'), line: read('line'), accent: read('accent'), bad: read('bad') }
}

start()
