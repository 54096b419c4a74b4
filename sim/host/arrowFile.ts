/** series.arrow: the daily fans and the told paths as one long table, the same bytes for the same numbers. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Data, Dictionary, Int32, RecordBatch, Table, Utf8 } from 'apache-arrow'
import type { Fan, NamedColumn, PathStory } from '../kernel/record.ts'

export interface Series {
  readonly fans: readonly Fan[]
  readonly storyColumns: readonly NamedColumn[]
  readonly stories: readonly PathStory[]
}

/** A run of rows: one fan, or one column of one story. */
interface Block {
  readonly kind: 'fan' | 'story'
  readonly column: string
  readonly path: number | null
  readonly days: Int32Array
  readonly probabilities: Float64Array | null
  readonly values: Float64Array
}

/** Key of what the rows do not say (units, meanings, bounds, reasons, events) in the file's own metadata. */
const describedKey = 'aidlab.series'

/** Rows: kind (fan or story), column, path (of stories), day, probability (of fans), value. */
export async function writeSeries(file: string, series: Series): Promise<void> {
  const arrow = await import('apache-arrow')
  const blocks = blocksOf(series)
  const names = [...new Set(blocks.map((block) => block.column))]
  const kinds = ['fan', 'story']
  // the numbers of dictionaries are given here: the library's own count up over the life of the process
  const kindType = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 0)
  const nameType = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 1)
  const fields = [
    new arrow.Field('kind', kindType, false),
    new arrow.Field('column', nameType, false),
    new arrow.Field('path', new arrow.Int32(), true),
    new arrow.Field('day', new arrow.Int32(), false),
    new arrow.Field('probability', new arrow.Float64(), true),
    new arrow.Field('value', new arrow.Float64(), false),
  ]
  const schema = new arrow.Schema(fields, new Map([[describedKey, JSON.stringify(describe(series))]]))
  const words = {
    kind: arrow.vectorFromArray(kinds, new arrow.Utf8()),
    name: arrow.vectorFromArray(names, new arrow.Utf8()),
  }
  const coded = (type: Dictionary<Utf8, Int32>, dictionary: typeof words.kind, code: number, length: number): Data =>
    arrow.makeData({ type, length, nullCount: 0, data: new Int32Array(length).fill(code), dictionary })
  const batches: RecordBatch[] = blocks.map((block) => {
    const length = block.values.length
    const absent = { length, nullCount: length, nullBitmap: new Uint8Array((length + 7) >> 3) }
    const children = [
      coded(kindType, words.kind, kinds.indexOf(block.kind), length),
      coded(nameType, words.name, names.indexOf(block.column), length),
      block.path === null
        ? arrow.makeData({ type: new arrow.Int32(), ...absent, data: new Int32Array(length) })
        : arrow.makeData({
            type: new arrow.Int32(),
            length,
            nullCount: 0,
            data: new Int32Array(length).fill(block.path),
          }),
      arrow.makeData({ type: new arrow.Int32(), length, nullCount: 0, data: block.days }),
      block.probabilities === null
        ? arrow.makeData({ type: new arrow.Float64(), ...absent, data: new Float64Array(length) })
        : arrow.makeData({ type: new arrow.Float64(), length, nullCount: 0, data: block.probabilities }),
      arrow.makeData({ type: new arrow.Float64(), length, nullCount: 0, data: block.values }),
    ]
    return new arrow.RecordBatch(
      schema,
      arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children }),
    )
  })
  const writer = new arrow.RecordBatchFileWriter()
  writer.reset(undefined, schema)
  for (const batch of batches) writer.write(batch)
  writer.finish()
  writeFileSync(file, await writer.toUint8Array())
}

function blocksOf({ fans, stories, storyColumns }: Series): Block[] {
  const days = (count: number, times: number): Int32Array =>
    Int32Array.from({ length: count * times }, (_, i) => Math.floor(i / times))
  const blocks: Block[] = fans.map((fan) => {
    const width = fan.probabilities.length
    const count = fan.values.length / width
    return {
      kind: 'fan',
      column: fan.name,
      path: null,
      days: days(count, width),
      probabilities: Float64Array.from(fan.values, (_, i) => fan.probabilities[i % width]),
      values: fan.values,
    }
  })
  for (const { path, series } of stories) {
    for (const { name } of storyColumns) {
      const values = series[name]
      blocks.push({ kind: 'story', column: name, path, days: days(values.length, 1), probabilities: null, values })
    }
  }
  return blocks
}

interface Described {
  readonly fans: readonly Omit<Fan, 'values'>[]
  readonly storyColumns: readonly NamedColumn[]
  readonly stories: readonly Omit<PathStory, 'series'>[]
}

function describe({ fans, storyColumns, stories }: Series): Described {
  return {
    fans: fans.map(({ values: _, ...fan }) => fan),
    storyColumns,
    stories: stories.map(({ series: _, ...story }) => story),
  }
}

/** Reads series.arrow back. @throws Error when the file is not one of aidlab. */
export async function readSeries(file: string): Promise<Series> {
  const { tableFromIPC } = await import('apache-arrow')
  const table: Table = tableFromIPC(readFileSync(file))
  const text = table.schema.metadata.get(describedKey)
  if (text === undefined) throw new Error(`${file} was not written by aidlab: it lacks ${describedKey}`)
  const { fans, storyColumns, stories }: Described = JSON.parse(text)
  let next = 0
  const take = (): Float64Array => {
    const batch = table.batches[next++]
    if (!batch) throw new Error(`${file} ends early: block ${next} is missing`)
    return Float64Array.from(batch.getChild('value')!.toArray() as Float64Array)
  }
  return {
    fans: fans.map((fan) => ({ ...fan, values: take() })),
    storyColumns,
    stories: stories.map((story) => ({
      ...story,
      series: Object.fromEntries(storyColumns.map(({ name }) => [name, take()])),
    })),
  }
}
