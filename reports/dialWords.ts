/** Dials and metrics in the middle of a sentence: the words that studies use themselves. */
export { capital, dialTitle, listed, lowered } from '../sim/studies/dialWords.ts'
