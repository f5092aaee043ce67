import {
  type Association,
  type Customer,
  customerIdsOfAccounts,
  listAssociations,
  loadCustomers,
} from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { ChargeForm } from './charge-form.ts';
import type { ChargeFacts } from './classify.ts';
import { inParallel } from './parallel.ts';

const READS_AT_ONCE = 8;

/** Customers, associations and partners that a batch names, read once for the batch. */
export interface Directory {
  customerIdOf(form: ChargeForm): string | undefined;
  factsOf(customerId: string): ChargeFacts;
}

export async function loadDirectory(forms: readonly ChargeForm[]): Promise<Directory> {
  const accounts = await customerIdsOfAccounts(distinct(forms.map((form) => form.accountId)));
  const named = distinct(forms.map((form) => form.customerId ?? accounts.get(form.accountId ?? '')));
  const customers = new Map((await loadCustomers(named)).map((customer) => [customer.customerId, customer]));
  const associations = await loadAssociations(forms, customers, accounts);
  const currencies = await loadPaymentCurrencies([...associations.values()].flat());
  return {
    customerIdOf: (form) => {
      const customerId = form.customerId ?? accounts.get(form.accountId ?? '');
      return customerId !== undefined && customers.has(customerId) ? customerId : undefined;
    },
    factsOf: (customerId) => ({
      associations: associations.get(customerId) ?? [],
      paymentCurrencyOf: (partnerId) => currencies.get(partnerId),
    }),
  };
}

/** The association that the customer's item shows is enough, unless a charge of the batch is older than it. */
async function loadAssociations(
  forms: readonly ChargeForm[],
  customers: ReadonlyMap<string, Customer>,
  accounts: ReadonlyMap<string, string>,
): Promise<Map<string, readonly Association[]>> {
  const oldest = oldestTimes(forms, accounts);
  const known = new Map<string, readonly Association[]>();
  await inParallel([...customers.values()], READS_AT_ONCE, async ({ customerId, association }) => {
    const covered = association !== undefined && association.since < (oldest.get(customerId) ?? '');
    known.set(customerId, covered ? [association] : await listAssociations(customerId));
  });
  return known;
}

function oldestTimes(forms: readonly ChargeForm[], accounts: ReadonlyMap<string, string>): Map<string, Instant> {
  const oldest = new Map<string, Instant>();
  for (const { customerId, accountId, spentTo, transactionTime } of forms) {
    const owner = customerId ?? accounts.get(accountId ?? '');
    for (const time of [spentTo, transactionTime]) {
      if (owner === undefined || time === undefined) continue;
      const before = oldest.get(owner);
      if (before === undefined || time < before) oldest.set(owner, time);
    }
  }
  return oldest;
}

async function loadPaymentCurrencies(associations: readonly Association[]): Promise<Map<string, string>> {
  const currencies = new Map<string, string>();
  await inParallel(distinct(associations.map(({ partnerId }) => partnerId)), READS_AT_ONCE, async (partnerId) => {
    const partner = await loadPartner(partnerId);
    if (partner) currencies.set(partnerId, partner.paymentCurrency);
  });
  return currencies;
}

const distinct = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];
