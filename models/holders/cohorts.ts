/** Kinds of holders: how many, what they hold, by which door they leave, and what makes them leave. */
import type { TableDeclaration } from '../../sim/kernel/declarations.ts'

export const cohortTable = {
  meaning: 'Kinds of holders of AID, sAID and pool shares, and the arbitrageurs',
  source:
    'composition of mid-2026: 71 % of AID staked, holders and concentration unknown; counts and weights by judgement; arbitrageurs few, as for USDT (6 redeemers a month, Ma, Zeng, Zhang)',
  evidence: 'J',
  mostRows: 20,
  fields: {
    role: { kind: 'choice', choices: ['aid', 'said', 'liquidity', 'arbitrageur'], meaning: 'What they hold' },
    holders: { kind: 'number', unit: 'holders', from: 1, to: 2000, meaning: 'How many individual agents' },
    share: { kind: 'number', unit: '1', from: 0, to: 1, meaning: 'Share of what all cohorts of the role hold' },
    concentration: { kind: 'number', unit: '1', from: 0, to: 3, meaning: 'Power of rank in the size of a holder: 0 all equal, 1 Zipf' },
    whitelisted: { kind: 'choice', choices: ['yes', 'no'], meaning: 'May mint and redeem at the issuer' },
    attention: { kind: 'number', unit: '1/day', from: 0, to: 1, meaning: 'Chance of looking at the market on a calm day' },
    price: { kind: 'number', unit: '1', from: 0, to: 5, meaning: 'Weight of the distance of AID from a dollar' },
    cover: { kind: 'number', unit: '1', from: 0, to: 5, meaning: 'Weight of a shortage of liquid cover' },
    news: { kind: 'number', unit: '1', from: 0, to: 5, meaning: 'Weight of a fall of the sAID exit NAV' },
    queue: { kind: 'number', unit: '1', from: 0, to: 5, meaning: 'Weight of a longer exit queue' },
    threshold: { kind: 'number', unit: '1', from: 0.05, to: 100, meaning: 'Median stress at which one leaves' },
    capital: { kind: 'number', unit: 'USD', from: 0, to: 1e9, meaning: 'USDC of each arbitrageur at the start' },
  },
  rows: [
    { name: 'treasuries', role: 'aid', holders: 6, share: 0.35, concentration: 0.8, whitelisted: 'yes', attention: 0.9, price: 1, cover: 2, news: 0.1, queue: 0, threshold: 1.2, capital: 0 },
    { name: 'retail', role: 'aid', holders: 24, share: 0.65, concentration: 0.8, whitelisted: 'no', attention: 0.4, price: 1, cover: 1, news: 0.1, queue: 0, threshold: 1.5, capital: 0 },
    { name: 'core', role: 'said', holders: 28, share: 0.55, concentration: 0.8, whitelisted: 'no', attention: 0.3, price: 0.3, cover: 0.5, news: 1, queue: 0.5, threshold: 2.5, capital: 0 },
    { name: 'funds', role: 'said', holders: 10, share: 0.3, concentration: 0.8, whitelisted: 'yes', attention: 0.8, price: 0.3, cover: 1, news: 1.5, queue: 1, threshold: 1.5, capital: 0 },
    { name: 'farmers', role: 'said', holders: 22, share: 0.15, concentration: 0.5, whitelisted: 'no', attention: 0.6, price: 0.5, cover: 0.5, news: 1.5, queue: 1, threshold: 1, capital: 0 },
    { name: 'providers', role: 'liquidity', holders: 8, share: 1, concentration: 0.8, whitelisted: 'no', attention: 0.8, price: 1.5, cover: 1, news: 0.2, queue: 0, threshold: 1.5, capital: 0 },
    { name: 'desks', role: 'arbitrageur', holders: 2, share: 1, concentration: 0, whitelisted: 'yes', attention: 1, price: 0, cover: 0, news: 0, queue: 0, threshold: 100, capital: 300000 },
    { name: 'patient', role: 'arbitrageur', holders: 2, share: 0, concentration: 0, whitelisted: 'no', attention: 1, price: 0, cover: 0, news: 0, queue: 0, threshold: 100, capital: 150000 },
  ],
} as const satisfies TableDeclaration
