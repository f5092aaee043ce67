import { customerAssociationTypeChanged, customerDisassociated } from '#events/customers.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { activeAssociation } from './associate.ts';
import { controlEvent } from './control-change.ts';
import { type Association, type AssociationType, associate, type Customer, release } from './customer.ts';
import { appendFreezeRecord, putAssociation, replaceCustomer } from './customer-store.ts';
import { appendFact, removeAssignment } from './managers/assignment-store.ts';
import { releaseEvents } from './resources/release-resources.ts';

interface Ending {
  /** The association record that tells of it. */
  readonly recordId: string;
  readonly initiatedBy: 'partner' | 'customer';
}

interface AssociationChange {
  readonly after: Customer;
  readonly writes: Write[];
  readonly events: OutgoingEvent[];
}

/**
 * Ends the association in force at this instant: dated item, freeze, assignments (CUS-032, ORD-43, ORD-44). Under the version of
 * `before`; what other areas keep of the association goes when they hear of it.
 */
export function endAssociationWrites(before: Customer, ending: Ending, now: Instant): AssociationChange {
  const association = requireActive(before);
  const ended: Association = { ...association, endedAt: now };
  const { partnerId, resellerId, type, since } = association;
  const released = release(before);
  const after: Customer = { ...released.after, association: ended, customTag: undefined };
  const { customerId, accountName } = before;
  const detail = { customerId, accountName, partnerId, resellerId, type, since, endedAt: now, ...ending };
  return {
    after,
    writes: [
      replaceCustomer(before, after),
      putAssociation(customerId, ended),
      ...released.records.map((record) => appendFreezeRecord(customerId, partnerId, record)),
      ...assignmentEnds(after, association, now),
    ],
    events: [
      event(customerDisassociated, detail, now),
      ...releaseEvents(before, now),
      ...unfrozen({ ...released, after }, now),
    ],
  };
}

/**
 * ORD-36: the association goes on under another type. In the dated history one association ends and the next begins, so that what was
 * charged before stays what it was; into the reseller model it freezes, out of it nothing stays frozen.
 */
export function changeTypeWrites(
  before: Customer,
  wish: { readonly type: AssociationType; readonly recordId: string },
  now: Instant,
): AssociationChange {
  const association = requireActive(before);
  const { customerId, accountName } = before;
  const { partnerId, resellerId, type, since } = association;
  const released = release(before);
  const { after: associated, record } = associate(released.after, { ...association, type: wish.type }, now);
  const after: Customer = { ...associated, version: before.version + 1 };
  const records = [...released.records, ...(record ? [record] : [])];
  const who = { customerId, accountName, partnerId, resellerId, recordId: wish.recordId };
  const detail = { ...who, typeBefore: type, typeAfter: wish.type, sinceBefore: since, since: now };
  return {
    after,
    writes: [
      replaceCustomer(before, after),
      putAssociation(customerId, { ...association, endedAt: now }),
      putAssociation(customerId, after.association ?? association),
      ...records.map((each) => appendFreezeRecord(customerId, partnerId, each)),
    ],
    events: [
      event(customerAssociationTypeChanged, detail, now),
      ...releaseEvents(before, now),
      ...unfrozen({ ...released, after }, now),
    ],
  };
}

/** ORD-44: whoever looked after the customer, of whichever partner, no longer does. */
const assignmentEnds = (after: Customer, { accountManagers }: Association, now: Instant): Write[] =>
  Object.entries(accountManagers).flatMap(([partnerId, memberId]) => [
    removeAssignment(after.customerId, partnerId),
    appendFact(after, partnerId, { kind: 'association-ended', memberId, at: now, by: 'system' }),
  ]);

function requireActive(customer: Customer): Association {
  const association = activeAssociation(customer);
  if (!association) throw new TypeError(`${customer.customerId} has no association to change`);
  return association;
}

const unfrozen = ({ after, records }: ReturnType<typeof release>, now: Instant): OutgoingEvent[] =>
  records
    .filter(({ action }) => action !== 'lift-pay-per-use')
    .map((record) => controlEvent({ after, record }, 'system', now));
