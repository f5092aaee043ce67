import * as z from 'zod';
import { customerScope } from '#lib/customers/index.ts';
import { operation } from '#lib/shared/operation.ts';
import { loadStanding, type PartnerStanding, putStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { codeOf } from '#lib/shared/verification.ts';
import { handler as requestVerificationCode } from '../../functions/organization/request-verification-code.ts';
import { type Answer, asSystem, type Caller, clock, invoke, type Request } from '../support/index.ts';

/** Customers on which the operation below was carried out, in order. */
export const executed: string[] = [];

/** A critical operation with every kind of check, so that the step-up check is tested apart from what any area does. */
const criticalOperation = operation({
  name: 'critical-for-test',
  summary: 'Carries out a critical operation on a customer.',
  rules: 'ORG-173',
  route: 'POST /v1/customers/{customerId}/critical-for-test',
  actors: ['member', 'operator'],
  permission: 'customer.freeze',
  scope: customerScope,
  partnerGrant: 'budget-and-freeze',
  critical: 'freeze-unfreeze',
  path: z.object({ customerId: z.string() }),
  body: z.object({ reason: z.string().min(1) }),
  response: z.object({ customerId: z.string() }),
  errors: [],
  run: async ({ path }) => {
    executed.push(path.customerId);
    await transact({ writes: [], trace: { customerId: path.customerId } });
    return path;
  },
});

/** Changes what the gate knows of a partner. */
export async function giveStanding(partnerId: string, change: Partial<PartnerStanding>): Promise<void> {
  const standing = await loadStanding(partnerId);
  if (!standing) throw new Error('no such partner');
  await asSystem(() => transact({ writes: [putStanding({ ...standing, ...change }, standing.version)] }));
}

export const attempt = (as: Caller, customerId: string, more: Partial<Request> = {}): Promise<Answer> =>
  invoke(criticalOperation, { as, path: { customerId }, body: { reason: 'arrears' }, ...more });

export const askForCode = (as: Caller, challengeId: string, channel: 'sms' | 'email' = 'email'): Promise<Answer> =>
  invoke(requestVerificationCode, { as, path: { challengeId }, body: { channel } });

export const withCode = (challengeId: string, code: string): Partial<Request> => ({
  headers: { 'Verification-Challenge': challengeId, 'Verification-Code': code },
});

/** The code that was sent for a challenge at `at`. */
export const sentCode = (challengeId: string, at: Instant = clock.now()): string => codeOf(challengeId, at);

/** Another text of six digits. */
export const wrongCode = (challengeId: string, at: Instant = clock.now()): string =>
  String((Number(sentCode(challengeId, at)) + 1) % 1_000_000).padStart(6, '0');

/** A challenge for the operation on this customer, with its code sent. */
export async function challengeWithCode(as: Caller, customerId: string): Promise<string> {
  const { body } = await attempt(as, customerId);
  const asked = await askForCode(as, body.challengeId);
  if (asked.status !== 202) throw new Error(`no code: ${asked.body.code}`);
  return body.challengeId;
}
