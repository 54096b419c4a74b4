/** Reports of the made-up record, for the tests that read them. */
import { JSDOM } from 'jsdom'
import { metrics } from '../../models/metrics.ts'
import { renderStressReport } from '../../reports/stressReport.ts'
import type { RunRecord } from '../../sim/kernel/record.ts'
import { type FakeOptions, fakeRecord } from './fakeRecord.ts'

/** The report of a record. @param explorerScript the bundled explorer, if the report shall carry one */
export function reportOf(record: RunRecord, explorerScript?: string): string {
  const { document } = new JSDOM('').window
  return renderStressReport(record, { document, metrics, explorerScript })
}

/** The report of a made-up record. */
export function fakeReport(options: FakeOptions = {}, explorerScript?: string): string {
  return reportOf(fakeRecord(options), explorerScript)
}

/** A report as a document, without its scripts' text. */
export function parsed(report: string): Document {
  return new JSDOM(report).window.document
}
