import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { type AssignmentFact, assignmentsOf, statusOf } from './history.ts';

const at = (time: string) => instant(`${time}+08:00`);
const LATER = at('2025-01-01T00:00:00');
const assigned = (memberId: string, time: string): AssignmentFact => ({
  kind: 'assigned',
  memberId,
  at: at(time),
  by: 'mem_admin',
});
const unassigned = (memberId: string, time: string, endsAt: string): AssignmentFact => ({
  kind: 'unassigned',
  memberId,
  at: at(time),
  by: 'mem_admin',
  endsAt: at(endsAt),
});
const summary = (facts: readonly AssignmentFact[], now = LATER) =>
  assignmentsOf(facts, now).map((each) => [each.memberId, statusOf(each), each.ended?.by]);

describe('assignmentsOf', () => {
  const AUGUST = assigned('M', '2024-08-10T10:00:00');
  const ENDS = unassigned('M', '2024-08-15T10:00:00', '2024-09-01T00:00:00');

  it('CUS-040, CUS-041, CUS-042: active, ending until the 1st of the next month 00:00, then ended', () => {
    expect(summary([AUGUST])).toEqual([['M', 'active', undefined]]);
    expect(summary([AUGUST, ENDS], at('2024-08-31T23:59:59.999'))).toEqual([['M', 'ending', undefined]]);
    const [over] = assignmentsOf([AUGUST, ENDS], at('2024-09-01T00:00:00'));
    expect(over).toMatchObject({ ended: { at: at('2024-09-01T00:00:00'), by: 'unassignment' } });
  });

  it('CUS-043: who takes over ends the former assignment, also one that is ending', () => {
    const taken = assigned('N', '2024-08-20T10:00:00');
    for (const facts of [
      [AUGUST, taken],
      [AUGUST, ENDS, taken],
    ]) {
      expect(assignmentsOf(facts, LATER)).toMatchObject([
        { memberId: 'M', ended: { at: at('2024-08-20T10:00:00'), by: 'change' } },
        { memberId: 'N' },
      ]);
      expect(summary(facts).at(-1)).toEqual(['N', 'active', undefined]);
    }
  });

  it('CUS-043: who comes after the end takes over nothing', () => {
    const next = assigned('N', '2024-09-01T00:00:00');
    expect(summary([AUGUST, ENDS, next])).toEqual([
      ['M', 'ended', 'unassignment'],
      ['N', 'active', undefined],
    ]);
  });

  it('CUS-187: a cancelled unassignment leaves one assignment, as if nobody had asked', () => {
    const cancelled: AssignmentFact = {
      kind: 'unassignment-cancelled',
      memberId: 'M',
      at: at('2024-08-20T10:00:00'),
      by: 'mem_admin',
    };
    const [only, ...more] = assignmentsOf([AUGUST, ENDS, cancelled], LATER);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ assignedAt: at('2024-08-10T10:00:00') });
    expect(only?.endsAt).toBeUndefined();
    expect(only?.ended).toBeUndefined();
  });

  it('CUS-201: the end of the association is the end of the assignment, unless it was over before', () => {
    const left = (time: string): AssignmentFact => ({
      kind: 'association-ended',
      memberId: 'M',
      at: at(time),
      by: 'system',
    });
    expect(summary([AUGUST, left('2024-08-20T10:00:00')])).toEqual([['M', 'ended', 'association-end']]);
    expect(summary([AUGUST, ENDS, left('2024-09-02T10:00:00')])).toEqual([['M', 'ended', 'unassignment']]);
    const back = assigned('M', '2024-10-01T10:00:00');
    expect(summary([AUGUST, left('2024-08-20T10:00:00'), back])).toEqual([
      ['M', 'ended', 'association-end'],
      ['M', 'active', undefined],
    ]);
  });
});
