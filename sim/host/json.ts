/** JSON for programs to read. */

/** Indented JSON in which an infinity is the text "Infinity": JSON itself would turn it into null, which means something else. */
export function jsonText(value: unknown): string {
  return JSON.stringify(
    value,
    (_, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item),
    2,
  )
}
