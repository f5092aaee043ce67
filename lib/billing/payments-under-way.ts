import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** Whose payments, and in which currency: a card payment names no bill, so each may pay any bill of its currency (FIN-76). */
interface Payer {
  readonly partnerId: string;
  readonly currency: string;
}

interface Payment extends Payer {
  readonly repaymentId: string;
}

const key = ({ partnerId, currency }: Payer): Key => ({
  pk: `BILLS#${partnerId}`,
  sk: `PAYMENTS-UNDER-WAY#${currency}`,
});

/** Joined to the put of a card payment: from now on it may take money. */
export const paymentStarts = (payment: Payment): Write => ({
  table: 'billing',
  update: key(payment),
  set: 'ADD repaymentIds :one',
  values: { ':one': new Set([payment.repaymentId]) },
});

/** Joined to the step with which it leaves `pending`. */
export const paymentEnds = (payment: Payment): Write => ({
  table: 'billing',
  update: key(payment),
  set: 'DELETE repaymentIds :one',
  values: { ':one': new Set([payment.repaymentId]) },
});

/** Joined to what must not meet a payment: one that starts in the same instant makes it fail (ConditionFailed). */
export const noPaymentUnderWay = (payer: Payer): Write => ({
  table: 'billing',
  check: key(payer),
  condition: 'attribute_not_exists(repaymentIds)',
});

export async function loadPaymentsUnderWay(payer: Payer): Promise<string[]> {
  const item = await getItem('billing', key(payer));
  return [...((item?.repaymentIds as Set<string> | undefined) ?? [])].sort();
}
