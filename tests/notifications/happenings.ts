import type * as z from 'zod';
import { budgetAlertRaised } from '#events/budgets.ts';
import { customerFrozen, customerUnfrozen } from '#events/customers.ts';
import { type EventDefinition, event } from '#lib/shared/outbox.ts';
import { transact } from '#lib/shared/transaction.ts';
import { asSystem, clock, drain, sentMails, type TestCustomer } from '../support/index.ts';

/** Publishes an event as the change that it tells of would, and lets everything follow. */
export async function happens<Detail extends z.ZodType>(
  definition: EventDefinition<Detail>,
  detail: z.input<Detail>,
  id?: string,
): Promise<void> {
  await asSystem((now) => transact({ writes: [], events: [event(definition, detail, now, id)] }));
  await drain();
}

interface Whose {
  readonly customer: TestCustomer;
  readonly partnerId: string;
  readonly resellerId?: string;
}

const named = ({ customer: { customerId, accountName }, partnerId, resellerId }: Whose) => ({
  customerId,
  accountName,
  partnerId,
  resellerId,
});

export const isFrozen = (whose: Whose, more: Partial<z.input<typeof customerFrozen.detail>> = {}): Promise<void> =>
  happens(customerFrozen, {
    ...named(whose),
    level: 'account',
    cause: 'manual',
    reason: 'arrears of three months',
    actor: 'mem_1',
    frozenAt: clock.now(),
    ...more,
  });

export const isUnfrozen = (whose: Whose, more: Partial<z.input<typeof customerUnfrozen.detail>> = {}): Promise<void> =>
  happens(customerUnfrozen, {
    ...named(whose),
    levelBefore: 'account',
    cause: 'manual',
    actor: 'mem_1',
    unfrozenAt: clock.now(),
    ...more,
  });

export const alertIsRaised = (
  whose: Whose,
  more: Partial<z.input<typeof budgetAlertRaised.detail>> = {},
): Promise<void> =>
  happens(budgetAlertRaised, {
    ...named(whose),
    alertIds: ['bal_1'],
    budgetType: 'monthly',
    amount: '100.00',
    usage: '75.999',
    percent: '75.99',
    threshold: 75,
    period: '2024-09',
    exhaustionMode: 'automatic',
    restriction: 'none',
    frozenNow: false,
    raisedAt: clock.now(),
    ...more,
  });

/** Mails to one address, in order. */
export const mailsTo = async (address: string | undefined) =>
  (await sentMails()).filter(({ to }) => address !== undefined && to.includes(address));
