/** The library of scenarios as text, generated from scenarios/*.yaml by `npm run schema`; do not edit. */
export const library: Readonly<Record<string, string>> = {
  base: `# yaml-language-server: $schema=./scenario.schema.json
#
# The protocol of mid-2026 in a year without orders from outside. Every number is the standard value of its room, declared there
# with unit, bounds, source and evidence (aidlab explain NAME); the headline ones are
#   AID in existence        21 M, of which 15 M staked     DefiLlama: 21.42 M (2026-02-25), 20.86 M (2026-07-24)
#   deals                   12.75 M, 85 % of the sAID fund, at about 16.7 % a year; illustrative tape inside docs.gaib.ai's ranges
#   bills, cash, USDC       8.25 M at about 4 % a year     composition never published
#   sAID gross              14.8 % = 0.85 × 16.7 % + 0.15 × 4 %
#   sAID net                11.9 % = 0.8 × 14.8 % before losses; fee of 20 % (DefiLlama fee adapter: 14.82 % and 11.85 %)
#   holders                 102 individuals in eight cohorts, looking and trading every hour
name: base
question: In a year like mid-2026, how likely is it that AID leaves its peg, that its reserve falls short, or that sAID loses?
mode: twoTier
run:
  start: 2026-07-01
  days: 365
  paths: 2000
  seed: 20260701
  ticksPerDay: 24
`,
  'bank-run': `# yaml-language-server: $schema=./scenario.schema.json
#
# A third in a week: FDUSD lost 32.5 % in seven days of April 2025 and UST 39.9 % in those of May 2022, USDC 15.2 % in March 2023
# (circulating supply by DefiLlama and CoinMarketCap). Those who run are ranked by lot; others may join them for what they see.
name: bank-run
question: What if a third of all holders want their money back within a week?
extends: base
shocks:
  - column: holders.panic
    at: 30
    to: 0.3333
    over: 7 days
    until: 44
    back over: 1 days
    because: "FDUSD, April 2025: -32.5 % in seven days (DefiLlama supply)"
`,
  'base-unified': `# yaml-language-server: $schema=./scenario.schema.json
#
# The twin of base: the same numbers and the same luck, but everything backs AID, as the litepaper of 2025 has it, and losses run
# through insurance, surplus, the vault and at last AID itself (litepaper.gaib.ai against docs.gaib.ai of October 2025).
name: base-unified
question: If deals back AID itself, as the first papers said, who bears what a year like mid-2026 brings?
extends: base
mode: unified
`,
  combined: `# yaml-language-server: $schema=./scenario.schema.json
#
# The shocks of the library one after the other, as one would call the next: rents fall, the largest borrower fails at the bottom,
# holders run within the week after, liquidity providers leave, and on the Saturday of that week USDC is worth 0.88. The
# sources of each number stand in rent-collapse, top-borrower-default, bank-run, lp-exit and usdc-weekend.
name: combined
question: What if it all comes together - rents collapse, the largest borrower fails, holders run, liquidity leaves and USDC slips?
extends: base
shocks:
  - column: gpuMarket.rentFactor
    at: 30
    to: 0.4
    over: 182 days
    because: "as in rent-collapse: -60 % in two quarters"
  - column: deals.defaultLargest
    at: 2027-02-01
    until: 2027-02-02
    to: 1
    because: "as in top-borrower-default, at the bottom of the rents"
  - column: holders.panic
    at: 2027-02-01
    to: 0.3333
    over: 7 days
    because: "as in bank-run: a third in a week"
  - column: holders.providerExit
    at: 2027-02-03
    to: 0.8
    over: 24 hours
    because: "as in lp-exit: -80 % in a day"
  - column: reserve.usdcPrice
    at: 2027-02-05T21:00
    until: 2027-02-06T08:00
    to: 0.88
    over: 11 hours
    because: "as in usdc-weekend: March 2023"
  - column: reserve.usdcPrice
    at: 2027-02-06T08:00
    until: 2027-02-15
    expression: 1 - 0.12 * exp(-log(2) * t / 0.6125)
    because: "as in usdc-weekend: March 2023"
run:
  days: 540
`,
  'generation-shock': `# yaml-language-server: $schema=./scenario.schema.json
name: generation-shock
question: What if the next generation of GPUs arrives four months early and takes a third off the rents of the old ones?
extends: base
set:
  gpuMarket.generations.Rubin.releaseDay: { value: 60, unit: days, because: "two months after the start and not six" }
  gpuMarket.generations.Rubin.releaseStep:
    value: 0.4
    unit: log points
    because: >-
      -33 %, by judgement: RTX 30 cards lost 25 % in the year after RTX 40 (eBay sold prices, 2022 to 2023), and asks for V100-32GB 63 %
      between their fifth and their sixth year (Amazon price history)
  gpuMarket.releaseDelayMean: { value: 0, unit: days, because: "the date is known: it comes as announced" }
  gpuMarket.releaseDelayDeviation: { value: 10, unit: days, because: "the date is known within days" }
  gpuMarket.releaseAbsorption:
    { value: 6, unit: 1/year, because: "twice the speed of RTX 40, where -8 % was seen after six months" }
run:
  days: 540
`,
  glut: `# yaml-language-server: $schema=./scenario.schema.json
#
# A glut as long as the last one: H100 rate cards (GIX) fell from February to November 2024 and lay at the bottom until October 2025,
# 20 months from the top to the turn. What a glut does to rents, utilisation, resale and hosting are numbers of gpuMarket and hardware.
name: glut
question: What if the GPU market sits in a glut for 18 months?
extends: base
shocks:
  - column: gpuMarket.forcedRegime
    at: 30
    until: 578
    to: 0
    because: "18 months; the H100 glut of 2024 and 2025 lasted 20 months from the top to the turn (GIX rate cards)"
run:
  days: 730
`,
  'lp-exit': `# yaml-language-server: $schema=./scenario.schema.json
#
# Curve's stETH pool went from 4.5 to 0.62 billion USD, -86 %, between May and June 2022 (Forklog); active liquidity of Uniswap v3
# USDC/USDT was under a tenth of its median in 95 of the 120 hours from 10 to 14 March 2023 (subgraph of the pool).
name: lp-exit
question: Those who give 80 % of the pools' liquidity leave within a day. Can holders without redemption rights still get out?
extends: base
shocks:
  - column: holders.providerExit
    at: 30
    to: 0.8
    over: 24 hours
    until: 60
    back over: 24 hours
    because: "stETH on Curve, May to June 2022: -86 %; Uniswap v3 USDC/USDT, March 2023: under a tenth for most of five days"
`,
  pilot: `# yaml-language-server: $schema=./scenario.schema.json
#
# One deal of 100,000 USD, as the tokenised GPU financing with Aethir on BNB Chain in January 2025 (GAIB announcement, sold in ten
# minutes), at the prices of mid-2026. Everything around the deal is base scaled down to it: 85 % of the fund is lent.
name: pilot
question: What does a single deal of 100,000 USD do to its holders, with no second deal to spread the risk?
extends: base
set:
  aid.startSupply: { value: 165000, unit: AID, because: "100,000 lent are 85 % of the staked 71 %, the shares of base" }
  aidPool.depth: { value: 16000, unit: USD, because: "the share of AID supply of base, about 10 %" }
  saidPool.depth: { value: 6000, unit: USD, because: "the share of sAID of base, about 5 %" }
  lending.debt: { value: 0, unit: USDC, because: "nobody lends against a pilot" }
  deals.pipelineSlots: { value: 0, unit: slot, because: "one deal and no second one" }
  holders.cohorts.desks.capital: { value: 3000, unit: USD, because: "capital of base over its AID supply" }
  holders.cohorts.patient.capital: { value: 1500, unit: USD, because: "capital of base over its AID supply" }
deals:
  borrowers:
    because: "one borrower; its terms are those of a small borrower of base"
    rows:
      - {
          name: Pilot borrower,
          relatedParty: no,
          startingCash: 1,
          contractedShare: 0.6,
          hazardMultiple: 1,
          pipelineWeight: 0,
        }
  tape:
    because: >-
      100,000 USD (Aethir pilot, January 2025); 15 % and one year inside docs.gaib.ai's 10 to 20 % and 3 to 36 months (press expected 15
      to 25 %); machines for 133 % of the principal and 6.7 % in cash (docs.gaib.ai, deal structure)
    rows:
      - name: PILOT
        borrower: Pilot borrower
        type: debt
        structure: amortising
        principal: 100000
        rate: 0.15
        revenueShare: 0
        tenorMonths: 12
        ageMonths: 0
        generation: H100
        units: 0
        contractRent: 0
        contractMonthsLeft: 12
        utilisation: 1
        cashReserveShare: 0.067
        insuranceShare: 0
`,
  'pool-sweep': `# yaml-language-server: $schema=./scenario.schema.json
#
# A sweep: twelve cells on the same luck, \`aidlab sweep pool-sweep\`. The pool goes from half of what the base year has to four times
# that, in even ratios; the USDC stock from half of its share of the reserve to twice that.
name: pool-sweep
question: When a third of all holders want out within a week, does a deeper pool or a larger stock of USDC keep AID at its peg?
extends: bank-run
run: { paths: 200, days: 120 }
sweep:
  grid:
    aidPool.depth: { from: 1e6, to: 8e6, steps: 4, scale: log }
    reserve.usdcTarget: [0.055, 0.11, 0.22]
  metrics: [depeg_2pct_24h, depeg_5pct_24h, redemptionFailure, lowestTwap24h, minimumLiquidityRatio, saidNetYield]
`,
  'rent-collapse': `# yaml-language-server: $schema=./scenario.schema.json
#
# Harder than the record: H100 rate cards fell 39.5 % in nine months (GIX, February to November 2024), spot H100 at Google Cloud 67 %
# in ten (us-central1, 7.74 USD in May 2024 to 2.55 in March 2025). Used RTX 30 cards fell by about three quarters in 25 months
# (eBay sold prices, Tom's Hardware tables, October 2021 to November 2023).
name: rent-collapse
question: GPU rents fall by 60 % in two quarters and stay there. Which borrowers stop paying, and who bears it?
extends: base
shocks:
  - column: gpuMarket.rentFactor
    at: 30
    to: 0.4
    over: 182 days
    because: "-60 % in two quarters; Google Cloud spot H100 fell 67 % in ten months of 2024 and 2025"
run:
  days: 540
`,
  'top-borrower-default': `# yaml-language-server: $schema=./scenario.schema.json
#
# The largest borrower owes 40 % of the book (the share that the press reports, a related party) and defaults with all its deals.
# Orthogonal Trading owed 30 % of Maple's loans when it defaulted in December 2022 (The Block); a single borrower was the whole of
# Maker's Harbor Trade pool.
name: top-borrower-default
question: What if the borrower with the largest balance turns out, from one day to the next, to be in default?
extends: base
shocks:
  - column: deals.defaultLargest
    at: 30
    until: 31
    to: 1
    because: "a single name's jump to default: 36 of 120 M at Maple in December 2022"
run:
  days: 540
`,
  'usdc-weekend': `# yaml-language-server: $schema=./scenario.schema.json
#
# March 2023 on another weekend. USDC left 0.995 on Friday evening, was at 0.8767 on Saturday 07:57 UTC, 11 hours later, and closed the
# gap with a half-life of 14.7 hours (CoinGecko hourly prices, 10 to 13 March 2023). Banks are shut from Friday evening to Monday by
# the calendar, so that no dollar becomes USDC and no USDC a dollar; 3.3 of about 40 billion USD, 8 %, were stuck at a bank (Circle).
name: usdc-weekend
question: USDC falls to 0.88 on a weekend while banks are closed. Does AID, which is redeemed in USDC, fall with it?
extends: base
shocks:
  - column: reserve.usdcPrice
    at: 2026-09-11T21:00
    until: 2026-09-12T08:00
    to: 0.88
    over: 11 hours
    because: "the low of USDC, 0.8767, came 11 hours after it left 0.995 (CoinGecko, 2023-03-11 07:57 UTC)"
  - column: reserve.usdcPrice
    at: 2026-09-12T08:00
    until: 2026-09-21
    expression: 1 - 0.12 * exp(-log(2) * t / 0.6125)
    because: "half of the gap was gone after 14.7 hours, 0.6125 days (fit to CoinGecko hourly prices, 11 to 13 March 2023)"
`,
}
