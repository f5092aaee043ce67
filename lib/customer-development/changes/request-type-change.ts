import {
  type Association,
  type AssociationType,
  type Customer,
  customerErrors,
  customerUnchanged,
  loadCustomer,
  managingPartner,
} from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { AssociationRecord } from './association-record.ts';
import { checksOfTypeChange } from './blocking-checks.ts';
import { entryChecks } from './entry-conditions.ts';
import { changeErrors } from './errors.ts';
import { requireAccount, requirePassed } from './load-facts.ts';
import { newRecord } from './new-record.ts';
import { claimPending, loadPair } from './pair-store.ts';
import { type Party, requireAssociation } from './party.ts';
import { putNewRecord } from './record-store.ts';
import { requestCreated } from './request-events.ts';

/**
 * What is wrong with the wish whatever the checks say, before a code is asked for.
 * @throws Refusal NOT_ASSOCIATED, RESELLERS_CUSTOMER, SAME_TYPE, REFERRAL_NOT_POSSIBLE, REFERRAL_NOT_ENABLED, REQUEST_PENDING
 */
export async function examineTypeChange(
  customer: Customer,
  newType: AssociationType,
  party: Party,
): Promise<Association> {
  const association = requireAssociation(customer, party);
  if (association.type === newType) throw new Refusal(changeErrors.SAME_TYPE);
  await requireModel(association, newType);
  const pair = await loadPair({ partnerId: managingPartner(association), customerId: customer.customerId });
  if (pair.pendingId !== undefined) throw new Refusal(changeErrors.REQUEST_PENDING); // ORD-31
  return association;
}

/** ORD-01, ORD-180. @throws Refusal REFERRAL_NOT_POSSIBLE, REFERRAL_NOT_ENABLED */
export async function requireModel({ partnerId, resellerId }: Association, newType: AssociationType): Promise<void> {
  if (newType !== 'referral') return;
  if (resellerId !== undefined) throw new Refusal(customerErrors.REFERRAL_NOT_POSSIBLE);
  const { grants } = await requireStanding(partnerId);
  if (!grants.includes('referral-model')) throw new Refusal(changeErrors.REFERRAL_NOT_ENABLED);
}

/** ORD-35, ORD-36: no manual freeze, and into the reseller model its entry conditions. @throws Refusal CHECK_FAILED */
export async function requireChangeable(
  { accountId, control }: Customer,
  { partnerId }: Association,
  newType: AssociationType,
  now: Instant,
): Promise<void> {
  const blocking = checksOfTypeChange(control);
  if (newType === 'referral') return requirePassed(blocking);
  const [account, standing] = await Promise.all([requireAccount(accountId), requireStanding(partnerId)]);
  requirePassed([...blocking, ...entryChecks({ account, standing }, now)]);
}

/** Asks the other side for another association type (ORD-35). @throws Refusal CHECK_FAILED and those of `examineTypeChange` */
export async function requestTypeChange(
  customerId: string,
  newType: AssociationType,
  party: Party,
  now: Instant,
): Promise<AssociationRecord> {
  return redecide(async () => {
    const customer = await loadCustomer(customerId, { consistent: true });
    if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
    const association = await examineTypeChange(customer, newType, party);
    await requireChangeable(customer, association, newType, now);
    const asked = {
      purpose: 'association-type-change',
      status: 'pending-confirmation',
      newAssociationType: newType,
    } as const;
    const record = newRecord(customer, association, party, asked, now);
    await transact({
      writes: [...putNewRecord(record), claimPending(record), customerUnchanged(customer)],
      events: [requestCreated(record, now)],
      trace: { partnerId: record.partnerId, customerId, after: record },
    });
    return record;
  });
}
