/** The command line: which command, with which options, and what its end means. */
import { inspect } from 'node:util'
import { Command, CommanderError } from 'commander'
import { InputError } from '../kernel/errors.ts'
import type { RunArguments } from './commands/run.ts'
import { packageVersion } from './manifest.ts'
import { several } from './several.ts'
import { addStudies } from './studyCommands.ts'
import { sayWords, type Terminal } from './terminal.ts'

/** 0 done; 1 the answer is no; 2 the question was wrong; 3 the program failed. */
export type ExitStatus = number

/**
 * Runs one command line.
 * @param words what follows the program's name
 * @returns the exit status
 */
export async function main(words: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = 0
  const end = (result: ExitStatus): void => {
    status = result
  }
  try {
    await program(terminal, end).parseAsync(words, { from: 'user' })
    return status
  } catch (error) {
    return failure(error, terminal)
  }
}

function failure(error: unknown, terminal: Terminal): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof InputError) {
    sayWords(terminal, error.message, 'aidlab: ')
    return 2
  }
  if ((error as Error).name === 'AlreadySaid') return 3
  terminal.say(`aidlab: failed: ${inspect(error)}`)
  return 3
}

function program(terminal: Terminal, end: (status: ExitStatus) => void): Command {
  const aidlab = new Command('aidlab')
    .description('Simulates the economy of AID and sAID, and says how large reserves and collateral must be.')
    .version(packageVersion(), '-v, --version')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'aidlab: ')),
    })
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit status: 0 done; 1 the answer is no; 2 the question was wrong; 3 the program failed; 130 stopped (Ctrl-C).',
    )
  addRun(aidlab, terminal, end)
  addStudies(aidlab, terminal, end)
  aidlab
    .command('report')
    .description('build the report of a finished run or study anew')
    .argument('<folder>', 'folder that aidlab has written')
    .option('--out <file>', 'where to write it (default: report.html in the folder)')
    .action(async (run, options) => end(await (await import('./commands/report.ts')).report(run, options, terminal)))
  aidlab
    .command('replay')
    .description('tell one path of a run, day by day')
    .argument('<run>', 'folder that aidlab run has written, finished or not')
    .argument('<path>', 'number of the path, from 0')
    .option('--daily', 'print every day of every column')
    .option('--json', 'print JSON')
    .action(async (run, path, options) =>
      end(await (await import('./commands/replay.ts')).replay(run, path, options, terminal)),
    )
  aidlab
    .command('explain')
    .description('say what a parameter, room, lever, column, metric or law means: unit, bounds, source')
    .argument('[name]', 'such as aid.redeemFee; without it all rooms, meetings, metrics and laws are listed')
    .option('--json', 'print JSON')
    .action(async (name, options) =>
      end(await (await import('./commands/explain.ts')).explain(name, options, terminal)),
    )
  aidlab
    .command('validate')
    .description('feed numbers of your own to the formulas of the simulation')
    .option('--in <file>', 'JSON list of { "id", "function", "arguments" }')
    .option('--out <file>', 'where results go (default: standard output)')
    .option('--list', 'print the functions with their arguments, units and sources')
    .option('--json', 'with --list: print JSON')
    .action(async (options) => end(await (await import('./commands/validate.ts')).validate(options, terminal)))
  return aidlab
}

function addRun(aidlab: Command, terminal: Terminal, end: (status: ExitStatus) => void): void {
  aidlab
    .command('run')
    .description('simulate a scenario: progress, a headline table, a run folder, a report')
    .argument('<scenario>', 'a .yaml file, or a name of the library such as base')
    .option('--paths <n>', 'number of simulated paths')
    .option('--seed <seed>', 'seed of all luck: a whole number or a text')
    .option('--threads <n>', 'worker threads, at most 64; 0 stays in one thread (default: one a core)')
    .option('--days <n>', 'length of the run in days')
    .addOption(several('--set <room.parameter=value>', 'change a parameter; may be given several times'))
    .option('--out <folder>', 'folder of the run (default: runs/NAME-PATHS-HASH)')
    .option('--batch <n>', 'paths a batch; changes the pace only')
    .option('--resume', 'go on with a run that was stopped')
    .option('--force', 'replace an unfinished run, or another run of that folder')
    .option('--json', 'print the headline as JSON')
    .option('--no-report', 'write no report')
    .action(async (scenario: string, options: RunArguments) =>
      end(await (await import('./commands/run.ts')).run(scenario, options, terminal)),
    )
}
