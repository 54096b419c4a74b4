/** Live progress of a study on standard error: paths done of those asked for so far; silent where that is no terminal. */
import { Presets, SingleBar } from 'cli-progress'
import { duration, pace } from '../progress.ts'
import type { StudyProgress } from './hostLaboratory.ts'

export interface StudyBar {
  show(progress: StudyProgress): void
  /** A line above the bar. */
  say(step: string): void
  stop(): void
}

/** @param line writes a line of words */
export function studyBar(line: (text: string) => void): StudyBar {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: '{bar} {percentage} % │ {value} of {total} paths in {cells} cells │ {pace} paths/s │ {left} left',
      barsize: 20,
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl-C belongs to the study, which leaves something to resume
      gracefulExit: false,
    },
    Presets.shades_classic,
  )
  const began = performance.now()
  let shown: StudyProgress | undefined
  const stop = (): void => {
    if (shown) bar.stop()
    shown = undefined
  }
  return {
    show(progress) {
      const { done, asked, cells, simulated } = progress
      const pathsPerSecond = simulated / ((performance.now() - began) / 1000)
      const words = { cells, pace: pace(pathsPerSecond), left: duration((asked - done) / pathsPerSecond) }
      if (!shown) bar.start(asked, done, words)
      bar.setTotal(asked)
      bar.update(done, words)
      shown = progress
    },
    say(step) {
      stop()
      line(step)
    },
    stop,
  }
}
