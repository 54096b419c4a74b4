import { defineConfig } from 'tsdown'

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
})
