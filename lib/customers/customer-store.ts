import { currentCall, maybeCall } from '#lib/shared/call.ts';
import { clock } from '#lib/shared/clock.ts';
import { getItem, getItems, type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Association, Customer, FreezeChange } from './customer.ts';
import { customerErrors } from './errors.ts';
import { withPresentManagers } from './managers/assignment.ts';
import { retentionKeys } from './resources/retention-store.ts';

const key = (customerId: string) => ({ pk: `CUSTOMER#${customerId}`, sk: 'CUSTOMER' });
const accountKey = (accountId: string) => ({ pk: `ACCOUNT#${accountId}`, sk: 'ACCOUNT' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'sinceKey' } } as const;
const resellerIndex = { index: 'byReseller', keys: { pk: 'resellerKey', sk: 'sinceKey' } } as const;

export async function loadCustomer(
  customerId: string,
  options: { consistent?: boolean } = {},
): Promise<Customer | undefined> {
  const item = await getItem('customers', key(customerId), options);
  return item && toCustomer(item);
}

export async function loadCustomers(customerIds: readonly string[]): Promise<Customer[]> {
  const items = await getItems('customers', customerIds.map(key));
  return items.map(toCustomer);
}

/** The customer of each platform account; accounts nobody registered are left out. */
export async function customerIdsOfAccounts(accountIds: readonly string[]): Promise<Map<string, string>> {
  const items = await getItems('customers', accountIds.map(accountKey));
  return new Map(items.map((item) => [String(item.accountId), String(item.customerId)]));
}

/** A new customer and the claim on its platform account. */
export function putNewCustomer(customer: Customer): Write[] {
  return [
    { table: 'customers', put: { ...key(customer.customerId), ...customer }, condition: 'attribute_not_exists(pk)' },
    {
      table: 'customers',
      put: { ...accountKey(customer.accountId), accountId: customer.accountId, customerId: customer.customerId },
      condition: 'attribute_not_exists(pk)',
      onConflict: customerErrors.ACCOUNT_TAKEN,
    },
  ];
}

/** Replaces a customer under its version; without a refusal the use case re-reads and re-decides (ConditionFailed). */
export function replaceCustomer(before: Customer, after: Customer): Write {
  return {
    table: 'customers',
    put: {
      ...key(after.customerId),
      ...after,
      version: before.version + 1,
      ...indexKeys(after),
      ...retentionKeys(after),
    },
    condition: 'version = :seen',
    values: { ':seen': before.version },
  };
}

/** Joined to a change that a customer's state allowed; nobody changed its association or control since (ConditionFailed). */
export const customerUnchanged = ({ customerId, version }: Customer): Write => ({
  table: 'customers',
  check: key(customerId),
  condition: 'version = :seen',
  values: { ':seen': version },
});

/** Joined to a change within an association: it is still the one in force, whatever else was changed (ConditionFailed). */
export const associationUnchanged = (customerId: string, { since }: Association): Write => ({
  table: 'customers',
  check: key(customerId),
  condition: 'association.since = :since AND attribute_not_exists(association.endedAt)',
  values: { ':since': since },
});

/** Dated history: who was whose customer when. An item per association, never removed. */
export function putAssociation(customerId: string, association: Association): Write {
  return {
    table: 'customers',
    put: { pk: `CUSTOMER#${customerId}`, sk: `ASSOCIATION#${association.since}`, ...association },
  };
}

export async function listAssociations(customerId: string): Promise<Association[]> {
  const associations: Association[] = [];
  for await (const item of queryAll({
    table: 'customers',
    pk: `CUSTOMER#${customerId}`,
    sk: { beginsWith: 'ASSOCIATION#' },
  })) {
    const { pk: _pk, sk: _sk, ...association } = item;
    associations.push(association as unknown as Association);
  }
  return associations;
}

/** A freeze record (CUS-174, CUS-175): appended in the transaction of the change, never edited. */
export function appendFreezeRecord(customerId: string, partnerId: string, change: FreezeChange): Write {
  const { now, actor, verified } = currentCall();
  const recordId = newId('frz', now);
  return {
    table: 'customers',
    put: {
      pk: `CUSTOMER#${customerId}`,
      sk: `FREEZE#${now}#${recordId}`,
      recordId,
      at: now,
      actor: actor.kind === 'member' ? actor.id : 'system',
      partnerId,
      verificationUsed: verified === true,
      ...change,
    },
    condition: 'attribute_not_exists(pk)',
  };
}

export interface FreezeRecord extends FreezeChange {
  readonly recordId: string;
  readonly at: Instant;
  readonly actor: string;
  readonly partnerId: string;
  readonly verificationUsed: boolean;
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** Freeze records of a customer, newest first. @param since leaves out what an earlier partner did */
export async function listFreezeRecords(
  customerId: string,
  { since, ...page }: Page & { readonly since?: Instant },
): Promise<{ records: FreezeRecord[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'customers',
    pk: `CUSTOMER#${customerId}`,
    sk: { between: [`FREEZE#${since ?? ''}`, 'FREEZE#~'] },
    newestFirst: true,
    ...page,
  });
  const records = answer.items.map(({ pk: _pk, sk: _sk, ...record }) => record as unknown as FreezeRecord);
  return { records, nextKey: answer.nextKey };
}

/** All freeze records of a customer, under whichever partner, oldest first. */
export async function listFreezeHistory(customerId: string): Promise<FreezeRecord[]> {
  const records: FreezeRecord[] = [];
  const query = { table: 'customers', pk: `CUSTOMER#${customerId}`, sk: { beginsWith: 'FREEZE#' } } as const;
  for await (const { pk: _pk, sk: _sk, ...record } of queryAll(query)) records.push(record as unknown as FreezeRecord);
  return records;
}

export interface CustomerPage {
  readonly customers: Customer[];
  readonly nextKey?: Record<string, unknown>;
}

/** Customers of a tier-1 partner, newest association first; own and resellers' never mixed (CUS-048). */
export async function listCustomersOfPartner(
  partnerId: string,
  scope: 'own' | 'resellers',
  page: Page,
): Promise<CustomerPage> {
  const answer = await queryPage({
    table: 'customers',
    ...partnerIndex,
    pk: `${partnerId}#${scope}`,
    newestFirst: true,
    ...page,
  });
  return { customers: answer.items.map(toCustomer), nextKey: answer.nextKey };
}

export async function listCustomersOfReseller(resellerId: string, page: Page): Promise<CustomerPage> {
  const answer = await queryPage({ table: 'customers', ...resellerIndex, pk: resellerId, newestFirst: true, ...page });
  return { customers: answer.items.map(toCustomer), nextKey: answer.nextKey };
}

function indexKeys({ association, customerId }: Customer): Record<string, string> {
  if (!association || association.endedAt) return {};
  return {
    partnerKey: `${association.partnerId}#${association.resellerId ? 'resellers' : 'own'}`,
    sinceKey: `${association.since}#${customerId}`,
    ...(association.resellerId ? { resellerKey: association.resellerId } : {}),
  };
}

export function toCustomer(item: Item): Customer {
  const { pk: _pk, sk: _sk, partnerKey: _p, sinceKey: _s, resellerKey: _r, dueKey: _k, dueSort: _t, ...stored } = item;
  const customer = stored as unknown as Customer;
  const { association } = customer;
  return association ? { ...customer, association: withPresentManagers(association, presentTime()) } : customer;
}

/** What is loaded is as of the request or message that loads it. */
const presentTime = (): Instant => maybeCall()?.now ?? clock.now();
