/**
 * The book on the first day: who has borrowed, what, against which machines. No tape of live deals is published, so these rows
 * are an illustration inside the published ranges; a scenario replaces them.
 */
import type { TableDeclaration } from '../../sim/kernel/declarations.ts'

const illustration =
  'illustrative: terms inside the ranges of docs.gaib.ai (debt 10–20 %, 3–36 months, 133 % collateral, 6.7 % cash reserve), ' +
  'largest borrower a related party with 40 % of the book (press), mix by judgement'

export const dealTypes = ['debt', 'equity', 'hybrid'] as const
export const dealStructures = ['amortising', 'interestOnly', 'bullet'] as const

export const borrowerTable = {
  meaning: 'Who owes: each borrower defaults as a whole, across all its deals',
  source: illustration,
  evidence: 'J',
  mostRows: 200,
  fields: {
    relatedParty: {
      kind: 'choice',
      choices: ['no', 'yes'],
      meaning: 'Belongs to the circle of the protocol’s founders',
    },
    startingCash: {
      kind: 'number',
      unit: 'month',
      from: 0,
      to: 60,
      meaning: 'Debt service that each of its deals holds in cash at first',
    },
    contractedShare: {
      kind: 'number',
      unit: '1',
      from: 0,
      to: 1,
      meaning: 'Share of its machines let under term contracts while those last',
    },
    hazardMultiple: {
      kind: 'number',
      unit: '1',
      from: 0,
      to: 20,
      meaning: 'Its hazard outside rents as a multiple of the common one',
    },
    pipelineWeight: {
      kind: 'number',
      unit: '1',
      from: 0,
      to: 1000,
      meaning: 'Relative frequency with which it brings new deals; 0 never',
    },
  },
  rows: [
    borrower('Meridian Cloud', 'yes', 2, 0.75, 1, 3),
    borrower('Tern Compute', 'no', 2, 0.7, 1, 1.5),
    borrower('Kestrel Neocloud', 'no', 1.5, 0.6, 1, 1),
    borrower('Boreal Hosting', 'no', 1.5, 0.5, 1.2, 1),
    borrower('Harbour AI', 'no', 1, 0.5, 1.2, 1),
    borrower('Pacific Clusters', 'no', 2, 0.7, 1, 1.5),
    borrower('Auk Robotics', 'no', 1, 0.4, 1.5, 0.5),
    borrower('First newcomer', 'no', 1.5, 0.6, 1, 1),
    borrower('Second newcomer', 'no', 1.5, 0.6, 1, 1),
    borrower('Third newcomer', 'no', 1.5, 0.6, 1, 1),
  ],
} as const satisfies TableDeclaration

