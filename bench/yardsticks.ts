/** The C++ programs that the kernel is measured against. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Report } from './report.ts'

/** This file runs from bench/build. */
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const flags = ['-std=c++17', '-O3', '-march=native']

/** @returns the program of a yardstick, or undefined where there is no g++. */
export function compile(name: string): string | undefined {
  const program = here(`./${name}`)
  const done = spawnSync('g++', [...flags, here(`../yardstick/${name}.cpp`), '-o', program], { encoding: 'utf8' })
  if (done.error) return undefined
  if (done.status !== 0) throw new Error(`yardstick ${name} does not compile: ${done.stderr}`)
  return program
}

/** Runs a program that prints one line of JSON. */
export function reportOf(command: string, words: readonly string[]): Report {
  const done = spawnSync(command, words, { encoding: 'utf8' })
  if (done.error) throw done.error
  if (done.status !== 0) throw new Error(`${command} ${words.join(' ')} failed: ${done.stderr}`)
  return JSON.parse(done.stdout)
}

/** Runs a workload on the kernel, in a process of its own like the yardstick. */
export function reportOfKernel(workload: string, seed: number): Report {
  return reportOf(process.execPath, [here('./program.js'), workload, String(seed)])
}
