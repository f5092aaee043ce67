import * as z from 'zod';
import type { Customer } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { type Money, moneyText, parseMoney } from '#lib/shared/money.ts';
import { instant, instantText } from '#lib/shared/time.ts';

const part = z.string().trim().min(1).max(64).meta({ description: 'Any part of the value, whatever the case' });

/** CUS-240 to CUS-242: every filter of the three lists; several are joined by AND (CUS-247). */
export const customerFilter = z.object({
  freezeLevel: z.enum(['none', 'account', 'account-and-resources']).optional(),
  associationType: z.enum(['reseller', 'referral']).optional(),
  associatedFrom: instantText.optional(),
  associatedTo: instantText.optional().meta({ description: 'Included' }),
  customerName: part.optional().meta({ description: 'Any part of the customer name or the account name' }),
  accountManagerName: part.optional(),
  monthToDateFrom: moneyText.optional(),
  monthToDateTo: moneyText.optional().meta({ description: 'Included' }),
  mobileNumber: part.optional(),
  customTag: part.optional(),
  groupId: idParam.optional().meta({ description: "A group of the caller's" }), // CUS-230
  resellerName: part.optional(),
  resellerAuthorized: z
    .enum(['yes', 'no'])
    .optional()
    .meta({ description: 'May the reseller set budgets and freeze?' }),
});
export type CustomerFilter = z.output<typeof customerFilter>;

/** What the customer's own item answers, without a further read. */
export function matchesCustomer(customer: Customer, filter: CustomerFilter): boolean {
  const { association, accountName, customerName, control } = customer;
  return (
    equals(control.freezeLevel, filter.freezeLevel) &&
    equals(association?.type, filter.associationType) &&
    isWithin(association?.since, textOf(filter.associatedFrom), textOf(filter.associatedTo)) &&
    (contains(accountName, filter.customerName) || contains(customerName, filter.customerName)) &&
    contains(customer.mobileNumber, filter.mobileNumber) &&
    contains(customer.customTag, filter.customTag)
  );
}

/** Who stands between partner and customer. */
export interface Between {
  readonly accountManagerName?: string;
  readonly resellerName?: string;
  /** CUS-053; absent where there is no reseller. */
  readonly resellerAuthorized?: boolean;
}

export const asksAboutBetween = ({ accountManagerName, resellerName, resellerAuthorized }: CustomerFilter): boolean =>
  accountManagerName !== undefined || resellerName !== undefined || resellerAuthorized !== undefined;

export function matchesBetween(between: Between, filter: CustomerFilter): boolean {
  const { resellerAuthorized } = filter;
  return (
    contains(between.accountManagerName, filter.accountManagerName) &&
    contains(between.resellerName, filter.resellerName) &&
    (resellerAuthorized === undefined || between.resellerAuthorized === (resellerAuthorized === 'yes'))
  );
}

export const asksAboutAmount = ({ monthToDateFrom, monthToDateTo }: CustomerFilter): boolean =>
  monthToDateFrom !== undefined || monthToDateTo !== undefined;

/** @param monthToDate absent outside the reseller model, where it does not apply and so lies in no range (CUS-248) */
export const matchesAmount = (monthToDate: Money | undefined, filter: CustomerFilter): boolean =>
  isWithin(monthToDate, amountOf(filter.monthToDateFrom), amountOf(filter.monthToDateTo));

const equals = (value: unknown, wish: unknown): boolean => wish === undefined || value === wish;

const contains = (value: string | undefined, wish: string | undefined): boolean =>
  wish === undefined || (value !== undefined && folded(value).includes(folded(wish)));

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

function isWithin<T extends string | bigint>(value: T | undefined, from: T | undefined, to: T | undefined): boolean {
  if (from === undefined && to === undefined) return true;
  return value !== undefined && (from === undefined || value >= from) && (to === undefined || value <= to);
}

const textOf = (time: string | undefined) => (time === undefined ? undefined : instant(time));
const amountOf = (text: string | undefined) => (text === undefined ? undefined : parseMoney(text));