export const tapeTable = {
  meaning: 'Deals outstanding on the first day',
  source: illustration,
  evidence: 'J',
  mostRows: 200,
  fields: {
    borrower: { kind: 'text', meaning: 'Name of a row of borrowers' },
    type: {
      kind: 'choice',
      choices: dealTypes,
      meaning: 'debt pays interest; equity shares gross revenue; hybrid pays interest and a share of spare income',
    },
    structure: {
      kind: 'choice',
      choices: dealStructures,
      meaning: 'How principal returns: level payments, at the end, or at the end with all interest',
    },
    principal: { kind: 'number', unit: 'USD', from: 0, to: 1e10, meaning: 'Balance outstanding on the first day' },
    rate: { kind: 'number', unit: '1/year', from: 0, to: 2, meaning: 'Interest rate, paid monthly; 0 for equity' },
    revenueShare: {
      kind: 'number',
      unit: '1',
      from: 0,
      to: 1,
      meaning: 'Equity: share of gross revenue. Hybrid: share of net income after debt service',
    },
    tenorMonths: { kind: 'number', unit: 'month', from: 1, to: 120, meaning: 'Whole months from first to last day' },
    ageMonths: {
      kind: 'number',
      unit: 'month',
      from: 0,
      to: 119,
      meaning: 'Months since it was made; the fraction says how far the running month is gone',
    },
    generation: { kind: 'text', meaning: 'Generation of the machines pledged' },
    units: {
      kind: 'number',
      unit: 'GPU',
      from: 0,
      to: 1e7,
      meaning: 'Machines pledged; 0 asks for as many as the over-collateralisation wants at the first day’s price',
    },
    contractRent: {
      kind: 'number',
      unit: 'USD/GPU-hour',
      from: 0,
      to: 1000,
      meaning: 'Rent under contract; 0 takes the market’s contract rent of the first day',
    },
    contractMonthsLeft: { kind: 'number', unit: 'month', from: 0, to: 120, meaning: 'Months until the contracts end' },
    utilisation: {
      kind: 'number',
      unit: '1',
      from: 0,
      to: 3,
      meaning: 'Utilisation of machines on the spot market relative to the market’s',
    },
    cashReserveShare: { kind: 'number', unit: '1', from: 0, to: 1, meaning: 'Cash reserve as a share of the balance' },
    insuranceShare: { kind: 'number', unit: '1', from: 0, to: 1, meaning: 'Share of a remaining loss that is insured' },
  },
  rows: [
    deal('MER-1', 'Meridian Cloud', 'debt', 'amortising', 2_200_000, 0.15, 0, 36, 7.4, 'H100', 20),
    deal('MER-2', 'Meridian Cloud', 'debt', 'amortising', 1_800_000, 0.15, 0, 36, 3.2, 'H200', 18),
    deal('MER-3', 'Meridian Cloud', 'debt', 'amortising', 1_100_000, 0.155, 0, 36, 1.6, 'B200', 24),
    deal('TER-1', 'Tern Compute', 'debt', 'amortising', 1_300_000, 0.145, 0, 36, 6.8, 'H100', 16, 0.5),
    deal('TER-2', 'Tern Compute', 'hybrid', 'amortising', 1_000_000, 0.11, 0.25, 36, 5.5, 'H200', 18),
    deal('KES-1', 'Kestrel Neocloud', 'debt', 'amortising', 900_000, 0.16, 0, 30, 0.9, 'B200', 18),
    deal('KES-2', 'Kestrel Neocloud', 'debt', 'interestOnly', 600_000, 0.17, 0, 6, 2.7, 'H100', 8),
    deal('BOR-1', 'Boreal Hosting', 'debt', 'bullet', 300_000, 0.18, 0, 3, 1.3, 'A100', 6),
    deal('BOR-2', 'Boreal Hosting', 'hybrid', 'amortising', 450_000, 0.11, 0.25, 24, 1.3, 'A100', 12),
    deal('HAR-1', 'Harbour AI', 'hybrid', 'amortising', 462_500, 0.12, 0.25, 30, 0.4, 'H100', 15),
    deal('PAC-1', 'Pacific Clusters', 'debt', 'amortising', 2_000_000, 0.15, 0, 36, 4.7, 'H200', 20, 0.5),
    deal('AUK-1', 'Auk Robotics', 'equity', 'amortising', 637_500, 0, 0.75, 36, 3.6, 'H100', 12),
  ],
} as const satisfies TableDeclaration

/** Which machines stand behind new deals. */
export const mixTable = {
  meaning: 'Relative frequency of each generation among new deals, once it is on the market',
  source: 'rate cards of neoclouds in 2026 (H100 and H200 widest offered, B200 growing); weights by judgement',
  evidence: 'J',
  mostRows: 20,
  fields: {
    weight: { kind: 'number', unit: '1', from: 0, to: 1000, meaning: 'Relative frequency; 0 never' },
  },
  rows: [
    { name: 'A100', weight: 0.5 },
    { name: 'H100', weight: 3 },
    { name: 'H200', weight: 3 },
    { name: 'B200', weight: 3 },
    { name: 'Rubin', weight: 1 },
  ],
} as const satisfies TableDeclaration

function borrower(
  name: string,
  relatedParty: 'yes' | 'no',
  startingCash: number,
  contractedShare: number,
  hazardMultiple: number,
  pipelineWeight: number,
) {
  return { name, relatedParty, startingCash, contractedShare, hazardMultiple, pipelineWeight }
}

function deal(
  name: string,
  borrower: string,
  type: (typeof dealTypes)[number],
  structure: (typeof dealStructures)[number],
  principal: number,
  rate: number,
  revenueShare: number,
  tenorMonths: number,
  ageMonths: number,
  generation: string,
  contractMonthsLeft: number,
  insuranceShare = 0,
) {
  const book = { principal, rate, revenueShare, tenorMonths, ageMonths, generation, units: 0, contractRent: 0 }
  return {
    name,
    borrower,
    type,
    structure,
    ...book,
    contractMonthsLeft,
    utilisation: 1,
    cashReserveShare: 0.067,
    insuranceShare,
  }
}
