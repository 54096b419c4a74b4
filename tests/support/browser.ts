/** Headless Chromium that may speak to one small server and to nobody else. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const program = '/usr/bin/chromium'
/** Milliseconds: a busy machine is no defect of a page. */
const patience = 100_000

/** False where there is no Chromium; the tests that want it are then skipped. */
export const hasChromium = existsSync(program)
if (!hasChromium) console.warn(`no ${program}: what must hold in a browser is not tested here`)

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

export interface OpenedPage {
  readonly page: Page
  /** Addresses outside the server that the page asked for; each was refused. */
  readonly refused: readonly string[]
  /** Uncaught errors, and errors that the page wrote to its console. */
  readonly errors: readonly string[]
}

export interface Site {
  readonly address: string
  open(path: string, viewport?: { width: number; height: number }): Promise<OpenedPage>
  close(): Promise<void>
}

/** Serves the files of a folder on this machine and opens them in Chromium. */
export async function openSite(folder: string): Promise<Site> {
  const server = await serve(folder)
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu'],
    timeout: patience,
  })
  return {
    address,
    open: (path, viewport = { width: 1100, height: 900 }) => openPage(browser, address, path, viewport),
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function openPage(
  browser: Browser,
  address: string,
  path: string,
  viewport: { width: number; height: number },
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport, serviceWorkers: 'block' })
  const refused: string[] = []
  const errors: string[] = []
  await context.route(
    (url) => url.origin !== address,
    async (route) => {
      refused.push(route.request().url())
      await route.abort()
    },
  )
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(`${address}/${path}`)
  return { page, refused, errors }
}

async function serve(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://here').pathname))
    try {
      const body = await readFile(join(folder, path))
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
      // browsers ask for an icon whether there is one or not
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
