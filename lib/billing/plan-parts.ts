import { closeCustomerMonth, closeMonth, listMonth } from '#lib/expenditures/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type FrozenCustomer, frozenOf } from './frozen.ts';
import { putPart } from './part-store.ts';
import { addToPlan, loadPartnerRun } from './partner-run-store.ts';
import { cutIntoParts, sumOfCustomers } from './parts.ts';
import type { PartnerRun } from './run.ts';
import { moveTally } from './run-store.ts';

/** Each may become a part of its own, in one transaction of at most 100. */
const CUSTOMERS_AT_ONCE = 90;

/**
 * Freezes the lines (FIN-14, FIN-17): closes the partner's month for customers without records, then the months of the next customers,
 * and cuts those into parts. What arrives from now on goes on the next bill.
 * @returns the partner's run as it stands then
 */
export async function planParts(run: PartnerRun, now: Instant): Promise<PartnerRun> {
  const { cycle, partnerId, revision } = run;
  await closeMonth(partnerId, cycle, now);
  const customerIds = await nextCustomers(run);
  const closed = await Promise.all(customerIds.map((customerId) => freeze(run, customerId, now)));
  const parts = cutIntoParts(closed.filter(({ count }) => count > 0));
  const step = {
    plannedTo: customerIds.at(-1),
    planned: customerIds.length < CUSTOMERS_AT_ONCE,
    parts: parts.length,
    frozen: sumOfCustomers(closed),
  };
  await transact({
    aside: true,
    writes: [
      addToPlan(run, step),
      ...parts.map((customers, i) => putPart({ cycle, partnerId, revision, part: run.parts + i + 1, customers })),
      ...(run.state === 'expected' ? [moveTally(run, { from: 'expected', to: 'generating' })] : []),
    ],
  });
  const planned = await loadPartnerRun(cycle, partnerId);
  if (!planned) throw new Error(`partner ${partnerId} left the run of ${cycle}`);
  return planned;
}

async function nextCustomers({ cycle, partnerId, plannedTo = '' }: PartnerRun): Promise<string[]> {
  const customerIds: string[] = [];
  for await (const { customerId } of listMonth(partnerId, cycle, { first: plannedTo, last: '~' })) {
    if (customerId === plannedTo) continue;
    customerIds.push(customerId);
    if (customerIds.length === CUSTOMERS_AT_ONCE) break;
  }
  return customerIds;
}

async function freeze({ cycle, partnerId }: PartnerRun, customerId: string, now: Instant): Promise<FrozenCustomer> {
  const month = await closeCustomerMonth(partnerId, customerId, cycle, now);
  if (!month) throw new Error(`the month of customer ${customerId} is gone`);
  return { customerId, ...frozenOf(month) };
}
