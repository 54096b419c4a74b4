/**
 * aidlab as a library on Node: everything of 'aidlab', and files and threads besides.
 *
 * ```ts
 * import { askScenario, model, readRun, runToFolder, simulate } from 'aidlab/node'
 * const { plan, model: asked, scenario } = askScenario('scenarios/base.yaml', { paths: 500 }, model)
 * const { outcomes, fans } = await simulate(asked.economy, plan, asked.record, { paths: scenario.paths, threads: 2 })
 * ```
 */
export * from './index.ts'
export { type CaseResult, evaluateCases } from './sim/host/commands/validate.ts'
export { hashOf } from './sim/host/hash.ts'
export { planHash, type Question } from './sim/host/manifest.ts'
export { readPaths, type StoredPaths } from './sim/host/parquetFile.ts'
export { readRun } from './sim/host/readRun.ts'
export { type RunOptions, type RunResult, runToFolder } from './sim/host/run.ts'
export { runFiles } from './sim/host/runFolder.ts'
export { type Asked, askManifest, askScenario } from './sim/host/scenarioFiles.ts'
export { type SimulateOptions, simulate } from './sim/host/simulate.ts'
export { type HostLaboratory, openLaboratory, type StudyProgress } from './sim/host/study/hostLaboratory.ts'
export type { PoolOptions } from './sim/host/study/pool.ts'
export type { EconomyModule } from './sim/host/threadMessages.ts'
