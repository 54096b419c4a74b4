/** aidlab gate: a policy in; a verdict, JUnit XML, Markdown, a folder and an exit status out. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorMarkdown, gateMarkdown } from '../../../reports/studies/gateMarkdown.ts'
import {
  boundsText,
  claimOf,
  confidenceSentence,
  plain,
  reasonOf,
  valueText,
  verdictSentence,
} from '../../../reports/studies/gateWords.ts'
import { errorJunit, gateJunit } from '../../../reports/studies/junit.ts'
import type { Subject } from '../../../scenarios/policy.ts'
import { shown } from '../../../scenarios/positions.ts'
import { InputError } from '../../kernel/errors.ts'
import type { GateAnswer, StatementAnswer } from '../../studies/gate/answer.ts'
import { type GateQuestion, gate as judge } from '../../studies/gate/gate.ts'
import { model as standard } from '../model.ts'
import { wholeOption } from '../numberOptions.ts'
import { mostPaths } from '../simulate.ts'
import { type AskedPolicy, askPolicy, readPolicy } from '../study/policyFile.ts'
import { type FinishedStudy, runStudy } from '../study/runStudy.ts'
import { showStudy } from '../study/showStudy.ts'
import { overridesOf, type StudyArguments } from '../study/studyOptions.ts'
import type { Terminal } from '../terminal.ts'
import { wrapped } from '../wrapped.ts'
import { requireWritable } from '../writable.ts'
import { interrupted } from './ending.ts'

export interface GateArguments extends StudyArguments {
  readonly budget?: string
  readonly junit?: string
  readonly markdown?: string
}

/** Names of the files in the folder of the study. */
const files = { junit: 'gate.xml', markdown: 'gate.md' } as const

/**
 * @returns 0 when every statement holds, 1 when one is broken or is undecided and fails, 130 after Ctrl-C
 * @throws InputError for a wrong question; files that were asked for then hold the error, never an older answer
 */
export async function gate(path: string, given: GateArguments, terminal: Terminal): Promise<number> {
  if (given.junit !== undefined) requireWritable(given.junit, '--junit')
  if (given.markdown !== undefined) requireWritable(given.markdown, '--markdown')
  for (const file of [given.junit, given.markdown]) if (file !== undefined) rmSync(file, { force: true })
  try {
    const asked = ask(path, given)
    const finished = await runStudy(studyOf(asked, given.set), given, terminal)
    if (finished === undefined) {
      tell(given, path, 'failed', 'stopped before all statements were decided')
      return interrupted
    }
    write(finished, given)
    show(finished, given, terminal)
    return finished.answer.passed ? 0 : 1
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const words = message === '' ? 'the program failed; its message is on standard error' : message
    tell(given, path, error instanceof InputError ? 'wrong question' : 'failed', words)
    throw error
  }
}

function ask(path: string, given: GateArguments): AskedPolicy {
  const { paths, days, seed, set } = overridesOf(given)
  const budget = wholeOption('--budget', given.budget, 2, mostPaths)
  if (paths === 1) throw new InputError('--paths is 1; one path bounds nothing: at least 2 are needed')
  return askPolicy(readPolicy(path), { paths, budget, days, seed, set }, standard)
}

function studyOf({ policy, scenario, baseline, paths, budget }: AskedPolicy, set: readonly string[]) {
  const { places, run: _run, scenario: _scenario, baseline: _baseline, ...identity } = policy
  const question: GateQuestion = {
    policy: { ...identity, places },
    plan: scenario.plan,
    scenario: labelOf(scenario.scenario.name, policy.scenario, set),
    baseline: baseline && {
      name: labelOf(baseline.scenario.name, policy.baseline, []),
      plan: baseline.plan,
      same: baseline.same,
    },
    paths,
    budget,
  }
  return {
    kind: 'gate' as const,
    name: policy.name,
    title: policy.question,
    question: { ...identity, paths, budget },
    scenarios: [scenario, ...(baseline ? [baseline] : [])].map(({ scenario: one, plan }) => ({ scenario: one, plan })),
    model: standard,
    study: (laboratory: Parameters<typeof judge>[1]) => judge(question, laboratory),
  }
}

/** A scenario with what is set besides, such as 'base with aidPool.depth=3e5'. */
function labelOf(name: string, subject: Subject | undefined, options: readonly string[]): string {
  const own = (subject?.set ?? [])
    .filter((one) => !options.some((option) => option.startsWith(`${one.name}=`)))
    .map((one) => `${one.name}=${shown(one.value)}`)
  const set = [...own, ...options]
  return set.length === 0 ? name : `${name} with ${set.join(', ')}`
}

/** The answer for machines and for a pull request, in the folder and wherever else it was asked for. */
function write({ answer, folder }: FinishedStudy<GateAnswer>, given: GateArguments): void {
  const [junit, markdown] = [gateJunit(answer), gateMarkdown(answer)]
  for (const file of [join(folder, files.junit), given.junit]) if (file !== undefined) put(file, junit)
  for (const file of [join(folder, files.markdown), given.markdown]) if (file !== undefined) put(file, markdown)
}

/** Files that were asked for say why there is no answer, so that their absence is never read as a pass. */
function tell(given: GateArguments, path: string, kind: 'wrong question' | 'failed', message: string): void {
  if (given.junit !== undefined) put(given.junit, errorJunit(path, kind, message))
  if (given.markdown !== undefined) put(given.markdown, errorMarkdown(path, kind, message))
}

function put(file: string, text: string): void {
  writeFileSync(`${file}.tmp`, text)
  renameSync(`${file}.tmp`, file)
}

function show(finished: FinishedStudy<GateAnswer>, given: GateArguments, terminal: Terminal): void {
  const { answer } = finished
  const head = [verdictSentence(answer), confidenceSentence(answer)].map((line) => wrapped(line)).join('\n')
  const text = (): string => plain([...answer.statements.map((one) => block(one, answer)), head].join('\n\n'))
  const statements = answer.statements.map((one) => ({ ...one, reason: plain(reasonOf(one, answer)) }))
  const json = { verdict: plain(verdictSentence(answer)), statements }
  showStudy(finished, given.json, terminal, text, { json })
}

/** Stands left of what is said of a statement; its verdict takes this place in the first line. */
const left = ' '.repeat(11)

/** A statement as lines of at most 80 columns. */
function block(statement: StatementAnswer, answer: GateAnswer): string {
  const { verdict, name } = statement
  const claim = claimOf(statement)
  const title = name === claim ? name : `${name}: ${claim}`
  const lines = [title, `${valueText(statement)} (${boundsText(statement)}), ${statement.method}`]
  const body = [...lines, reasonOf(statement, answer)].map((line) => wrapped(line, left)).join('\n')
  return verdict.padEnd(left.length) + body.trimStart()
}
