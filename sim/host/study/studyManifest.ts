/** The manifest of a study: what was asked, of which scenarios, by which version. */
import type { Scenario } from '../../../scenarios/scenario.ts'
import type { Plan } from '../../kernel/plan.ts'
import type { StudiedScenario, StudyKind, StudyManifest } from '../../studies/study.ts'
import { hashOf } from '../hash.ts'
import { commitOf, packageRoot, packageVersion, planHash } from '../manifest.ts'

export interface StudyQuestion {
  readonly kind: StudyKind
  /** One sentence for the head of the report. */
  readonly title: string
  /** What was asked, as plain data. */
  readonly question: unknown
  readonly scenarios: readonly { readonly scenario: Scenario; readonly plan: Plan }[]
}

/** SHA-256 of everything on which the answer depends. */
export function studyHash({ kind, question, scenarios }: StudyQuestion): string {
  return hashOf({ kind, question, plans: scenarios.map(({ plan }) => planHash(plan)), version: packageVersion() })
}

export function studyManifest(
  asked: StudyQuestion,
  timing: Omit<StudyManifest['timing'], 'finishedAt'>,
  complete: boolean,
): StudyManifest {
  const { kind, title, question } = asked
  return {
    format: 1,
    kind,
    title,
    question,
    studyHash: studyHash(asked),
    scenarios: asked.scenarios.map(studied),
    versions: { aidlab: packageVersion(), node: process.versions.node },
    commit: commitOf(packageRoot()),
    timing: { ...timing, finishedAt: new Date().toISOString() },
    complete,
  }
}

function studied({ scenario, plan }: StudyQuestion['scenarios'][number]): StudiedScenario {
  const { name, question, file, seed, days, ticksPerDay, start, normalForm } = scenario
  return { name, question, file, planHash: planHash(plan), seed, days, ticksPerDay, start, normalForm }
}
