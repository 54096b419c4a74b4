/** Live progress of a run on standard error; silent where that is no terminal. */
import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from './simulate.ts'

export interface ProgressBar {
  show(progress: Progress): void
  stop(): void
}

/** A bar with paths, pace and time left. */
export function progressBar(paths: number): ProgressBar {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      format: '{bar} {percentage} % │ {value} of {total} paths │ {pace} paths/s │ {left} left',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl-C belongs to the run, which leaves something to resume
      gracefulExit: false,
    },
    Presets.shades_classic,
  )
  let started = false
  return {
    show({ done, pathsPerSecond, secondsLeft }) {
      const words = { pace: pace(pathsPerSecond), left: duration(secondsLeft) }
      if (!started) bar.start(paths, done, words)
      else bar.update(done, words)
      started = true
    },
    stop() {
      if (started) bar.stop()
    },
  }
}

/** '1 thread', '2 threads' */
export function threadsText(threads: number): string {
  return `${threads} ${threads === 1 ? 'thread' : 'threads'}`
}

/** Paths a second in three digits. */
export function pace(pathsPerSecond: number): string {
  return pathsPerSecond >= 100 ? String(Math.round(pathsPerSecond)) : pathsPerSecond.toPrecision(3)
}

/** Seconds in words: 42 s, 3 min 5 s, 2 h 10 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?'
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
