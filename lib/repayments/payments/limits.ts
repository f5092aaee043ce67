import { BILL_CURRENCY, paymentDecimals } from '#lib/billing/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { cut, type Money, parseMoney, smallest, ZERO } from '#lib/shared/money.ts';
import { paymentErrors } from './errors.ts';

/** What one transaction in a currency may come to, both ends included (FIN-73). */
export interface TransactionLimit {
  readonly currency: string;
  readonly lower: Money;
  readonly upper: Money;
  readonly version: number;
}

/** FIN-73: in force until an operator sets others. */
export const SEED_LIMITS: readonly TransactionLimit[] = [
  { currency: 'CLP', lower: parseMoney('1'), upper: parseMoney('11000000'), version: 0 },
  { currency: BILL_CURRENCY, lower: ZERO, upper: parseMoney('20000'), version: 0 },
];

const CENT = parseMoney('0.01');
const ONE = parseMoney('1');

/** FIN-73: 0.01, or 1 where the currency has no smaller coin. */
const smallestUnit = (currency: string): Money => (paymentDecimals(currency) === 0 ? ONE : CENT);

/** FIN-73: inside the limits, in whole units of the currency, and never 0. */
export const isWithin = ({ currency, lower, upper }: TransactionLimit, amount: Money): boolean =>
  amount > 0n && amount >= lower && amount <= upper && amount % smallestUnit(currency) === 0n;

/** FIN-90: what the next charge of an amount takes; nothing when what is left is too small to be charged. */
export function nextCharge(limit: TransactionLimit, rest: Money): Money | undefined {
  const whole = cut(rest, paymentDecimals(limit.currency));
  const amount = smallest(whole, limit.upper);
  return isWithin(limit, amount) ? amount : undefined;
}

/** @throws Refusal TRANSACTION_LIMIT_INVALID */
export function checkLimit({ currency, lower, upper }: Omit<TransactionLimit, 'version'>): void {
  const unit = smallestUnit(currency);
  const valid = lower >= 0n && upper > lower && lower % unit === 0n && upper % unit === 0n;
  if (!valid) throw new Refusal(paymentErrors.TRANSACTION_LIMIT_INVALID);
}
