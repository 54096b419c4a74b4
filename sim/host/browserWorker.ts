/** A Web Worker: opens the economy of AID and sAID once, then simulates the batches it is sent. */
import { economy } from './model.ts'
import { serveBatches } from './serveBatches.ts'

serveBatches(economy)
