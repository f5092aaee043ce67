import { type Item, queryAll } from '#lib/shared/dynamodb.ts';
import { derivedId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { budgetErrors } from './errors.ts';

/** CUS-122. */
const RECIPIENTS_PER_PARTNER = 20;

/** Who is told about the budgets of all customers of a partner; distributor and reseller keep lists of their own (CUS-006, CUS-121). */
export interface BudgetRecipient {
  /** Follows from partner and e-mail address, which is therefore unique in the list (CUS-122). */
  readonly recipientId: string;
  readonly partnerId: string;
  readonly messageType: 'finance.partner-budget';
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** Gets notices raised from here on (CUS-123). */
  readonly addedAt: Instant;
}

const partition = (partnerId: string): string => `PARTNER#${partnerId}`;
const key = (partnerId: string, recipientId: string) => ({ pk: partition(partnerId), sk: `RECIPIENT#${recipientId}` });

export const recipientIdOf = (partnerId: string, email: string): string =>
  derivedId('brc', partnerId, email.toLowerCase());

export const putRecipient = (recipient: BudgetRecipient): Write[] => [
  {
    table: 'budgets',
    put: { ...key(recipient.partnerId, recipient.recipientId), ...recipient },
    condition: 'attribute_not_exists(pk)',
    onConflict: budgetErrors.RECIPIENT_EXISTS,
  },
  moveCount(recipient.partnerId, 1),
];

export const removeRecipient = (partnerId: string, recipientId: string): Write[] => [
  {
    table: 'budgets',
    remove: key(partnerId, recipientId),
    condition: 'attribute_exists(pk)',
    onConflict: budgetErrors.RECIPIENT_NOT_FOUND,
  },
  moveCount(partnerId, -1),
];

/** Strongly consistent; at most 20. */
export async function listRecipients(partnerId: string): Promise<BudgetRecipient[]> {
  const recipients: BudgetRecipient[] = [];
  const query = { table: 'budgets', pk: partition(partnerId), sk: { beginsWith: 'RECIPIENT#' } } as const;
  for await (const item of queryAll(query)) recipients.push(toRecipient(item));
  return recipients.sort((a, b) => (a.addedAt < b.addedAt ? -1 : 1));
}

/** Counted in the transaction of the change, so that two additions at once cannot both be the twentieth. */
function moveCount(partnerId: string, by: 1 | -1): Write {
  const adding = by === 1;
  return {
    table: 'budgets',
    update: { pk: partition(partnerId), sk: 'RECIPIENTS' },
    set: 'ADD recipients :by',
    condition: adding ? 'attribute_not_exists(pk) OR recipients < :most' : 'recipients > :zero',
    values: { ':by': by, ...(adding ? { ':most': RECIPIENTS_PER_PARTNER } : { ':zero': 0 }) },
    onConflict: adding ? budgetErrors.RECIPIENT_LIMIT : undefined,
  };
}

function toRecipient(item: Item): BudgetRecipient {
  const { pk: _pk, sk: _sk, ...recipient } = item;
  return recipient as unknown as BudgetRecipient;
}
