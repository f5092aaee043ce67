import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { loadMoney, type Money } from '#lib/shared/money.ts';
import type { Basis } from './basis.ts';
import { packUses, unpackUses } from './coupons/packed-candidate.ts';
import type { BilledCharge, BillLine } from './line.ts';
import type { Tax } from './tax.ts';

export const decodeLines = (text: string): BillLine[] => (JSON.parse(text) as Stored[]).map(decodeLine);

/**
 * Amounts as whole numbers of 10⁻¹², in texts: JSON has no numbers that hold them. Written out field by field, because a replacer is
 * called for every member and would cost more than the settlement itself.
 */
export const encodeLine = ({ charge, settlement, amounts, couponUsages, ...rest }: BillLine): string =>
  JSON.stringify({
    ...rest,
    charge: {
      ...charge,
      ...NOT_KEPT,
      unitPrice: charge.unitPrice?.toString(),
      usage: charge.usage?.toString(),
      packageUsage: charge.packageUsage?.toString(),
      reservedInstanceUsage: charge.reservedInstanceUsage?.toString(),
      listPrice: charge.listPrice.toString(),
      reservedHours: charge.reservedHours?.toString(),
      conversionFactor: charge.conversionFactor?.toString(),
      linearSize: charge.linearSize?.toString(),
    },
    settlement: { ...settlement, basis: encodeBasis(settlement.basis), amount: settlement.amount.toString() },
    amounts: {
      couponsUsed: amounts.couponsUsed.toString(),
      taxExclusiveDue: amounts.taxExclusiveDue.toString(),
      tax: { total: amounts.tax.total.toString(), byComponent: encodeTax(amounts.tax.byComponent) },
      due: amounts.due.toString(),
    },
    couponUsages: couponUsages && packUses(couponUsages),
  });

/** What a line does not keep of its charge. */
const NOT_KEPT = {
  payment: undefined,
  producedAt: undefined,
  receivedAt: undefined,
  associationType: undefined,
  currency: undefined,
  exchangeRate: undefined,
} satisfies Partial<Record<keyof ExpenditureRecord, undefined>>;

function encodeBasis(basis: Basis): object {
  switch (basis.kind) {
    case 'no-discount':
      return basis;
    case 'percentage':
      return { ...basis, discount: basis.discount.toString() };
    case 'fixed-unit-price':
      return { ...basis, unitPrice: basis.unitPrice.toString() };
  }
}

const encodeTax = (byComponent: Tax['byComponent']): Record<string, string> =>
  Object.fromEntries(Object.entries(byComponent).map(([code, amount]) => [code, amount.toString()]));

type Stored = {
  readonly [Key in keyof Omit<BillLine, 'couponUsages'>]: BillLine[Key] extends object
    ? Record<string, unknown>
    : BillLine[Key];
} & { readonly couponUsages?: Parameters<typeof unpackUses>[0] };

const CHARGE_AMOUNTS = [
  'unitPrice',
  'usage',
  'packageUsage',
  'reservedInstanceUsage',
  'listPrice',
  'reservedHours',
  'conversionFactor',
  'linearSize',
] as const;

function decodeLine({ charge, settlement, amounts, couponUsages, ...rest }: Stored): BillLine {
  for (const field of CHARGE_AMOUNTS) if (charge[field] !== undefined) charge[field] = amountIn(charge[field]);
  const tax = amounts.tax as { total: unknown; byComponent: Record<string, unknown> };
  const byComponent = Object.entries(tax.byComponent).map(([code, amount]) => [code, amountIn(amount)]);
  return {
    ...(rest as unknown as BillLine),
    charge: charge as unknown as BilledCharge,
    settlement: { ...settlement, basis: decodeBasis(settlement.basis), amount: amountIn(settlement.amount) },
    amounts: {
      couponsUsed: amountIn(amounts.couponsUsed),
      taxExclusiveDue: amountIn(amounts.taxExclusiveDue),
      tax: { total: amountIn(tax.total), byComponent: Object.fromEntries(byComponent) },
      due: amountIn(amounts.due),
    },
    ...(couponUsages ? { couponUsages: unpackUses(couponUsages) } : {}),
  };
}

function decodeBasis(stored: unknown): Basis {
  const basis = stored as Basis;
  switch (basis.kind) {
    case 'no-discount':
      return basis;
    case 'percentage':
      return { ...basis, discount: amountIn(basis.discount) };
    case 'fixed-unit-price':
      return { ...basis, unitPrice: amountIn(basis.unitPrice) };
  }
}

const amountIn = (stored: unknown): Money => loadMoney(BigInt(stored as string));
