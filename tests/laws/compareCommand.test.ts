/** The comparison as a command: what it refuses, and that its answer depends on nothing but the question. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { plainSpaces } from '../../sim/host/textTable.ts'
import { aidlab } from '../support/commandLine.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)
const inside = (name: string): string => join(folder, name)

mkdirSync(folder, { recursive: true })
writeFileSync(inside('coarse.yaml'), 'name: coarse\nquestion: q\nextends: base\nrun: { ticksPerDay: 2 }\n')
writeFileSync(inside('late.yaml'), 'name: late\nquestion: q\nextends: base\nrun: { start: 2026-08-01 }\n')
writeFileSync(inside('lucky.yaml'), 'name: lucky\nquestion: q\nextends: base\nrun: { seed: other }\n')
writeFileSync(inside('long.yaml'), 'name: long\nquestion: q\nextends: base\nrun: { days: 400 }\n')

describe('aidlab compare', () => {
  it.each([
    ['nothing to compare with', ['base'], 'aidlab: compare base with what? name a second scenario, or what changes'],
    [
      'a change of one of two',
      ['base', 'pilot', '--with', 'aid.redeemFee=0'],
      'aidlab: --with aid.redeemFee=0 changes the one scenario that is named, and base and pilot are two; write --set-b aid.redeemFee=0',
    ],
    [
      'a second set without a second scenario',
      ['base', '--with', 'aid.redeemFee=0', '--set-b', 'aid.mintFee=0'],
      'with one, write --with aid.mintFee=0',
    ],
    [
      'a misspelt parameter',
      ['base', '--with', 'aid.redeemFe=0'],
      'aidlab: --with aid.redeemFe=0: unknown parameter of aid: redeemFe; did you mean redeemFee?',
    ],
    [
      'a value out of bounds of the second',
      ['base', 'pilot', '--set-b', 'aid.redeemFee=7'],
      'aidlab: --set-b aid.redeemFee=7: aid.redeemFee is 7, out of bounds; it must lie from 0 to 1',
    ],
    [
      'no change at all',
      ['base', '--with', 'aidPool.depth=2e6', '--days', '1', '--paths', '4'],
      'ask the same; change something',
    ],
    ['other ticks', ['base', inside('coarse.yaml')], 'has ticksPerDay 24 and'],
    ['another start', ['base', inside('late.yaml')], 'give both the same run.start'],
    ['another seed', ['base', inside('lucky.yaml')], 'only where both have the same: give --seed'],
    ['another length', ['base', inside('long.yaml')], 'only where both have the same: give --days'],
    [
      'one path',
      ['base', '--with', 'aidPool.depth=4e6', '--paths', '1'],
      '--paths is 1; a comparison needs at least 2 paths',
    ],
    ['an unknown scenario', ['base', 'bse'], 'unknown scenario: bse; did you mean base?'],
  ])('refuses %s with status 2', async (_, words, message) => {
    const { status, said } = await aidlab('compare', ...words, '--out', inside('refused'), '--threads', '0')
    expect(said).toContain(message)
    expect(status).toBe(2)
  })

  it('writes a table, a folder and a report, the same bytes for any threads, and the seed of both is one', async () => {
    const words = ['compare', 'base', inside('lucky.yaml'), '--seed', '7', '--set-b', 'aidPool.depth=1e5']
    const size = ['--paths', '12', '--days', '40']
    const one = await aidlab(...words, ...size, '--threads', '0', '--out', inside('one'))
    expect(one.said).not.toContain('failed')
    expect(one.status).toBe(0)
    const two = await aidlab(...words, ...size, '--threads', '2', '--batch', '5', '--out', inside('two'), '--no-report')
    expect(two.status).toBe(0)
    for (const file of ['study.json', 'differences.parquet', 'flips.parquet'])
      expect(readFileSync(inside(`one/${file}`)).equals(readFileSync(inside(`two/${file}`))), file).toBe(true)
    expect(one.out).toContain('aidPool.depth: 2000000 → 100000 USD')
    expect(one.out).toContain('12 paths, the same luck under both')
    const answer = JSON.parse(readFileSync(inside('one/study.json'), 'utf8'))
    expect(answer.changes).toHaveLength(1)
    expect(answer.tables).toBeUndefined()
    const page = readFileSync(inside('one/report.html'), 'utf8')
    expect(page).not.toMatch(/NaN|undefined|\[object/)
    expect(page).toContain('Every failure is the same on every path.')
    expect(plainSpaces(page)).toContain('What follows from the depth of the AID pool at 0.1 M USD instead of 2 M USD?')
  }, 120_000)

  it('gives for a told path the commands that simulate the same two courses again', async () => {
    const words = [
      'compare',
      'base',
      '--with',
      'aidPool.depth=20000',
      '--days',
      '25',
      '--paths',
      '12',
      '--threads',
      '0',
    ]
    const compared = await aidlab(...words, '--no-report', '--json', '--out', inside('flips'))
    expect(compared.status, compared.said).toBe(0)
    const answer = JSON.parse(compared.out)
    expect(answer.inWords).toMatch(/^With the depth of the AID pool at 0\.02 M USD instead of 2 M USD, /)
    const [told] = answer.told
    for (const side of ['first', 'second'] as const) {
      const [run, replay] = told.replay[side].map((line: string) => line.split(' ').slice(1))
      const here = (one: string[]) => one.map((word) => word.replace(/^runs\//, `${folder}/`))
      expect((await aidlab(...here(run), '--threads', '0')).status).toBe(0)
      const alone = await aidlab(...here(replay), '--json')
      expect(alone.status, alone.said).toBe(0)
      const { path, columns } = JSON.parse(alone.out)
      expect(path).toBe(told.path)
      expect(told.courses.length).toBeGreaterThan(0)
      for (const course of told.courses) {
        const { values } = columns.find(({ name }: { name: string }) => name === course.column)
        expect(values, course.column).toEqual(course[side])
      }
    }
  }, 120_000)
})
