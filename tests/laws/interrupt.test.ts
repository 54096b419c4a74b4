/** Ctrl-C on a real process: what is done is kept, the message says how to go on, and going on ends the run. */
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readManifest } from '../../sim/host/runFolder.ts'
import { scratch } from '../support/runs.ts'

const { folder, clean } = scratch()
afterAll(clean)

const root = new URL('../..', import.meta.url)

/** Starts the command line; `whenGrown` is called once the outcomes of the first batch are in `partial`. */
function start(words: string[], partial?: string, whenGrown?: (kill: () => void) => void) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sim/host/cli.ts', ...words], { cwd: root })
  let said = ''
  let out = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  const look = setInterval(() => {
    const spool = `${partial}/outcomes.f64`
    if (!whenGrown || !existsSync(spool) || statSync(spool).size === 0) return
    clearInterval(look)
    whenGrown(() => child.kill('SIGINT'))
  }, 5)
  return new Promise<{ status: number | null; said: string; out: string }>((resolve) => {
    child.on('close', (status) => {
      clearInterval(look)
      resolve({ status, said, out })
    })
  })
}

it('an interrupted run ends with status 130, and its own words resume it to the end', async () => {
  const out = join(folder, 'run')
  const words = ['run', 'base', '--paths', '4000', '--days', '30', '--batch', '8', '--threads', '2', '--no-report']
  const stopped = await start([...words, '--out', out], `${out}.partial`, (kill) => kill())
  expect(stopped.said).toMatch(/stopping: running batches are finished and kept/)
  const told = /stopped after (\d+) of 4000 paths; go on with\n {2}aidlab (.*)\n/.exec(stopped.said)
  expect(told, stopped.said).not.toBeNull()
  expect(stopped.status).toBe(130)
  expect(stopped.out).toBe('')
  expect(Number(told![1])).toBeGreaterThan(0)
  expect(existsSync(out)).toBe(false)

  const resumed = await start(told![2].split(' '))
  expect(resumed.status, resumed.said).toBe(0)
  expect(readManifest(out)).toMatchObject({ complete: true, paths: 4000 })
  expect(existsSync(`${out}.partial`)).toBe(false)
})
