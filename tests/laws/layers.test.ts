/** Who may import whom, and what nothing below the host may touch. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return filesUnder(path)
    return /\.ts$/.test(name) ? [path] : []
  })
}

const sources = ['sim', 'models', 'scenarios', 'reports'].flatMap(filesUnder)

/** Source without comments and strings, so that prose about a forbidden thing is not the thing. */
function code(path: string): string {
  return readFileSync(join(root, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/`(?:[^`\\]|\\.)*`/g, '``')
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/^(?:import|export)\s[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm)]
    .map(([, a, b, c]) => a ?? b ?? c)
    .map((target) => (target.startsWith('.') ? relative(root, resolve(root, dirname(path), target)) : target))
}

/** For a file: which places it may import from. */
function allowed(path: string): (target: string) => boolean {
  const under = (target: string, ...folders: string[]): boolean => folders.some((f) => target.startsWith(`${f}/`))
  if (under(path, 'sim/host')) return () => true
  if (under(path, 'sim/kernel')) return (t) => under(t, 'sim/kernel') || t === 'seedrandom'
  if (under(path, 'sim/statistics')) return (t) => under(t, 'sim/statistics', 'sim/kernel/maths')
  if (under(path, 'sim/studies')) return (t) => under(t, 'sim/studies', 'sim/kernel', 'sim/statistics', 'scenarios')
  if (under(path, 'models/meetings'))
    return (t) =>
      under(t, 'sim/kernel', 'models/meetings') ||
      t === 'models/rooms.ts' ||
      ['models/holders/register.ts', 'models/holders/decisions.ts'].includes(t)
  if (/^models\/[^/]+\.ts$/.test(path)) return (t) => under(t, 'sim/kernel', 'models')
  if (under(path, 'models')) {
    const room = path.split('/').slice(0, 2).join('/')
    return (t) => under(t, 'sim/kernel', room)
  }
  if (under(path, 'scenarios'))
    return (t) =>
      under(t, 'sim/kernel', 'scenarios') ||
      /^models\/[^/]+\.ts$/.test(t) ||
      ['yaml', 'zod', 'mathjs', 'mathjs/number'].includes(t)
  if (under(path, 'reports/explorer')) return () => true
  if (under(path, 'reports'))
    return (t) =>
      under(t, 'reports', 'sim/kernel', 'sim/statistics', 'sim/studies') ||
      t === '@observablehq/plot' ||
      t === 'simple-statistics'
  return () => false
}

const pure = sources.filter((path) => !/^(sim\/host|reports)\//.test(path))

describe('the house', () => {
  it('finds its rooms', () => {
    expect(sources.length).toBeGreaterThan(100)
  })

  for (const path of sources) {
    it(`${path} imports only what its place in the house allows`, () => {
      const may = allowed(path)
      expect(importsOf(path).filter((target) => !may(target))).toEqual([])
    })
  }

  it('touches neither Node, the DOM, the clock, chance nor the console below the host', () => {
    const forbidden =
      /\b(Date|console|process|globalThis|window|performance|setTimeout|fetch|require)\b\s*[.([]|Math\.random|\bnew Date\b/
    expect(pure.filter((path) => forbidden.test(code(path)))).toEqual([])
  })

  it('uses the kernel’s own exp, log and pow below the host: the engine’s differ in their last digits', () => {
    const engine =
      /Math\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/
    expect(pure.filter((path) => engine.test(code(path)))).toEqual([])
  })

  it('raises to powers with ** only in exact integers', () => {
    const floats = pure.filter((path) => /\*\*/.test(code(path)) && !/\d+n\b/.test(code(path)))
    expect(floats).toEqual([])
  })

  it('pins every version exactly', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const loose = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })

  it('names no registry host', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
    expect(/"resolved"|https?:\/\/registry/.test(lock)).toBe(false)
  })
})
