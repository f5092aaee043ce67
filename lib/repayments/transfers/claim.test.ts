import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { type BusinessDay, instant } from '#lib/shared/time.ts';
import {
  type ClaimWish,
  confirmClaim,
  fileClaim,
  isLateClaim,
  problemsOf,
  rejectClaim,
  resubmitClaim,
} from './claim.ts';
import { maskAccountNumber } from './claim-view.ts';

const wish: ClaimWish = {
  topUpTime: '2024-08-09' as BusinessDay,
  amount: parseMoney('1000.00'),
  currency: 'USD',
  bankAccount: '4000123456789',
};
const certificate = { fileKey: 'attachments/transfers/c', contentType: 'application/pdf', bytes: 10 } as const;
const friday = instant('2024-08-09T15:00:00+08:00');
const claim = fileClaim({ claimId: 'clm_1', partnerId: 'par_1' }, { wish, certificate, submittedBy: 'mem_1' }, friday);

describe('what a claim may say', () => {
  it('FIN-80: sent today is accepted, tomorrow in GMT+8 is not', () => {
    expect(problemsOf(wish, 2, instant('2024-08-09T00:00:00+08:00'))).toEqual([]);
    expect(problemsOf(wish, 2, instant('2024-08-08T23:59:59+08:00'))).toMatchObject([{ pointer: '/topUpTime' }]);
  });

  it('FIN-84: no limit of cards holds; any amount above 0 in whole cents, or whole units where there are none', () => {
    const of = (amount: string, decimals = 2) =>
      problemsOf({ ...wish, amount: parseMoney(amount) }, decimals, friday).map(({ pointer }) => pointer);
    expect(of('20000.01')).toEqual([]);
    expect(of('999999999999.99')).toEqual([]);
    expect(of('0.01')).toEqual([]);
    expect(of('0')).toEqual(['/amount']);
    expect(of('-5')).toEqual(['/amount']);
    expect(of('0.005')).toEqual(['/amount']);
    expect(of('11000001', 0)).toEqual([]);
    expect(of('1.5', 0)).toEqual(['/amount']);
  });

  it('FIN-80: everything that is wrong is told at once', () => {
    const wrong = { ...wish, topUpTime: '2024-09-01' as BusinessDay, amount: parseMoney('-0.001') };
    expect(problemsOf(wrong, 2, friday)).toHaveLength(3);
  });
});

describe('what becomes of it', () => {
  it('FIN-82, FIN-164: three working days, the weekend left out; late is what is after them and still open', () => {
    expect(claim.respondBy).toBe(instant('2024-08-14T15:00:00+08:00'));
    expect(isLateClaim(claim, instant('2024-08-14T15:00:00+08:00'))).toBe(false);
    expect(isLateClaim(claim, instant('2024-08-14T15:00:00.001+08:00'))).toBe(true);
    expect(isLateClaim({ ...claim, status: 'confirmed' }, instant('2024-09-14T15:00:00+08:00'))).toBe(false);
  });

  it('FIN-83: rejected with its reason, resubmitted corrected, and the days start anew', () => {
    const rejected = rejectClaim(claim, 'not found', instant('2024-08-12T10:00:00+08:00'));
    expect(rejected).toMatchObject({ status: 'rejected', reason: 'not found', version: 2 });
    const corrected = { wish: { ...wish, amount: parseMoney('999') }, certificate, submittedBy: 'mem_2' };
    const again = resubmitClaim(rejected, corrected, instant('2024-08-13T10:00:00+08:00'));
    expect(again).toEqual({
      ...claim,
      amount: parseMoney('999'),
      submittedBy: 'mem_2',
      submittedAt: instant('2024-08-13T10:00:00+08:00'),
      respondBy: instant('2024-08-16T10:00:00+08:00'),
      version: 3,
    });
  });

  it('FIN-83: only what is open can be answered, only what was rejected resubmitted', () => {
    const confirmed = confirmClaim(claim, 'par_1', friday);
    const rejected = rejectClaim(claim, 'no', friday);
    const submission = { wish, certificate, submittedBy: 'mem_1' };
    for (const refused of [
      () => confirmClaim(confirmed, 'par_1', friday),
      () => rejectClaim(confirmed, 'no', friday),
      () => confirmClaim(rejected, 'par_1', friday),
      () => rejectClaim(rejected, 'no', friday),
      () => resubmitClaim(claim, submission, friday),
      () => resubmitClaim(confirmed, submission, friday),
    ]) {
      expect(refused).toThrow('CLAIM_NOT_OPEN');
    }
  });
});

it.each([
  ['4000123456789', '****6789'],
  ['12345678', '****78'],
  ['1234', '****34'],
])('FIN-80: the payer account %s is shown as %s', (number, shown) => {
  expect(maskAccountNumber(number)).toBe(shown);
});
