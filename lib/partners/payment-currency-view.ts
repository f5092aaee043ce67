import * as z from 'zod';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import type { Partner } from './partner.ts';
import { hasSetCurrency, paymentCurrencyOf } from './payment-currency.ts';

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
