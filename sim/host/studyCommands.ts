/** The commands that ask questions of many runs; each is loaded when it is called. */
import type { Command } from 'commander'
import type { StudyArguments } from './study/studyOptions.ts'
import type { Terminal } from './terminal.ts'

type End = (status: number) => void

/** Adds every study to the program. @param end receives the exit status */
export function addStudies(aidlab: Command, terminal: Terminal, end: End): void {
  addGate(aidlab, terminal, end)
}

function addGate(aidlab: Command, terminal: Terminal, end: End): void {
  const gate = aidlab
    .command('gate')
    .description('judge a scenario by a policy: pass, breach or undecided for each statement; status 1 refuses')
    .argument('<policy>', 'a .yaml file of statements, such as scenarios/policies/base.yaml')
  withStudyOptions(gate)
    .option('--budget <n>', 'most paths, all looks together; --paths is the first look')
    .option('--junit <file>', 'write JUnit XML there too')
    .option('--markdown <file>', 'write the summary for a pull request there too')
    .action(async (policy: string, options) =>
      end(await (await import('./commands/gate.ts')).gate(policy, options, terminal)),
    )
}

/** An option that may be given several times. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** Adds the options that every study has. @param scenario false where scenarios have options of their own */
export function withStudyOptions(command: Command): Command {
  return command
    .option('--paths <n>', 'number of simulated paths a cell')
    .option('--days <n>', 'length of each path in days')
    .option('--seed <seed>', 'seed of all luck: a whole number or a text')
    .option('--set <room.parameter=value>', 'change a parameter; may be given several times', collect, [])
    .option('--threads <n>', 'worker threads, at most 64; 0 stays in one thread (default: one a core)')
    .option('--batch <n>', 'paths a batch; changes the pace only')
    .option('--out <folder>', 'folder of the study (default: studies/KIND-NAME-HASH)')
    .option('--resume', 'go on with a study that was stopped; finished cells are not simulated again')
    .option('--force', 'replace an unfinished study, or another one of that folder')
    .option('--json', 'print the answer as JSON')
    .option('--no-report', 'write no report')
}

export type { StudyArguments }
