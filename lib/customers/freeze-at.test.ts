import { describe, expect, it } from 'vitest';
import { epochMs, instant, instantOfEpochMs } from '#lib/shared/time.ts';
import type { FreezeLevel } from './customer.ts';
import { freezeAt } from './freeze-at.ts';

const at = (time: string) => instant(`2024-08-${time}+08:00`);
const justBefore = (time: ReturnType<typeof at>) => instantOfEpochMs(epochMs(time) - 1);
const record = (recordId: string, time: string, levelBefore: FreezeLevel, levelAfter: FreezeLevel) => ({
  recordId,
  at: at(time),
  levelBefore,
  levelAfter,
});
const FROZEN = at('10T10:00:00');
const ESCALATED = at('12T10:00:00');
const LIFTED = at('15T10:00:00');
const HISTORY = [
  record('frz_1', '10T10:00:00', 'none', 'account'),
  record('frz_2', '11T10:00:00', 'account', 'account'), // a take-over, or a restriction of pay-per-use
  record('frz_3', '12T10:00:00', 'account', 'account-and-resources'),
  record('frz_4', '15T10:00:00', 'account-and-resources', 'none'),
  record('frz_5', '16T10:00:00', 'none', 'none'),
];

describe('the freeze in force', () => {
  it('CUS-022, CUS-026: from its very instant, up to but not at that of the unfreezing', () => {
    expect(freezeAt(HISTORY, justBefore(FROZEN))).toBeUndefined();
    expect(freezeAt(HISTORY, FROZEN)).toEqual({ freezeRecordId: 'frz_1', frozenAt: FROZEN });
    expect(freezeAt(HISTORY, justBefore(LIFTED))).toMatchObject({ freezeRecordId: 'frz_3' });
    expect(freezeAt(HISTORY, LIFTED)).toBeUndefined();
    expect(freezeAt(HISTORY, at('17T10:00:00'))).toBeUndefined();
    expect(freezeAt([], FROZEN)).toBeUndefined();
  });

  it('CUS-023, CUS-157: a take-over goes on, an escalation is a freeze of its own', () => {
    expect(freezeAt(HISTORY, at('11T12:00:00'))).toEqual({ freezeRecordId: 'frz_1', frozenAt: FROZEN });
    expect(freezeAt(HISTORY, justBefore(ESCALATED))).toMatchObject({ freezeRecordId: 'frz_1' });
    expect(freezeAt(HISTORY, ESCALATED)).toEqual({ freezeRecordId: 'frz_3', frozenAt: ESCALATED });
  });

  it('ORD-36: of two records of one instant the later one holds', () => {
    const turned = [
      ...HISTORY.slice(0, 1),
      record('frz_6', '12T10:00:00', 'account', 'none'),
      record('frz_7', '12T10:00:00', 'none', 'account'),
    ];
    expect(freezeAt(turned, ESCALATED)).toMatchObject({ freezeRecordId: 'frz_7' });
  });
});
