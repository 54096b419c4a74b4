/** Deals: loans and revenue shares behind GPUs, from the first payment to the last, or to the sale of the machines. */
import { defineRoom } from '../../sim/kernel/room.ts'
import { openBook } from './book.ts'
import { dealColumns, dealInputs, dealLevers, dealTables } from './columns.ts'
import { openIncome } from './income.ts'
import { dealLaws } from './laws.ts'
import { openLedger } from './ledger.ts'
import { openOrigination } from './origination.ts'
import { dealParameters } from './parameters.ts'
import { openPayments } from './payments.ts'
import { dealDraws } from './purposes.ts'
import { closed, empty, late } from './states.ts'
import { readTerms } from './terms.ts'
import { openTriggers } from './triggers.ts'
import { openWorkout } from './workout.ts'

export const deals = defineRoom({
  name: 'deals',
  meaning:
    'Loans, hybrids and revenue shares secured by GPUs: borrowers pay from their rents, break covenants, default, and their machines are hosted or sold.',
  parameters: dealParameters,
  tables: dealTables,
  sizes: ({ pipelineSlots }, { tape, borrowers }, reads) => ({
    slot: tape.length + pipelineSlots,
    borrower: borrowers.length,
    generation: reads['gpuMarket.generations'].length,
  }),
  reads: ['gpuMarket.generations'],
  state: dealColumns,
  inputs: dealInputs,
  draws: dealDraws,
  levers: dealLevers,
  open(context) {
    const { state, clock, sizes } = context
    const { status, balance, type, nextPayment, nextEvent, nextThreshold, hazard, slotsUsed, troubled, changedOn } =
      state
    const { interestToday, principalToday, recoveryToday, insuranceToday, writeOffToday } = state
    const slots = sizes['slot']
    const terms = readTerms(context.tables, context.reads['gpuMarket.generations'])
    const ledger = openLedger(context)
    const income = openIncome(context, terms)
    const payments = openPayments(context, income, ledger)
    const triggers = openTriggers(context, terms, payments, ledger)
    const workout = openWorkout(context, terms, ledger)
    const origination = openOrigination(context, terms, income, ledger)
    const book = openBook(context, terms, income, workout)

    /** A due day of a deal that pays. @returns true when more than a balance has changed */
    function pay(p: number, i: number): boolean {
      const before = status[i]
      const owed = balance[i]
      payments.month(p, i)
      triggers.endGrace(p, i)
      if (status[i] !== before || type[i] === 1) return true
      book.lower(p, i, owed - balance[i])
      return false
    }

    /** A day of a deal in trouble. */
    function work(p: number, i: number): void {
      if (status[i] > late) workout.day(p, i)
      else {
        if (clock.business) payments.lateDay(p, i)
        triggers.endGrace(p, i)
      }
    }

    /** Everything that the deals of a path do today. Most days one deal pays; then the book need not be counted anew. */
    function walk(p: number): void {
      changedOn[p] = clock.day
      let next = 1e9
      let changed = false
      for (let i = p * slots; i < p * slots + slotsUsed[p]; i++) {
        const now = status[i]
        if (now === empty || now === closed) continue
        if (now >= late) {
          work(p, i)
          changed = true
        } else if (clock.business && clock.day >= nextPayment[i]) changed = pay(p, i) || changed
        if (nextPayment[i] < next) next = nextPayment[i]
      }
      if (changed) book.takeStock(p)
      else {
        nextEvent[p] = next
        book.findShares(p)
      }
    }

    function start(active: Int32Array, count: number): void {
      for (let k = 0; k < count; k++) {
        const p = active[k]
        triggers.start(p)
        workout.start(p)
        origination.start(p)
        book.takeStock(p)
        book.valueCollateral(p)
      }
    }

    function step(active: Int32Array, count: number): void {
      const stress = triggers.stress()
      const ordered = triggers.ordered()
      for (let k = 0; k < count; k++) {
        const p = active[k]
        triggers.addHazard(p, stress)
        const stopping = hazard[p] >= nextThreshold[p]
        if (stopping) triggers.stopBorrowers(p)
        if (ordered) triggers.defaultLargest(p)
        // Payments wait for a business day; grace and the law do not.
        const due = clock.day >= nextEvent[p] && (clock.business || troubled[p] > 0)
        if (due || stopping || ordered) walk(p)
        book.valueCollateral(p)
        if (clock.day === clock.days - 1) gradeOpen(p)
      }
    }

    /** On the last day open workouts are graded by what is expected of them: a default shortly before the end counts too. */
    function gradeOpen(p: number): void {
      book.takeStock(p)
      for (let i = p * slots; i < p * slots + slotsUsed[p]; i++) {
        if (status[i] <= late || status[i] === closed) continue
        const brought = state.collateralBrought[i] + book.expectedProceeds(p, i)
        ledger.grade(p, i, brought, state.slotWrittenOff[i] + state.slotImpairment[i])
      }
    }

    return {
      start,
      step,
      operations: {
        /** Makes one new deal with at most `usd`. @returns USD funded, 0 when there is no place, borrower or acceptable terms */
        originate(path: number, usd: number): number {
          const funded = origination.originate(path, usd)
          if (funded > 0) book.takeStock(path)
          return funded
        },
        /** First slot whose machines may be hosted or sold from today, or −1. Undecided ones are sold from tomorrow. */
        awaitingDecision(path: number): number {
          if (state.awaiting[path] === 0) return -1
          for (let s = 0; s < slotsUsed[path]; s++) if (workout.mayChoose(path * slots + s)) return s
          return -1
        },
        /**
         * Hands the machines of a slot in default to a partner once the law allows it, for hostedMonths; they are sold then.
         * @param rentShare rent with the partner over the market's contract rent
         * @param incomeShare share of net income that it pays on
         * @param downtime days before it starts
         * @param cost of moving, USD, kept from the first income
         * @returns 1 when hosted; 0 before its time, or for a lender without title to the machines
         */
        host(
          path: number,
          slot: number,
          rentShare: number,
          incomeShare: number,
          downtime: number,
          cost: number,
        ): number {
          const i = path * slots + slot
          if (!workout.mayHost(i)) return 0
          workout.host(path, i, rentShare, incomeShare, downtime, cost)
          book.takeStock(path)
          return 1
        },
        /** Puts the machines of a slot in default up for sale once the law allows it. @returns 1 when for sale */
        liquidate(path: number, slot: number): number {
          const i = path * slots + slot
          if (!workout.mayChoose(i)) return 0
          workout.liquidate(path, i)
          book.takeStock(path)
          return 1
        },
        /** Machines of a slot. */
        unitsOf: (path: number, slot: number): number => state.units[path * slots + slot],
        /** Machines that the workout of a slot wants to sell today. */
        unitsForSale: (path: number, slot: number): number => workout.unitsForSale(path * slots + slot),
        /** Row of gpuMarket.generations of a slot's machines. */
        generationOf: (path: number, slot: number): number => state.generation[path * slots + slot],
        /** Books the sale of machines. @returns USD that reach the lender: the rise of recoveryToday and interestToday */
        recover(path: number, slot: number, units: number, proceeds: number): number {
          const reached = workout.sold(path, path * slots + slot, units, proceeds)
          book.takeStock(path)
          return reached
        },
        /** Marks the flows of the day as handed over. */
        settled(path: number): void {
          interestToday[path] = 0
          principalToday[path] = 0
          recoveryToday[path] = 0
          insuranceToday[path] = 0
          writeOffToday[path] = 0
        },
      },
      laws: dealLaws(context),
    }
  },
})
