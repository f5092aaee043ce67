import { getItem } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Entry } from './entry.ts';

const TABLE = 'customer-development';
const key = (invitationId: string, accountId: string) => ({ pk: `ENTRY#${invitationId}`, sk: `ACCOUNT#${accountId}` });

export async function loadEntry(invitationId: string, accountId: string): Promise<Entry | undefined> {
  const item = await getItem(TABLE, key(invitationId, accountId), { consistent: true });
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, ...entry } = item;
  return entry as unknown as Entry;
}

/** Puts the first version, or replaces the one that was read; when somebody wrote in between the use case decides again. */
export const putEntry = (after: Entry, before?: Entry): Write => ({
  table: TABLE,
  put: { ...key(after.invitationId, after.accountId), ...after },
  condition: before ? 'version = :seen' : 'attribute_not_exists(pk)',
  values: before && { ':seen': before.version },
});

/** DEV-92: kept apart from everything that the association needs; the first consent counts. */
export const promotionalConsent = (customerId: string, now: Instant): Write => ({
  table: TABLE,
  update: { pk: `CUSTOMER#${customerId}`, sk: 'CONSENT#promotional-news' },
  set: 'SET givenAt = if_not_exists(givenAt, :now)',
  values: { ':now': now },
});
