import { Refusal } from '#lib/shared/errors.ts';
import { monthPlus, monthsBetween } from '#lib/shared/time.ts';
import { loadBill, loadBills } from '../bill-store.ts';
import type { Header } from '../breakdown/header.ts';
import { readProducts } from '../breakdown/read-breakdown.ts';
import type { ProductNode } from '../breakdown/tree.ts';
import type { IssuedBill } from '../debt.ts';
import { billingErrors } from '../errors.ts';
import type { NamedBill } from '../whose.ts';
import type { MonthAmount } from './chart.ts';

/** What the monthly bill shows as a page, in whatever form. */
export interface BillPage {
  readonly bill: IssuedBill;
  readonly header: Header;
  /** The largest of each source; the rest is told as one row. */
  readonly platform: readonly ProductNode[];
  readonly marketplace: readonly ProductNode[];
  /** Twelve months up to that of the bill. */
  readonly months: readonly MonthAmount[];
}

const MONTHS = 12;
const PRODUCTS = 40;

/** @throws Refusal BILL_NOT_ISSUED */
export async function readBillPage(named: NamedBill): Promise<BillPage> {
  const { partnerId, cycle, revision } = named;
  const cycles = monthsBetween(monthPlus(cycle, 1 - MONTHS), cycle);
  const [bill, bills] = await Promise.all([
    loadBill(partnerId, cycle, revision),
    loadBills(cycles.map((each) => ({ partnerId, cycle: each }))),
  ]);
  if (!bill) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  const [platform, marketplace] = await Promise.all([
    readProducts(named, { source: 'platform' }, { limit: PRODUCTS }),
    readProducts(named, { source: 'marketplace' }, { limit: PRODUCTS }),
  ]);
  const amounts = new Map([...bills, bill].map((each) => [each.cycle, each.billAmountExact]));
  return {
    bill,
    header: platform.header,
    platform: platform.products,
    marketplace: marketplace.products,
    months: cycles.map((each) => ({ cycle: each, amount: amounts.get(each) })),
  };
}
