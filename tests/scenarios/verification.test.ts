import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationHandler } from '#lib/shared/operation.ts';
import { handler as getBudget } from '../../functions/budgets/get-budget.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as setResellerBudgetPermission } from '../../functions/budgets/set-reseller-budget-permission.ts';
import { handler as freezeAccount } from '../../functions/customers/freeze-account.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as unfreezeAccount } from '../../functions/customers/unfreeze-account.ts';
import { handler as requestVerificationCode } from '../../functions/organization/request-verification-code.ts';
import { handler as setVerificationFunction } from '../../functions/organization/set-verification-function.ts';
import {
  type Answer,
  aCustomer,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  type Request,
  sentMails,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let partner: TestPartner;
let a: TestCustomer;
let b: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  [a, b] = await Promise.all([aCustomer({ of: partner }), aCustomer({ of: partner })]);
});

const switchOn = () => invoke(setVerificationFunction, { as: partner, body: { enabled: true, expectedVersion: 1 } });

const budgetOf = async ({ customerId }: TestCustomer) =>
  (await invoke(getBudget, { as: partner, path: { customerId } })).body;
const freezeLevelOf = async ({ customerId }: TestCustomer): Promise<string> =>
  (await invoke(getCustomer, { as: partner, path: { customerId } })).body.freezeLevel;

const setBudget = ({ customerId }: TestCustomer, expectedVersion: number): Request => ({
  as: partner,
  path: { customerId },
  body: { amount: '100.00', expectedVersion },
});
const control = (...customers: readonly TestCustomer[]): Request => ({
  as: partner,
  body: { customerIds: customers.map(({ customerId }) => customerId), reason: 'arrears' },
});

const sendCode = (as: Caller, challengeId: string) =>
  invoke(requestVerificationCode, { as, path: { challengeId }, body: { channel: 'email' } });

/** The code in the newest mail, as the person reads it. */
async function codeInMail(): Promise<string> {
  await drain();
  const mails = (await sentMails()).filter(({ subject }) => subject === 'Your verification code');
  return /^ {4}(\d{6})$/m.exec(mails.at(-1)?.text ?? '')?.[1] ?? 'no code';
}

const refusedForCode = (answer: Answer): string => {
  expect(answer).toMatchObject({ status: 403, body: { code: 'VERIFICATION_REQUIRED' } });
  return answer.body.challengeId;
};

/** Tries without a code, has one sent, and answers the headers that carry it. */
async function verified(operation: OperationHandler, request: Request): Promise<{ headers: Record<string, string> }> {
  const challengeId = refusedForCode(await invoke(operation, request));
  expect(await sendCode(partner, challengeId)).toMatchObject({ status: 202 });
  return { headers: { 'Verification-Challenge': challengeId, 'Verification-Code': await codeInMail() } };
}

describe('acceptance examples of chapter 02', () => {
  it('ORG-170, ORG-173, ORG-54 (example 12): off, a budget is set without a code; on, once with the right code', async () => {
    expect(await invoke(setMonthlyBudget, setBudget(a, 0))).toMatchObject({ status: 200 });
    await switchOn();
    const code = await verified(setMonthlyBudget, setBudget(b, 0));
    expect((await budgetOf(b)).amount).toBe('0.00');
    clock.advance({ minutes: 4, seconds: 59 });
    expect(await invoke(setMonthlyBudget, { ...setBudget(b, 0), ...code })).toMatchObject({ status: 200 });
    expect((await budgetOf(b)).amount).toBe('100.00');
    expect(await invoke(setMonthlyBudget, { ...setBudget(b, 0), ...code })).toMatchObject({
      body: { code: 'VERIFICATION_FAILED' },
    });
  });

  it('ORG-174 (example 13): a code for unfreezing A does not unfreeze B', async () => {
    await switchOn();
    const code = await verified(unfreezeAccount, control(a));
    expect(await invoke(unfreezeAccount, { ...control(b), ...code })).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_FAILED' },
    });
    expect(await freezeLevelOf(b)).toBe('account');
    expect(await invoke(unfreezeAccount, { ...control(a), ...code })).toMatchObject({ status: 200 });
    expect(await freezeLevelOf(a)).toBe('none');
  });

  it('ORG-178 (example 14, with the right that exists so far): withdrawing a right of a reseller needs a code although the function is off', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const set = (authorized: boolean) =>
      invoke(setResellerBudgetPermission, {
        as: distributor,
        path: { resellerId: reseller.partnerId },
        body: { authorized },
      });
    expect(await set(true)).toMatchObject({ status: 200 });
    expect(await set(false)).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_REQUIRED', operationKey: 'withdraw-reseller-budget-permission' },
    });
  });

  it('ORG-55, ORG-175 (example 15): five wrong codes, then the right one fails; a new code after 60 seconds', async () => {
    await switchOn();
    const right = await verified(unfreezeAccount, control(a));
    const code = right.headers['Verification-Code'] ?? '';
    const wrong = { headers: { ...right.headers, 'Verification-Code': code === '111111' ? '222222' : '111111' } };
    for (const headers of [wrong, wrong, wrong, wrong, wrong, right]) {
      expect(await invoke(unfreezeAccount, { ...control(a), ...headers })).toMatchObject({
        body: { code: 'VERIFICATION_FAILED' },
      });
    }
    const challengeId = refusedForCode(await invoke(unfreezeAccount, control(a)));
    clock.advance({ seconds: 59 });
    expect(await sendCode(partner, challengeId)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_CODES' } });
    clock.advance({ seconds: 1 });
    expect(await sendCode(partner, challengeId)).toMatchObject({ status: 202 });
    const headers = { 'Verification-Challenge': challengeId, 'Verification-Code': await codeInMail() };
    expect(await invoke(unfreezeAccount, { ...control(a), headers })).toMatchObject({ status: 200 });
    expect(await freezeLevelOf(a)).toBe('none');
  });
});

describe('acceptance example of chapter 05', () => {
  it('ORG-174, CUS-005 (example 20): a batch of ten needs one code, and without it none is frozen', async () => {
    const customers = await Promise.all(Array.from({ length: 10 }, () => aCustomer({ of: partner })));
    await invoke(unfreezeAccount, control(...customers));
    await switchOn();
    const code = await verified(freezeAccount, control(...customers));
    const levels = () => Promise.all(customers.map(freezeLevelOf));
    expect(new Set(await levels())).toEqual(new Set(['none']));
    expect(await invoke(freezeAccount, { ...control(...customers), ...code })).toMatchObject({ status: 200 });
    expect(new Set(await levels())).toEqual(new Set(['account']));
  });
});
