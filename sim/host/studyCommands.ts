/** The commands that ask questions of many runs; each is loaded when it is called. */
import type { Command } from 'commander'
import { several } from './several.ts'
import type { StudyArguments } from './study/studyOptions.ts'
import type { Terminal } from './terminal.ts'

type End = (status: number) => void

/** Adds every study to the program. @param end receives the exit status */
export function addStudies(aidlab: Command, terminal: Terminal, end: End): void {
  addCompare(aidlab, terminal, end)
  addSweep(aidlab, terminal, end)
  addSize(aidlab, terminal, end)
  addGate(aidlab, terminal, end)
  addSensitivity(aidlab, terminal, end)
  addReverse(aidlab, terminal, end)
  addTails(aidlab, terminal, end)
}

function addCompare(aidlab: Command, terminal: Terminal, end: End): void {
  const compare = aidlab
    .command('compare')
    .description('hold two policies against each other on the same luck: paired differences with intervals')
    .argument('<a>', 'a .yaml file, or a name of the library such as base')
    .argument('[b]', 'another one; without it, say with --with what changes')
  withStudyOptions(compare, 'paths of each policy, at least 2 (default: the scenario’s)')
    .addOption(several('--with <room.parameter=value>', 'change the second policy only; may be given several times'))
    .addOption(several('--set-a <room.parameter=value>', 'change the first scenario only'))
    .addOption(several('--set-b <room.parameter=value>', 'change the second scenario only'))
    .action(async (a: string, b: string | undefined, options) =>
      end(await (await import('./commands/compare.ts')).compareCommand(a, b, options, terminal)),
    )
}

function addSweep(aidlab: Command, terminal: Terminal, end: End): void {
  const sweep = aidlab
    .command('sweep')
    .description('simulate many cells of a scenario on the same luck: one tidy table, heat maps, lines with bands')
    .argument(
      '<scenario>',
      'a .yaml file or a name of the library, with its cells under sweep: unless options give them',
    )
  withStudyOptions(sweep, 'paths of each cell, at least 1 (default: the scenario’s)')
    .addOption(several('--grid <dial=values>', 'every combination: aidPool.depth=1e6,2e6 or 1e6..8e6:4:log'))
    .addOption(several('--zip <dial=values>', 'the first values of all dials, the second ones, and so on'))
    .addOption(several('--sobol <dial=range>', 'evenly filled space: aidPool.depth=1e6..8e6:log'))
    .option('--points <n>', 'how many cells of --sobol, a power of two, at most 4096 (no default)')
    .option('--scramble <seed>', 'seed of the points of --sobol (default: 1)')
    .option('--metrics <names>', 'metrics to answer, with commas between (default: those of the file, or all)')
    .action(async (scenario: string, options) =>
      end(await (await import('./commands/sweep.ts')).sweepCommand(scenario, options, terminal)),
    )
}

