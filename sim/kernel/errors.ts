/** Errors whose messages say what to do next. */

/** The question was wrong: what, where, which value, and what would be right. The command line ends with status 2. */
export class InputError extends Error {
  override name = 'InputError'
}

/** A law of the economy did not hold: a defect of the model, never of the question. */
export class LawError extends Error {
  override name = 'LawError'
  readonly path: number
  readonly day: number
  readonly law: string

  constructor(message: string, where: { path: number; day: number; law: string }) {
    super(message)
    this.path = where.path
    this.day = where.day
    this.law = where.law
  }
}
