import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import type { Classified } from './classify.ts';
import { movementOf } from './movement.ts';
import type { BillType } from './record.ts';

/** Only what the sums look at. */
const classified = (
  billType: BillType,
  listPrice: string,
  end: string,
  since = '2024-08-01T00:00:00+08:00',
): Classified =>
  ({
    usage: billType === 'expenditure' ? parseMoney(listPrice) : parseMoney('0'),
    month: '2024-09',
    association: { since: instant(since) },
    charge: {
      billType,
      listPrice: parseMoney(listPrice),
      billingMode: 'pay-per-use',
      transactionTime: instant(end),
      spentTo: instant(end),
    },
  }) as Classified;

const charges = [
  classified('expenditure', '0.00000000001', '2024-09-01T00:00:00.001+08:00'),
  classified('expenditure', '2', '2024-09-18T14:00:00+08:00'),
  classified('refund', '-0.5', '2024-09-19T00:00:00+08:00'),
  classified('adjustment', '-3', '2024-10-01T00:00:00+08:00'),
  classified('adjustment', '1', '2024-08-31T14:00:00+08:00'),
];

describe('movementOf', () => {
  it('CUS-093, FIN-21: adds usage gross and sums list prices per bill type, exactly', () => {
    const movement = movementOf(charges, '2024-09' as BillingMonth);
    expect(movement).toMatchObject({ usage: parseMoney('2.00000000001'), count: 5 });
    const sums = { expenditure: parseMoney('2.00000000001'), refund: parseMoney('-0.5'), adjustment: parseMoney('-2') };
    expect(movement.sums).toEqual(sums);
  });

  it('CUS-098: usage of associations that began in the month, each by itself; of an earlier one the month is the whole', () => {
    const [begun, again] = ['2024-09-01T00:00:00+08:00', '2024-09-10T12:00:00+08:00'];
    const { usage, usageBySince } = movementOf(
      [
        classified('expenditure', '1', '2024-09-05T10:00:00+08:00', begun),
        classified('expenditure', '2', '2024-09-06T10:00:00+08:00', begun),
        classified('expenditure', '4', '2024-09-11T10:00:00+08:00', again),
        classified('refund', '-4', '2024-09-11T10:00:00+08:00', again),
        classified('expenditure', '8', '2024-09-11T10:00:00+08:00', '2024-08-31T23:59:59.999+08:00'),
      ],
      '2024-09' as BillingMonth,
    );
    expect(usage).toBe(parseMoney('15'));
    expect([...usageBySince]).toEqual([
      [instant(begun), parseMoney('3')],
      [instant(again), parseMoney('4')],
    ]);
  });

  it('ORD-128, ORD-136: counts records per day of the cycle, those of other months apart', () => {
    const { days } = movementOf(charges, '2024-09' as BillingMonth);
    expect(Object.fromEntries(days)).toEqual({ '01': 1, '18': 2, '30': 1, '00': 1 });
  });
});
