import type { TaxComponent } from '#lib/billing/index.ts';
import { add, type Money, roundedProduct, subtract, sum, ZERO } from '#lib/shared/money.ts';

/** What a product comes to on a bill, exact and in the bill's currency. */
export interface ExactLine {
  readonly name: string;
  readonly detail?: string;
  readonly couponsUsed: Money;
  readonly taxExclusiveDue: Money;
}

/** A line as printed, in the invoice's currency. */
export interface InvoiceLine {
  readonly name: string;
  readonly detail?: string;
  readonly gross: Money;
  readonly couponsUsed: Money;
  readonly net: Money;
}

export interface InvoiceTax extends TaxComponent {
  readonly amount: Money;
}

/** All that is printed as a number. Σ lines + taxes + rounding = payable. */
export interface InvoiceFigures {
  readonly lines: readonly InvoiceLine[];
  readonly net: Money;
  readonly taxes: readonly InvoiceTax[];
  readonly tax: Money;
  readonly total: Money;
  /** A bill is rounded once, in its total (FIN-41); parts rounded for print may differ from it by some hundredths. */
  readonly rounding: Money;
  readonly payable: Money;
}

export interface BillFigures {
  readonly lines: readonly ExactLine[];
  readonly taxExclusiveDue: Money;
  readonly taxComponents: readonly TaxComponent[];
  readonly taxByComponent: Readonly<Record<string, Money>>;
  /** FIN-112: due in the payment currency. */
  readonly payable: Money;
  /** Invoice-currency units per unit of the bill's currency. */
  readonly exchangeRate: Money;
  readonly decimals: number;
}

export function figuresOf(bill: BillFigures): InvoiceFigures {
  const convert = (exact: Money): Money => roundedProduct([exact, bill.exchangeRate], bill.decimals);
  const net = convert(bill.taxExclusiveDue);
  const taxes = bill.taxComponents.map((component) => ({
    ...component,
    amount: convert(bill.taxByComponent[component.code] ?? ZERO),
  }));
  const tax = sum(taxes.map(({ amount }) => amount));
  const total = add(net, tax);
  const rounding = subtract(bill.payable, total);
  return { lines: toLines(bill.lines, convert), net, taxes, tax, total, rounding, payable: bill.payable };
}

/**
 * Lines that add up to the rounded total: each is the rounded sum up to it less the rounded sum up to the one before, so none is off by
 * more than the last place.
 */
function toLines(lines: readonly ExactLine[], convert: (exact: Money) => Money): InvoiceLine[] {
  let netSoFar = ZERO;
  let couponsSoFar = ZERO;
  return lines.map(({ name, detail, couponsUsed, taxExclusiveDue }) => {
    const before = { net: convert(netSoFar), coupons: convert(couponsSoFar) };
    netSoFar = add(netSoFar, taxExclusiveDue);
    couponsSoFar = add(couponsSoFar, couponsUsed);
    const net = subtract(convert(netSoFar), before.net);
    const coupons = subtract(convert(couponsSoFar), before.coupons);
    return { name, detail, gross: add(net, coupons), couponsUsed: coupons, net };
  });
}

/** A document of one line and no tax (FIN-177). */
export const singleLine = (name: string, amount: Money): InvoiceFigures => ({
  lines: [{ name, gross: amount, couponsUsed: ZERO, net: amount }],
  net: amount,
  taxes: [],
  tax: ZERO,
  total: amount,
  rounding: ZERO,
  payable: amount,
});
