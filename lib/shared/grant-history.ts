import type { Actor } from './actor.ts';
import { type Item, queryPage } from './dynamodb.ts';
import { newId } from './ids.ts';
import type { PartnerGrant } from './standing.ts';
import type { Instant } from './time.ts';
import type { Write } from './transaction.ts';

/** One change of a right that a partner has been given: who, what, old, new, when. */
export interface GrantChange {
  readonly partnerId: string;
  readonly grant: PartnerGrant;
  readonly changedBy: Pick<Actor, 'kind' | 'id'>;
  /** Named settings of the right, as texts and switches. */
  readonly before: GrantSettings;
  readonly after: GrantSettings;
  readonly changedAt: Instant;
}
export type GrantSettings = Readonly<Record<string, string | boolean>>;

const pkOf = (partnerId: string): string => `PARTNER#${partnerId}`;

/** Joined to the change itself; append only, kept beside the standing. */
export const appendGrantChange = (change: GrantChange): Write => ({
  table: 'identities',
  put: {
    pk: pkOf(change.partnerId),
    sk: `GRANT#${change.changedAt}#${newId('grc', change.changedAt)}`,
    ...change,
    changedBy: { kind: change.changedBy.kind, id: change.changedBy.id },
  },
  condition: 'attribute_not_exists(pk)',
});

/** Changes of a partner's rights, newest first. */
export async function listGrantChanges(
  partnerId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ changes: GrantChange[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'identities',
    pk: pkOf(partnerId),
    sk: { beginsWith: 'GRANT#' },
    newestFirst: true,
    ...page,
  });
  return { changes: answer.items.map(toChange), nextKey: answer.nextKey };
}

function toChange({ pk: _pk, sk: _sk, ...change }: Item): GrantChange {
  return change as unknown as GrantChange;
}
