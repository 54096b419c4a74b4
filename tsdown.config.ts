import { writeFile } from 'node:fs/promises'
import { defineConfig } from 'tsdown'
import { bundleExplorer } from './reports/explorer/build.ts'

export default defineConfig({
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
