/** aidlab replay: one path of a run as a story, day by day, bit for bit. */
import { formatDate } from '../../kernel/calendar.ts'
import { LawError } from '../../kernel/errors.ts'
import { namedColumn } from '../../studies/fans.ts'
import { jsonText } from '../json.ts'
import { model as standardModel } from '../model.ts'
import { wholeOption } from '../numberOptions.ts'
import { readManifest } from '../runFolder.ts'
import { type Asked, askManifest } from '../scenarioFiles.ts'
import { mostPaths } from '../simulate.ts'
import { emptySeries, replayPath } from '../stories.ts'
import { storyTable } from '../storyTable.ts'
import { sayWords, type Terminal } from '../terminal.ts'

export interface ReplayArguments {
  readonly json?: boolean
  /** Prints every day instead of the summary. */
  readonly daily?: boolean
}

/** @returns 0, or 3 when a law breaks on the path; the days before it are told all the same */
export async function replay(
  folder: string,
  path: string,
  given: ReplayArguments,
  terminal: Terminal,
): Promise<number> {
  const number = wholeOption('PATH', path, 0, mostPaths - 1)!
  const manifest = readManifest(folder.replace(/\/+$/, ''))
  const asked = askManifest(manifest, standardModel)
  if (number >= manifest.paths) {
    sayWords(
      terminal,
      `path ${number} is not in the run, whose paths are 0 to ${manifest.paths - 1}; it is simulated anew`,
    )
  }
  const told = simulateAlone(asked, number)
  if (given.json) terminal.out(jsonText(plain(asked, number, told)))
  else terminal.out(storyTable(asked, number, told, given.daily ?? false, terminal.colours))
  if (told.broken) sayWords(terminal, told.broken.message, 'aidlab: ')
  return told.broken ? 3 : 0
}

export interface ToldPath {
  /** Days that the laws held. */
  readonly days: number
  readonly series: Readonly<Record<string, Float64Array>>
  readonly outcomes: Readonly<Record<string, number>>
  readonly events: readonly { readonly day: number; readonly text: string }[]
  readonly broken?: LawError
}

/** One path alone, up to its end or to the law that breaks. */
export function simulateAlone({ plan, model }: Asked, path: number): ToldPath {
  const { economy, storyColumns, record, tell } = model
  const kept = emptySeries(plan, storyColumns)
  let days = 0
  const onDay = (day: number): void => {
    days = day + 1
  }
  const cut = (): Record<string, Float64Array> =>
    Object.fromEntries(Object.entries(kept).map(([name, values]) => [name, values.subarray(0, days)]))
  try {
    const { outcomes } = replayPath(economy, plan, path, storyColumns, record.outcomes, onDay, kept)
    return { days, series: kept, outcomes, events: tell(kept) }
  } catch (error) {
    if (!(error instanceof LawError)) throw error
    const series = cut()
    return { days, series, outcomes: {}, events: days > 0 ? tell(series) : [], broken: error }
  }
}

/** The story as JSON: events, outcomes, and each column day by day. */
function plain({ scenario, plan, model }: Asked, path: number, told: ToldPath): unknown {
  const date = (day: number): string => formatDate(plan.startDay + day)
  return {
    scenario: scenario.name,
    path,
    start: date(0),
    days: told.days,
    events: told.events.map(({ day, text }) => ({ day, date: date(day), text })),
    outcomes: told.outcomes,
    columns: Object.keys(told.series).map((name) => ({
      ...namedColumn(model.economy, name),
      values: Array.from(told.series[name]),
    })),
    ...(told.broken && { broken: { law: told.broken.law, day: told.broken.day, message: told.broken.message } }),
  }
}
