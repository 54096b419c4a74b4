/** The benchmark as one file: what is bundled keeps its constants, which the compiler of V8 folds; `tsx` makes them variables. */
import { defineConfig } from 'tsdown'

export default defineConfig({
  // The worker is started by its name, beside the code that starts it.
  entry: { run: 'run.ts', tails: 'tails.ts', program: 'program.ts', worker: '../sim/host/worker.ts' },
  outDir: 'build',
  format: 'esm',
  target: 'node20',
  platform: 'node',
  fixedExtension: false,
  dts: false,
  clean: true,
  report: false,
})
