import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FreezeLevel } from '#lib/customers/index.ts';
import type { Standing } from '../threshold.ts';
import { type ActionFacts, DENIALS, type Denial, denialOf, MATRIX, type MatrixRow, rowOf } from './action-matrix.ts';

const FREE: ActionFacts = {
  control: { freezeLevel: 'none', payPerUseRestricted: false },
  partners: [{ status: 'active' }],
  standing: 'within',
  exhaustionMode: 'manual',
};
const frozen = (freezeLevel: FreezeLevel, more: Partial<ActionFacts> = {}): ActionFacts => ({
  ...FREE,
  ...more,
  control: { ...FREE.control, freezeLevel },
});

/** The columns of CUS-124, and what a denial in one is called. */
const COLUMNS: readonly (readonly [name: string, facts: ActionFacts, denial: Denial])[] = [
  ['A', { ...FREE, standing: 'unset' }, 'BUDGET_NOT_SET'],
  ['B', FREE, 'BUDGET_EXHAUSTED'],
  ['C', { ...FREE, standing: 'exhausted' }, 'BUDGET_EXHAUSTED'],
  ['D', { ...FREE, standing: 'exhausted', exhaustionMode: 'automatic' }, 'BUDGET_EXHAUSTED'],
  ['E', frozen('account'), 'ACCOUNT_FROZEN'],
  ['F', frozen('account-and-resources'), 'RESOURCES_FROZEN'],
];

/** The table as the chapter has it: rule, action and six cells. */
const CHAPTER = readFileSync(new URL('../../../docs/spec/05-customer-control.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, rule = '', , ...cells]) => /^CUS-1(2[5-9]|3[0-7])$/.test(rule) && /^[YN]$/.test(cells[0] ?? ''))
  .map(([, rule = '', action = '', ...cells]) => ({ rule, action, cells: cells.slice(0, 6) }));

const rowNamed = (rule: string): MatrixRow => {
  const row = MATRIX.find((each) => each.rule === rule);
  if (!row) throw new Error(`no row ${rule}`);
  return row;
};

describe('the action matrix', () => {
  it('CUS-124: has the rows of the chapter, each once, and no other', () => {
    expect(CHAPTER).toHaveLength(13);
    expect(MATRIX.map(({ rule }) => rule)).toEqual(CHAPTER.map(({ rule }) => rule));
  });

  const cells = CHAPTER.flatMap(({ rule, action, cells: row }) =>
    COLUMNS.map(([column, facts, denial], i) => ({ rule, action, column, facts, denial, says: row[i] })),
  );

  // CUS-125, CUS-128, CUS-129, CUS-133, CUS-134, CUS-135, CUS-136, CUS-137 beside those that other tests name
  it.each(cells)(
    'CUS-147, CUS-268, DEV-16, DEV-17, $rule: $action in column $column is $says',
    ({ rule, facts, denial, says }) => {
      expect(denialOf(rowNamed(rule), facts)).toBe(says === 'Y' ? undefined : denial);
    },
  );

  it.each(['within', 'warning-75', 'warning-90'] as const)('CUS-124: %s is column B, in both modes', (standing) => {
    for (const exhaustionMode of ['manual', 'automatic'] as const)
      for (const row of MATRIX) expect(denialOf(row, { ...FREE, standing, exhaustionMode })).toBeUndefined();
  });

  it('CUS-126: savings plans are as reserved instances; an action of another mode is not in the table', () => {
    expect(rowOf('buy', 'savings-plan')?.rule).toBe('CUS-126');
    expect(rowOf('buy', 'reserved-instance')?.rule).toBe('CUS-126');
    expect(rowOf('change-billing-mode', 'pay-per-use')?.rule).toBe('CUS-132');
    for (const [action, mode] of [
      ['renew', 'pay-per-use'],
      ['unsubscribe', 'reserved-instance'],
      ['operate', 'savings-plan'],
    ] as const)
      expect(rowOf(action, mode)).toBeUndefined();
  });

  it('CUS-140: a restriction of pay-per-use denies CUS-127, 130 and 131 in every column and leaves the others alone', () => {
    const restricted = (facts: ActionFacts) => ({ ...facts, control: { ...facts.control, payPerUseRestricted: true } });
    for (const [, facts] of COLUMNS)
      for (const row of MATRIX) {
        const denied = ['CUS-127', 'CUS-130', 'CUS-131'].includes(row.rule);
        const before = denialOf(row, facts);
        expect(denialOf(row, restricted(facts))).toBe(before ?? (denied ? 'PPU_RESTRICTED' : undefined));
      }
  });

  it('CUS-142: what costs something is denied while any partner behind the customer is not active', () => {
    for (const status of ['frozen', 'inactive'] as const)
      for (const row of MATRIX) {
        const partners = [{ status: 'active' as const }, { status }];
        expect(denialOf(row, { ...FREE, partners })).toBe(row.costs === 'nothing' ? undefined : 'PARTNER_RESTRICTED');
      }
  });

  it('CUS-141: what costs something is denied while more is owed than the quota allows, whatever the budget', () => {
    for (const row of MATRIX) {
      const partners = [{ status: 'active' as const, quotaExceeded: true }, { status: 'active' as const }];
      const denied = row.costs === 'nothing' ? undefined : 'PARTNER_QUOTA_EXCEEDED';
      expect(denialOf(row, { ...FREE, partners })).toBe(denied);
    }
  });

  it('CUS-144: of several denials the strongest is named', () => {
    const all: ActionFacts = {
      control: { freezeLevel: 'account-and-resources', payPerUseRestricted: true },
      partners: [{ status: 'frozen', quotaExceeded: true }],
      standing: 'unset',
      exhaustionMode: 'automatic',
    };
    const exhausted: Standing = 'exhausted';
    const weaker: ActionFacts[] = [
      all,
      { ...all, control: { ...all.control, freezeLevel: 'account' } },
      { ...all, control: { ...all.control, freezeLevel: 'none' } },
      {
        ...all,
        control: { ...all.control, freezeLevel: 'none' },
        partners: [{ status: 'active', quotaExceeded: true }],
      },
      { ...all, control: { ...all.control, freezeLevel: 'none' }, partners: [] },
      { ...all, control: { ...all.control, freezeLevel: 'none' }, partners: [], standing: exhausted },
      { ...all, control: { ...all.control, freezeLevel: 'none' }, partners: [], standing: 'within' },
    ];
    expect(weaker.map((facts) => denialOf(rowNamed('CUS-127'), facts))).toEqual(DENIALS);
  });
});
