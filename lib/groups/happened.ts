import type * as z from 'zod';
import { groupChanged, groupMembershipChanged } from '#events/groups.ts';
import { maskEmail, maskName, maskPhone } from '#lib/shared/masking.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Trace } from '#lib/shared/trace.ts';
import { type AccountInformation, type Group, PLATFORM } from './group.ts';
import type { Membership } from './membership.ts';

type Action = z.input<typeof groupChanged.detail>['action'];

export const groupEvent = (
  { groupId, name: groupName, kind, parentId }: Group,
  action: Action,
  now: Instant,
): OutgoingEvent => event(groupChanged, { groupId, groupName, kind, parentId, action, changedAt: now }, now);

/** A move names both groups, a joining or leaving one of them. */
export function membershipEvent(from: Membership | undefined, to: Membership | undefined, now: Instant): OutgoingEvent {
  const known = to ?? from;
  if (!known) throw new TypeError('a membership that neither was nor is');
  const { accountId, kind, parentId } = known;
  const groups = { fromGroupId: from?.groupId, toGroupId: to?.groupId };
  return event(groupMembershipChanged, { accountId, kind, parentId, ...groups, changedAt: now }, now);
}

/** Traces of the platform's own groups stand with the platform (CUS-020). */
export const tracePartner = (parentId: string): Pick<Trace, 'partnerId'> =>
  parentId === PLATFORM ? {} : { partnerId: parentId };

/** A group as traces show it: what nobody can take back carries no personal field in clear (spec note 13). */
export const tracedGroup = ({ groupId, name, kind, status, account }: Group) => ({
  groupId,
  groupName: name,
  kind,
  status,
  account: maskedAccount(account),
});

export const maskedAccount = ({
  contactName,
  email,
  phone,
  countryRegion,
}: AccountInformation): AccountInformation => ({
  contactName: maskName(contactName),
  email: maskEmail(email),
  phone: maskPhone(phone),
  countryRegion,
});
