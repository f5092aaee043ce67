import type { Member } from '#lib/shared/actor.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Lead, type LeadStatus, leadAt, normaliseEmail } from './lead.ts';
import { leadVisibility } from './lead-scope.ts';
import { listLeadsOfPartner, positionOf } from './lead-store.ts';

/** What the list can be narrowed to; the status is the one that holds now (DEV-07). Deleted leads are shown only when asked for. */
export interface LeadFilter {
  readonly customerName?: string;
  readonly email?: string;
  readonly mobileNumber?: string;
  readonly status?: LeadStatus;
}

function matches(stored: Lead, { customerName, email, mobileNumber, status }: LeadFilter, now: Instant): boolean {
  const lead = leadAt(stored, now);
  if (status === undefined ? lead.status === 'deleted' : lead.status !== status) return false;
  if (email !== undefined && lead.email !== normaliseEmail(email)) return false;
  if (mobileNumber !== undefined && lead.mobileNumber !== mobileNumber) return false;
  return customerName === undefined || comparable(lead.customerName).includes(comparable(customerName));
}

const comparable = (name: string): string => name.trim().normalize('NFC').toLowerCase();

const PAGE = 100;
const MOST_PAGES = 10;

/**
 * A partner's leads that the member may see and that the filter matches, newest first. Reads on until the page is full; after a
 * thousand leads without enough hits the page is short and the cursor goes on.
 */
export async function listLeads(
  member: Member,
  filter: LeadFilter,
  { limit, startKey }: { readonly limit: number; readonly startKey?: Record<string, unknown> },
  now: Instant,
): Promise<{ leads: Lead[]; nextKey?: Record<string, unknown> }> {
  const isVisible = leadVisibility(member);
  const found: Lead[] = [];
  let from = startKey;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { leads, nextKey } = await listLeadsOfPartner(member.partnerId, { limit: PAGE, startKey: from });
    for (const lead of leads) {
      if (!matches(lead, filter, now) || !(await isVisible(lead))) continue;
      found.push(lead);
      if (found.length === limit)
        return { leads: found, nextKey: isLast(lead, leads, nextKey) ? undefined : positionOf(lead) };
    }
    if (!nextKey) return { leads: found };
    from = nextKey;
  }
  return { leads: found, nextKey: from };
}

const isLast = (lead: Lead, leads: readonly Lead[], nextKey: unknown): boolean =>
  nextKey === undefined && leads.at(-1) === lead;