function addSize(aidlab: Command, terminal: Terminal, end: End): void {
  const size = aidlab
    .command('size')
    .description('the smallest buffer that holds failures to a stated probability, what it costs, and who loses first')
    .argument('<scenario>', 'a .yaml file, or a name of the library such as base')
  withStudyOptions(
    size,
    'most paths of a level, at least 20 (default: the scenario’s, or 8 divided by the smallest limit where that is more, 8,000 for 0.1 %: about half as many certify only what never fails, fewer nothing)',
  )
    .option(
      '--dial <name>',
      'reserveBuffer, cashShare, dailyCap, poolDepth, firstLoss … or a parameter',
      'reserveBuffer',
    )
    .option('--failure <words>', 'an event, or an amount beyond a level: saidLoss>0.1 (default: that of the dial)')
    .option('--limit <list>', 'failure probabilities to be held, between 0 and 1 (default: 0.01,0.001)')
    .option('--confidence <p>', 'of each end of an interval, at least 0.5 (default: 0.95)')
    .option('--from <value>', 'least level looked at (default: the dial’s)')
    .option('--to <value>', 'largest level looked at (default: the dial’s)')
    .option('--steps <n>', 'parts into which levels split what lies between, 1 to 10000 (default: 40)')
    .option('--safer <up|down>', 'where fewer futures should fail (default: as the dial says)')
    .option('--frontier <dials>', 'two to four dials with commas between (default: the dial and the cash share)')
    .option('--no-frontier', 'size the one dial only')
    .option('--frontier-paths <n>', 'paths of each point, at least 20 (default: 1000)')
    .option(
      '--frontier-levels <n>',
      'levels of each dial, at least 2 (default: 4 for two dials, 3 for three, 2 for four)',
    )
    .addOption(
      several(
        '--first-loss <dial:party>',
        'from which level on a party loses, such as firstLoss:sAID or firstLoss:sAID>10000 (USD); may be given several times',
      ),
    )
    .option('--first-loss-paths <n>', 'paths of each level of that, at least 20 (default: 500)')
    .option('--indifference <bp>', 'basis points of yield that make no difference, above 0 (default: 25)')
    .action(async (scenario: string, options) =>
      end(await (await import('./commands/size.ts')).sizeCommand(scenario, options, terminal)),
    )
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

function addSensitivity(aidlab: Command, terminal: Terminal, end: End): void {
  const sensitivity = aidlab
    .command('sensitivity')
    .description(
      'which dials matter: tornado, screening after Morris, Sobol shares of variance, each with its interval',
    )
    .argument('<scenario>', 'a .yaml file, or a name of the library such as base')
  withStudyOptions(sensitivity, 'paths of each cell of Morris and Sobol, at least 16 (default: 64)')
    .addOption(
      several(
        '--metric <name>',
        'what is studied; may be given several times; with none saidLoss, depeg_2pct_24h, minimumLiquidityRatio and saidNetYield',
      ),
    )
    .option(
      '--statistic <words>',
      'mean, probability, quantile:0.9 or expectedShortfall:0.8 of every metric (default: mean of an amount, probability of an event)',
    )
    .option(
      '--dials <list>',
      'such as aidPool.depth,vault.cycleDays=7..60,holders.gas=1..50:log (default: 11 standard dials)',
    )
    .option('--method <list>', 'of tornado, morris, sobol (default: all)')
    .option('--trajectories <n>', 'trajectories of Morris, at least 4 (default: 20)')
    .option('--rows <n>', 'rows of Sobol, a power of two, at least 8 (default: 64)')
    .option('--keep <n>', 'dials that go from the screening on to Sobol, at least 1 (default: 4)')
    .option('--tornado-paths <n>', 'paths of each bar of the tornado, at least 16 (default: 256)')
    .option('--replicates <n>', 'bootstrap resamples of each interval, at least 100 (default: 500)')
    .action(async (scenario: string, options) =>
      end(await (await import('./commands/sensitivity.ts')).sensitivity(scenario, options, terminal)),
    )
}

function addReverse(aidlab: Command, terminal: Terminal, end: End): void {
  const reverse = aidlab
    .command('reverse')
    .description('the likeliest futures in which a scenario fails, and the smallest single stresses that break it')
    .argument('<scenario>', 'a .yaml file, or a name of the library such as base')
  withStudyOptions(reverse)
    .addOption(
      several(
        '--failure <words>',
        'an event, or an amount beyond a limit: "saidLoss > 0.3"; of several any counts (default: depeg_2pct_24h)',
      ),
    )
    .option(
      '--levers <list>',
      'stresses whose critical sizes are sought, with commas between; none for none (default: all)',
    )
    .option('--search-paths <n>', 'paths at each point of the search for design points, at least 20 (default: 100)')
    .option(
      '--check-paths <n>',
      'paths drawn where failing ones lie, to check the probabilities, at least 100; 0 for none (default: 800)',
    )
    .option('--lever-paths <n>', 'paths at each size of a stress, at least 10 (default: 60)')
    .option(
      '--pilot-paths <n>',
      'paths of each stage of a pilot that steers where fewer than 20 plain paths fail, at least 200; 0 for none (default: 1000)',
    )
    .option('--steered-paths <n>', 'paths drawn after that pilot, at least 100 (default: 3000)')
    .option('--apart <degrees>', 'least angle between directions that count as different (default: 30)')
    .action(async (scenario: string, options) =>
      end(await (await import('./commands/reverse.ts')).reverse(scenario, options, terminal)),
    )
}

function addTails(aidlab: Command, terminal: Terminal, end: End): void {
  const tails = aidlab
    .command('tails')
    .description('a rare failure or the far tail of a loss, by every way of simulating it, and what each gains')
    .argument('<scenario>', 'a .yaml file, or a name of the library such as base')
  withStudyOptions(tails)
    .option('--metric <name>', 'an event, or an amount with --beyond or --level', 'saidLoss')
    .option('--beyond <value>', 'the probability that the amount is worse than this')
    .option('--level <p>', 'the mean of the worst 1 − p of paths, 0.5 to 0.99999 (default for amounts: 0.999)')
    .option('--guide <name>', 'metric by which the pilot tells bad paths from good ones (default: the metric)')
    .option('--precision <share>', 'half of the interval wanted, over the estimate: 0.1 is ±10 % (default: 0.1)')
    .option('--pilot-paths <n>', 'paths of each stage of the pilot, at least 200 (default: 1000)')
    .option('--most <n>', 'most paths of each way that sets their number itself, at least 1000 (default: 40000)')
    .action(async (scenario: string, options) =>
      end(await (await import('./commands/tails.ts')).tails(scenario, options, terminal)),
    )
}

/** Adds the options that every study has. @param paths what --paths means */
export function withStudyOptions(command: Command, paths = 'number of simulated paths a cell'): Command {
  return command
    .option('--paths <n>', paths)
    .option('--days <n>', 'length of each path in days')
    .option('--seed <seed>', 'seed of all luck: a whole number or a text')
    .addOption(several('--set <room.parameter=value>', 'change a parameter; may be given several times'))
    .option('--threads <n>', 'worker threads, at most 64; 0 stays in one thread (default: one a core)')
    .option('--batch <n>', 'paths a batch; changes the pace only')
    .option('--out <folder>', 'folder of the study (default: studies/KIND-NAME-HASH)')
    .option('--resume', 'go on with a study that was stopped; finished cells are not simulated again')
    .option('--force', 'replace an unfinished study, or another one of that folder')
    .option('--json', 'print the answer as JSON')
    .option('--no-report', 'write no report')
}

export type { StudyArguments }
