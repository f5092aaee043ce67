import { getItem, getItems, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Lead } from './lead.ts';

const TABLE = 'customer-development';
const key = (leadId: string) => ({ pk: `LEAD#${leadId}`, sk: 'LEAD' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } } as const;
const dueIndex = { index: 'byDue', keys: { pk: 'dueKey', sk: 'dueSort' } } as const;

/** The leads that lapse are spread, since thousands may do so in one minute; reviews are few and listed in order. */
export const EXPIRY_SHARDS = 8;
const reviewKey = 'REVIEW#0';

export async function loadLead(leadId: string, options: { consistent?: boolean } = {}): Promise<Lead | undefined> {
  const item = await getItem(TABLE, key(leadId), options);
  return item && toLead(item);
}

/** In the order asked for; missing ones are left out. */
export async function loadLeads(leadIds: readonly string[]): Promise<Lead[]> {
  const leads = new Map((await getItems(TABLE, leadIds.map(key))).map((item) => [String(item.leadId), toLead(item)]));
  return leadIds.flatMap((leadId) => leads.get(leadId) ?? []);
}

export const putNewLead = (lead: Lead): Write => ({
  table: TABLE,
  put: { ...key(lead.leadId), ...lead, ...indexKeys(lead) },
  condition: 'attribute_not_exists(pk)',
});

/** Replaces a lead under its version; without a refusal the use case reads and decides again. */
export const replaceLead = (before: Lead, after: Lead): Write => ({
  table: TABLE,
  put: { ...key(after.leadId), ...after, version: before.version + 1, ...indexKeys(after) },
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

/** Joined to a change that the lead allowed, so that its end in the meantime stops it. */
export const leadUnchanged = ({ leadId, version }: Lead): Write => ({
  table: TABLE,
  check: key(leadId),
  condition: 'version = :seen',
  values: { ':seen': version },
});

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** Leads of a partner, newest first. */
export async function listLeadsOfPartner(
  partnerId: string,
  page: Page,
): Promise<{ leads: Lead[]; nextKey?: Record<string, unknown> }> {
  const pk = `LEADS#${partnerId}`;
  const answer = await queryPage({ table: TABLE, ...partnerIndex, pk, newestFirst: true, ...page });
  return { leads: answer.items.map(toLead), nextKey: answer.nextKey };
}

/** From where a list of the partner's leads goes on after this one. */
export const positionOf = (lead: Lead): Record<string, unknown> => ({ ...key(lead.leadId), ...partnerKeys(lead) });

interface DuePage {
  readonly leadIds: string[];
  readonly nextKey?: Record<string, unknown>;
}

/** Leads of one part of the index whose time is up at `until`, the longest lapsed first. */
export const listLapsed = (shard: number, until: Instant, page: Page): Promise<DuePage> =>
  listDue(expiryKey(shard), until, page);

/** Leads under review that are due up to `until`, the longest due first. */
export const listReviews = (until: Instant, page: Page): Promise<DuePage> => listDue(reviewKey, until, page);

async function listDue(pk: string, until: Instant, page: Page): Promise<DuePage> {
  const sk = { between: ['0', `${until}#~`] as const };
  const answer = await queryPage({ table: TABLE, ...dueIndex, pk, sk, ...page });
  return { leadIds: answer.items.map((item) => String(item.pk).slice('LEAD#'.length)), nextKey: answer.nextKey };
}

const expiryKey = (shard: number): string => `LEAD#${shard}`;
const shardOf = (leadId: string): number => leadId.charCodeAt(leadId.length - 1) % EXPIRY_SHARDS;

const partnerKeys = (lead: Lead) => ({
  partnerKey: `LEADS#${lead.partnerId}`,
  partnerSort: `${lead.createdAt}#${lead.leadId}`,
});

const indexKeys = (lead: Lead) => ({ ...partnerKeys(lead), ...dueKeys(lead) });

/** Sparse: only what still waits for its time. */
function dueKeys({ leadId, status, expiresAt, review }: Lead): Record<string, string> {
  if (status === 'pre-registered') {
    return { dueKey: expiryKey(shardOf(leadId)), dueSort: `${expiresAt}#${leadId}` };
  }
  return status === 'pending-review' && review ? { dueKey: reviewKey, dueSort: `${review.dueAt}#${leadId}` } : {};
}

function toLead(item: Item): Lead {
  const {
    pk: _pk,
    sk: _sk,
    partnerKey: _partnerKey,
    partnerSort: _partnerSort,
    dueKey: _dueKey,
    dueSort: _dueSort,
    ...lead
  } = item;
  return lead as unknown as Lead;
}
