import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BillingMonth, type BusinessDay, dayPlus, epochMs, instant, instantOfEpochMs } from '#lib/shared/time.ts';
import { creditedDays, managerOfDay, managerOfMonth, managersOfDays } from './attribution.ts';
import { type Assignment, type AssignmentFact, assignmentsOf } from './history.ts';

const at = (time: string) => instant(`${time}+08:00`);
const assignment = (
  memberId: string,
  from: string,
  ended?: readonly [string, 'unassignment' | 'change'],
): Assignment => ({
  memberId,
  assignedAt: at(from),
  assignedBy: 'mem_admin',
  ...(ended ? { ended: { at: at(ended[0]), by: ended[1] } } : {}),
});
const month = (text: string) => text as BillingMonth;
const day = (text: string) => text as BusinessDay;

describe('creditedDays', () => {
  it('CUS-202, CUS-277, ORD-139: counts from 00:00 of the next day on, without an end', () => {
    expect(creditedDays(assignment('M', '2024-08-10T23:59:59'))).toMatchObject({ first: '2024-08-11' });
    expect(creditedDays(assignment('M', '2024-08-11T00:00:00'))).toMatchObject({ first: '2024-08-12' });
    expect(creditedDays(assignment('M', '2024-08-10T10:00:00')).last).toBeUndefined();
  });

  it('CUS-198, ORD-139, ORD-140: unassigned, the last day of the month is the last that counts', () => {
    const september = assignment('M', '2024-08-10T10:00:00', ['2024-10-01T00:00:00', 'unassignment']);
    expect(creditedDays(september)).toMatchObject({ first: '2024-08-11', last: '2024-09-30' });
    const december = assignment('M', '2024-08-10T10:00:00', ['2025-01-01T00:00:00', 'unassignment']);
    expect(creditedDays(december).last).toBe('2024-12-31');
  });

  it('CUS-204, ORD-140: the former manager keeps the day of the change, the new one begins with the next', () => {
    const former = assignment('M', '2024-08-10T10:00:00', ['2024-09-20T15:00:00', 'change']);
    expect(creditedDays(former).last).toBe('2024-09-20');
    expect(creditedDays(assignment('N', '2024-09-20T15:00:00')).first).toBe('2024-09-21');
  });

  it('ORD-139: assigned and changed on one day, no day counts', () => {
    const { first, last } = creditedDays(assignment('M', '2024-08-10T10:00:00', ['2024-08-10T11:00:00', 'change']));
    expect(last !== undefined && last < first).toBe(true);
  });
});

describe('managerOfDay', () => {
  it('CUS-204: three on one day: the former keeps it, the last has the next, the one between has none', () => {
    const history = [
      assignment('M', '2024-08-01T10:00:00', ['2024-08-12T10:00:00', 'change']),
      assignment('N', '2024-08-12T10:00:00', ['2024-08-12T15:00:00', 'change']),
      assignment('O', '2024-08-12T15:00:00'),
    ];
    expect(managerOfDay(history, day('2024-08-01'))).toBeUndefined();
    expect(managerOfDay(history, day('2024-08-12'))).toBe('M');
    expect(managerOfDay(history, day('2024-08-13'))).toBe('O');
  });

  it('CUS-204, CUS-206: no day counts for two, whatever happened, and what is past stays as it was', () => {
    const facts = fc.array(
      fc.record({
        kind: fc.constantFrom('assigned', 'unassigned', 'left'),
        who: fc.constantFrom('M', 'N', 'O'),
        hours: fc.integer({ min: 0, max: 400 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(facts, (steps) => {
        const history = toFacts(steps);
        const now = history.at(-1)?.at ?? at('2024-08-01T00:00:00');
        const assignments = assignmentsOf(history, at('2026-01-01T00:00:00'));
        const before = assignmentsOf(history.slice(0, -1), now);
        for (let date = day('2024-08-01'); date <= '2025-03-01'; date = dayPlus(date, 1)) {
          const credited = assignments
            .map(creditedDays)
            .filter(({ first, last }) => first <= date && (last === undefined || date <= last));
          expect(credited.length).toBeLessThanOrEqual(1);
          if (at(`${date}T23:59:59`) < now) expect(managerOfDay(assignments, date)).toBe(managerOfDay(before, date));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('managersOfDays', () => {
  it('CUS-202, CUS-204: stretches of a month, in order', () => {
    const history = [
      assignment('M', '2024-07-05T10:00:00', ['2024-08-12T10:00:00', 'change']),
      assignment('N', '2024-08-12T10:00:00', ['2024-09-01T00:00:00', 'unassignment']),
    ];
    expect(managersOfDays(history, month('2024-08'))).toEqual([
      { memberId: 'M', first: '2024-08-01', last: '2024-08-12' },
      { memberId: 'N', first: '2024-08-13', last: '2024-08-31' },
    ]);
    expect(managersOfDays(history, month('2024-09'))).toEqual([]);
  });
});

describe('managerOfMonth', () => {
  const history = [
    assignment('M', '2024-08-10T10:00:00', ['2024-09-12T10:00:00', 'change']),
    assignment('N', '2024-09-12T10:00:00', ['2024-09-20T10:00:00', 'change']),
    assignment('O', '2024-09-20T10:00:00', ['2024-11-01T00:00:00', 'unassignment']),
  ];

  it.each([
    ['2024-07', undefined],
    ['2024-08', 'M'], // CUS-203: from the 1st of the month of assignment
    ['2024-09', 'O'], // CUS-205: the last one owns the whole month
    ['2024-10', 'O'],
    ['2024-11', undefined], // CUS-198
  ])('CUS-203, CUS-205: %s counts for %s', (text, expected) => {
    expect(managerOfMonth(history, month(text))).toBe(expected);
  });
});

type Step = { readonly kind: string; readonly who: string; readonly hours: number };

function toFacts(steps: readonly Step[]): AssignmentFact[] {
  let time = epochMs(at('2024-08-01T00:00:00'));
  return steps.map(({ kind, who, hours }): AssignmentFact => {
    time += hours * 3_600_000;
    const fact = { memberId: who, at: instantOfEpochMs(time), by: 'mem_admin' };
    if (kind === 'assigned') return { ...fact, kind };
    if (kind === 'left') return { ...fact, kind: 'association-ended' };
    const [year = '', next = ''] = [fact.at.slice(0, 4), String(Number(fact.at.slice(5, 7)) + 1)];
    const endsAt =
      next === '13' ? `${Number(year) + 1}-01-01T00:00:00` : `${year}-${next.padStart(2, '0')}-01T00:00:00`;
    return { ...fact, kind: 'unassigned', endsAt: at(endsAt) > fact.at ? at(endsAt) : instantOfEpochMs(time + 1) };
  });
}
