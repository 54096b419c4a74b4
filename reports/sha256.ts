/** SHA-256 of a text, so that a page can name the scripts which it allows, wherever the page is made. */

const roundConstants = /* @__PURE__ */ firstPrimes(64).map((p) => fractionBits(Math.cbrt(p)))
const initialWords = /* @__PURE__ */ firstPrimes(8).map((p) => fractionBits(Math.sqrt(p)))

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n)
  return primes
}

function fractionBits(x: number): number {
  return Math.floor((x - Math.floor(x)) * 4294967296) | 0
}

/** SHA-256 of the UTF-8 bytes of a text, in base64. Source: FIPS 180-4, section 6.2. */
export function sha256Base64(text: string): string {
  const message = padded(new TextEncoder().encode(text))
  const hash = Int32Array.from(initialWords)
  const schedule = new Int32Array(64)
  const view = new DataView(message.buffer)
  for (let block = 0; block < message.length; block += 64) {
    for (let t = 0; t < 16; t++) schedule[t] = view.getInt32(block + 4 * t)
    compress(hash, schedule)
  }
  const bytes = new Uint8Array(32)
  const out = new DataView(bytes.buffer)
  for (let i = 0; i < 8; i++) out.setInt32(4 * i, hash[i])
  return base64(bytes)
}

function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = (((bytes.length + 8) >> 6) + 1) * 64
  const message = new Uint8Array(length)
  message.set(bytes)
  message[bytes.length] = 0x80
  const view = new DataView(message.buffer)
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(length - 4, (bytes.length * 8) >>> 0)
  return message
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

function compress(hash: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 64; t++) {
    const small0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >>> 3)
    const small1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >>> 10)
    w[t] = w[t - 16] + small0 + w[t - 7] + small1
  }
  let [a, b, c, d, e, f, g, h] = hash
  for (let t = 0; t < 64; t++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + big1 + ((e & f) ^ (~e & g)) + roundConstants[t] + w[t]) | 0
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const turned = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) hash[i] += turned[i]
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += letters[word >> 18] + letters[(word >> 12) & 63]
    text += i + 1 < bytes.length ? letters[(word >> 6) & 63] : '='
    text += i + 2 < bytes.length ? letters[word & 63] : '='
  }
  return text
}
