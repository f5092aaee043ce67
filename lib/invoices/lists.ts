import { type ItemPage, queryPage } from '#lib/shared/dynamodb.ts';

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** What partners hand in: all of a partner, or of all partners what waits for an operator, the oldest first. Also invoices that wait. */
export const listHandedIn = (
  kind: 'TICKETS' | 'CERTIFICATES' | 'WAITING',
  partnerId: string | undefined,
  page: Page,
): Promise<ItemPage> =>
  partnerId === undefined
    ? queryPage({ table: 'invoices', index: 'byOpen', keys: { pk: 'openKey', sk: 'openSort' }, pk: kind, ...page })
    : queryPage({
        table: 'invoices',
        index: 'byList',
        keys: { pk: 'listKey', sk: 'listSort' },
        pk: `${kind}#${partnerId}`,
        newestFirst: true,
        ...page,
      });

/** The keys of both lists; the second only while it waits. */
export const listKeys = (
  kind: 'TICKETS' | 'CERTIFICATES',
  { partnerId, createdAt, id, open }: { partnerId: string; createdAt: string; id: string; open: boolean },
) => ({
  listKey: `${kind}#${partnerId}`,
  listSort: `${createdAt}#${id}`,
  ...(open ? { openKey: kind, openSort: `${createdAt}#${id}` } : {}),
});
