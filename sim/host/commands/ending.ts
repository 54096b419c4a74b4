/** How commands end. */

/** Exit status after Ctrl-C: 128 + SIGINT. */
export const interrupted = 130

/** The program failed and its message is already out. */
export class AlreadySaid extends Error {
  override name = 'AlreadySaid'
}
