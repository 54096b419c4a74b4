/** A Web Worker: opens the economy of AID and sAID once, then simulates the batches it is sent. */
import { serveBatches } from './browser.ts'
import { economy } from './model.ts'

serveBatches(economy)
