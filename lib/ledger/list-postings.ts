import { queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type KeptPosting, toPosting } from './ledger-store.ts';

const index = { index: 'byTime', keys: { pk: 'timeKey', sk: 'timeSort' } } as const;

/** Postings of a partner, the newest first. */
export async function listPostings(
  partnerId: string,
  range: { readonly from: Instant; readonly to: Instant },
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ postings: KeptPosting[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'ledger',
    ...index,
    pk: `POSTINGS#${partnerId}`,
    sk: { between: [range.from, `${range.to}#~`] },
    newestFirst: true,
    ...page,
  });
  return { postings: answer.items.map(toPosting), nextKey: answer.nextKey };
}
