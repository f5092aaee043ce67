import * as z from 'zod';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type BillingMonth, billingMonthOf, type Instant, nextMonth } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { CurrencyChoice, Partner } from './partner.ts';
import { replacePartner } from './partner-store.ts';

type Chosen = Pick<Partner, 'paymentCurrency' | 'currencyChoices'>;

/** The currency in which a partner owes the bill of a cycle (FIN-49). */
export const paymentCurrencyOf = ({ paymentCurrency, currencyChoices = [] }: Chosen, cycle: BillingMonth): string =>
  currencyChoices.findLast(({ fromCycle }) => fromCycle <= cycle)?.currency ?? paymentCurrency;

/** FIN-99: what was registered for it is no choice of the partner. */
export const hasSetCurrency = ({ currencyChoices = [] }: Chosen): boolean => currencyChoices.length > 0;

/** FIN-49: a choice holds from the bill of the next cycle on; another one in the same month takes its place. */
export function withChoice({ currencyChoices = [] }: Chosen, currency: string, now: Instant): CurrencyChoice[] {
  const fromCycle = nextMonth(billingMonthOf(now));
  return [...currencyChoices.filter((choice) => choice.fromCycle < fromCycle), { currency, fromCycle }];
}

/** @throws Refusal VERSION_CONFLICT */
export async function setPaymentCurrency(
  before: Partner,
  wish: { readonly currency: string; readonly expectedVersion: number },
  now: Instant,
): Promise<Partner> {
  if (before.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const currencyChoices = withChoice(before, wish.currency, now);
  const after = { ...before, currencyChoices, version: before.version + 1 };
  await transact({
    writes: [replacePartner(before, after)],
    trace: {
      partnerId: before.partnerId,
      before: { currencyChoices: before.currencyChoices },
      after: { currencyChoices },
    },
  });
  return after;
}

export const paymentCurrencyView = z.object({
  currency: z.string().meta({ description: 'Of the bill of the running month' }),
  isSet: z.boolean().meta({ description: 'The partner itself has chosen; cards can be added from then on' }),
  next: z.object({ currency: z.string(), fromCycle: z.string() }).nullable(),
  version: z.number().int(),
});

export function toPaymentCurrencyView(partner: Partner, now: Instant): z.input<typeof paymentCurrencyView> {
  const cycle = billingMonthOf(now);
  return {
    currency: paymentCurrencyOf(partner, cycle),
    isSet: hasSetCurrency(partner),
    next: partner.currencyChoices?.find(({ fromCycle }) => fromCycle > cycle) ?? null,
    version: partner.version,
  };
}
