/**
 * aidlab as a library, for Node and browsers alike: the economy of AID and sAID, the kernel that simulates it, statistics,
 * studies and scenarios. Files and threads are in 'aidlab/node'.
 *
 * ```ts
 * import { economy, headline, metrics, openBatchWork, planOf, record, resolveScenario, fromLibrary, loader } from 'aidlab'
 * const { text, file } = fromLibrary('base')
 * const noFiles = loader((path) => { throw new Error(`no files here: ${path}`) })
 * const scenario = resolveScenario(text, file, noFiles, { paths: 100 }, economy)
 * const work = openBatchWork(economy, planOf(scenario, economy), record, 100)
 * const outcomes = work.run(0, 100)
 * ```
 */
export { metrics } from './models/metrics.ts'
export { record, storyColumns } from './models/record.ts'
export { type StoryEvent, tellStory } from './models/story.ts'
export { type Dial, dialOf, type Turn, turned } from './scenarios/dials.ts'
export { fromLibrary, isPath, libraryNames, loader } from './scenarios/library.ts'
export {
  describeShocks,
  type Load,
  type Overrides,
  planOf,
  resolveScenario,
  type Scenario,
  scenarioFrom,
} from './scenarios/scenario.ts'
export { scenarioSchema } from './scenarios/schema.ts'
export { type BatchWork, openBatchWork } from './sim/host/batchWork.ts'
export { type BrowserOptions, simulateInBrowser } from './sim/host/browser.ts'
export { economy, type Model, model } from './sim/host/model.ts'
export type { OutcomeSink } from './sim/host/outcomeSink.ts'
export type { PathRange } from './sim/host/ranges.ts'
export {
  type Checkpoint,
  type Checkpointing,
  mostPaths,
  mostThreads,
  type Progress,
  type Simulation,
} from './sim/host/schedule.ts'
export { serveBatches } from './sim/host/serveBatches.ts'
export { type Replay, replayPath } from './sim/host/stories.ts'
export { civilDate, dayNumber, formatDate, isBusinessDay, parseDate } from './sim/kernel/calendar.ts'
export type * from './sim/kernel/declarations.ts'
export {
  defineEconomy,
  type Economy,
  type EconomyColumns,
  type EconomyDeclaration,
  type Meeting,
  type MeetingContext,
  type Rooms,
  type Wires,
} from './sim/kernel/economy.ts'
export { InputError, LawError } from './sim/kernel/errors.ts'
export { makePlan, mostDays, type Plan } from './sim/kernel/plan.ts'
export { seedKey } from './sim/kernel/random/seed.ts'
export type * from './sim/kernel/record.ts'
export { defineRoom, type OpenedRoom, type Room, type RoomContext } from './sim/kernel/room.ts'
export { lawTolerance, Simulator, type SimulatorOptions } from './sim/kernel/simulator.ts'
export * from './sim/statistics/histogram.ts'
export * from './sim/statistics/intervals.ts'
export * from './sim/statistics/kupiec.ts'
export * from './sim/statistics/means.ts'
export * from './sim/statistics/orderStatistics.ts'
export * from './sim/statistics/pairedProportions.ts'
export * from './sim/statistics/quantileError.ts'
export * from './sim/statistics/rankingSelection.ts'
export * from './sim/statistics/sequential.ts'
export * from './sim/statistics/sizing.ts'
export * from './sim/statistics/tailRisk.ts'
export * from './sim/statistics/timeAverage.ts'
export * from './sim/statistics/weights.ts'
export { type CompareAnswer, type CompareQuestion, compare } from './sim/studies/compare/compare.ts'
export { FanCounter, fanProbabilities, fansOf } from './sim/studies/fans.ts'
export type { GateAnswer, Verdict } from './sim/studies/gate/answer.ts'
export { type GateQuestion, gate } from './sim/studies/gate/gate.ts'
export * from './sim/studies/headline.ts'
export type { Cell, Laboratory, Simulate, TidyTable } from './sim/studies/laboratory.ts'
export { evaluateMetric, type Metric, type OutcomeColumns } from './sim/studies/metric.ts'
export type { ReverseAnswer } from './sim/studies/reverse/answer.ts'
export type { ReverseQuestion } from './sim/studies/reverse/question.ts'
export { reverse } from './sim/studies/reverse/reverse.ts'
export type { SensitivityAnswer } from './sim/studies/sensitivity/answer.ts'
export type { SensitivityQuestion } from './sim/studies/sensitivity/question.ts'
export { sensitivity } from './sim/studies/sensitivity/sensitivity.ts'
export type { SizeAnswer } from './sim/studies/size/answer.ts'
export type { SizeQuestion } from './sim/studies/size/question.ts'
export { size } from './sim/studies/size/size.ts'
export { type SweepQuestion, sweepQuestion } from './sim/studies/sweep/question.ts'
export { type SweepAnswer, sweep } from './sim/studies/sweep/sweep.ts'
export type { TailsAnswer } from './sim/studies/tails/answer.ts'
export type { TailsQuestion } from './sim/studies/tails/question.ts'
export { tails } from './sim/studies/tails/tails.ts'
export { type ToldPath, worstPaths } from './sim/studies/worstPaths.ts'
