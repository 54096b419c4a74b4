import { writeFile } from 'node:fs/promises'
import { defineConfig } from 'tsdown'
import { bundleExplorer } from './reports/explorer/build.ts'

const library = defineConfig({
  entry: {
    cli: 'sim/host/cli.ts',
    worker: 'sim/host/worker.ts',
    index: 'index.ts',
    node: 'node.ts',
  },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  // dist/worker.js is started by its name
  fixedExtension: false,
  dts: true,
  clean: true,
  hooks: {
    async 'build:done'() {
      await writeFile(new URL('./dist/explorer.js', import.meta.url), await bundleExplorer())
    },
  },
})

/** A Web Worker is one file: what it needs is in it, so that a page can start it from anywhere. */
const webWorker = defineConfig({
  entry: { browserWorker: 'sim/host/browserWorker.ts' },
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  deps: { alwaysBundle: [/./] },
  fixedExtension: false,
  dts: false,
  minify: true,
})

export default [library, webWorker]
