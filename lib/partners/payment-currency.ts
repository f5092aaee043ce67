import { type BillingMonth, billingMonthOf, type Instant, nextMonth } from '#lib/shared/time.ts';
import type { CurrencyChoice, Partner } from './partner.ts';

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
