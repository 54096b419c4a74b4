/** Bundles the loss explorer into one script that a report can carry: `tsx reports/explorer/build.ts` writes dist/explorer.js. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))

/** The script as text: one self-starting function, with the licences of what it carries at its end. */
export async function bundleExplorer(): Promise<string> {
  const result = await build({
    entryPoints: [join(here, 'entry.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  return `${result.outputFiles[0].text}/*\n${await licences(Object.keys(result.metafile.inputs))}\n*/\n`
}

/** The licence texts of the packages in a bundle, each text once with the packages under it. */
async function licences(inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []))
  const packagesByText = new Map<string, string[]>()
  for (const folder of [...folders].sort()) {
    const root = resolve(folder)
    const file = (await readdir(root)).find((name) => /^licen[cs]e/i.test(name))
    const text = file
      ? (await readFile(join(root, file), 'utf8')).trim()
      : licenceField(await readFile(join(root, 'package.json'), 'utf8'))
    const name = folder.replace(/^.*node_modules\//, '')
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), name])
  }
  const entries = [...packagesByText].map(([text, names]) => `${names.join(', ')}:\n${text}`)
  return entries.join('\n\n').replaceAll('*/', '* /')
}

function licenceField(packageText: string): string {
  const { license } = JSON.parse(packageText) as { license?: string }
  if (!license) throw new Error('a bundled package names no licence; one that does is wanted')
  return license
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const file = join(here, '..', '..', 'dist', 'explorer.js')
  await mkdir(dirname(file), { recursive: true })
  const text = await bundleExplorer()
  await writeFile(file, text)
  console.error(`${file}: ${Math.round(text.length / 1024)} kB`)
}
