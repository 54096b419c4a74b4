#!/usr/bin/env node
/** The program `aidlab`. */
import { main } from './main.ts'
import { processTerminal } from './terminal.ts'

const words = process.argv.slice(2)
process.exitCode = await main(words, processTerminal(words))
