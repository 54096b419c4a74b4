/** Places to write, tried before the work whose result goes there. */
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { InputError } from '../kernel/errors.ts'

/**
 * Makes a folder and those above it, one by one: mkdir of Node with `recursive` never returns below /proc.
 * @param option that named the folder, for the message
 * @throws InputError when a file is in the way or the system refuses
 */
export function makeFolder(folder: string, option: string): void {
  if (existsSync(folder)) {
    if (statSync(folder).isDirectory()) return
    throw new InputError(`${folder} is no folder; choose another ${option}`)
  }
  if (dirname(folder) !== folder) makeFolder(dirname(folder), option)
  try {
    mkdirSync(folder)
  } catch (error) {
    throw new InputError(`${folder} cannot be made (${reasonOf(error)}); choose another ${option}`)
  }
}

/**
 * Tries whether a file can be written, leaving what it holds.
 * @param option that named the file, for the message
 * @throws InputError when its folder is missing, it is a folder, or the system refuses
 */
export function requireWritable(file: string, option: string): void {
  const folder = dirname(file)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InputError(`no such folder: ${folder}; ${option} must name a file in a folder that exists`)
  }
  if (existsSync(file) && statSync(file).isDirectory()) {
    throw new InputError(`${file} is a folder; ${option} must name a file`)
  }
  const trial = `${file}.tmp`
  try {
    closeSync(openSync(trial, 'w'))
    rmSync(trial)
  } catch (error) {
    throw new InputError(`${file} cannot be written (${reasonOf(error)}); choose another ${option}`)
  }
}

/** What the system says, such as ENOENT: no such file or directory. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.split(',')[0]
}
