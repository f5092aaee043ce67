import { exactText, type Money, subtract } from '#lib/shared/money.ts';
import type { ExpenditureRecord } from './record.ts';

/** ORD-132. */
export const amountDueOf = ({ listPrice, payment }: Pick<ExpenditureRecord, 'listPrice' | 'payment'>): Money =>
  subtract(listPrice, payment.discount);

/** At least eight decimals, and whatever more was delivered (ORD-10, spec note 21). */
export const amountText = (amount: Money): string => exactText(amount, 8);
