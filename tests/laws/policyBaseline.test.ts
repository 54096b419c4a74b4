/** The shipped policy sees every change: its baseline is written out, and follows neither base nor the rooms. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planOf } from '../../scenarios/scenario.ts'
import { model } from '../../sim/host/model.ts'
import { askPolicy, readPolicy } from '../../sim/host/study/policyFile.ts'
import type { ParameterDeclaration } from '../../sim/kernel/declarations.ts'
import type { Economy } from '../../sim/kernel/economy.ts'
import type { Plan } from '../../sim/kernel/plan.ts'
import { changesBetween } from '../../sim/studies/compare/changes.ts'
import { economy, resolve } from '../support/scenarios.ts'

const base = readFileSync('scenarios/base.yaml', 'utf8')
const frozen = readFileSync('scenarios/policies/baseline.yaml', 'utf8')
const planIn = (text: string, where: Economy): Plan => planOf(resolve(text, {}, {}, where), where)

/** The economy with the standard value of every parameter moved inside its bounds. */
const moved = {
  ...economy,
  rooms: Object.fromEntries(
    Object.entries(economy.rooms).map(([name, room]) => [
      name,
      {
        ...room,
        parameters: Object.fromEntries(
          Object.entries(room.parameters as Record<string, ParameterDeclaration>).map(([key, one]) => [
            key,
            other(one),
          ]),
        ),
      },
    ]),
  ),
} as unknown as Economy

function other(declared: ParameterDeclaration): ParameterDeclaration {
  if ('choices' in declared) {
    return { ...declared, value: declared.choices.find((one) => one !== declared.value) ?? declared.value }
  }
  const { value, from, to } = declared
  return { ...declared, value: value === from ? to : from }
}

describe('the baseline of the shipped policy', () => {
  const asked = askPolicy(readPolicy('scenarios/policies/base.yaml'), { set: [] }, model)

  it('is what base is today, so the policy passes by itself', () => {
    expect(asked.policy.baseline?.reference.value).toBe('./baseline.yaml')
    expect(changesBetween(asked.baseline?.plan as Plan, asked.scenario.plan, economy)).toEqual([])
    expect(asked.baseline?.same).toBe(true)
  })

  it('shows a number turned in base as a change', () => {
    const turned = planIn(`${base}\nset:\n  reserve.usdcTarget: 0.2\n`, economy)
    expect(changesBetween(planIn(frozen, economy), turned, economy)).toMatchObject([
      { name: 'reserve.usdcTarget', first: 0.11, second: 0.2 },
    ])
  })

  it('leaves no parameter and no table to the rooms: add a line for each new one', () => {
    const rooms = Object.entries(economy.rooms).map(([room, { parameters, tables }]) => [room, parameters, tables])
    for (const [room, parameters, tables] of rooms) {
      for (const name of [...Object.keys(parameters as object), ...Object.keys(tables as object)])
        expect(frozen).toContain(`\n  ${room}.${name}:`)
    }
  })

  it('shows every standard value of a room that is moved', () => {
    const standard = Object.values(economy.rooms).flatMap((room) =>
      Object.values(room.parameters as Record<string, ParameterDeclaration>).filter(
        (one) => other(one).value !== one.value,
      ),
    )
    expect(planIn(frozen, moved).parameters).toEqual(planIn(frozen, economy).parameters)
    expect(standard.length).toBeGreaterThan(150)
  })
})
