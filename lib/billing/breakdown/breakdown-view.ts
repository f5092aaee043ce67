import * as z from 'zod';
import { maskName } from '#lib/shared/masking.ts';
import { fixedText } from '#lib/shared/money.ts';
import { BILL_CURRENCY } from '../bill.ts';
import type { CustomerFigures } from './breakdown.ts';
import type { Figures } from './figures.ts';
import { sumOf, totalOf } from './header.ts';
import type { CustomersRead, ProductsRead } from './read-breakdown.ts';
import type { BlockNode, ModeNode, ProductNode, ResourceNode } from './tree.ts';

const exact = z.string().meta({ description: '8 decimals' });

/** FIN-171: one name each for what screens call by several. */
const figures = {
  lines: z.number().int(),
  expenditure: exact.meta({ description: 'At list price' }),
  settlementAmount: exact,
  couponsUsed: exact,
  taxExclusiveDue: exact,
  tax: exact,
  due: exact,
};
const sums = z.object(figures);
const source = z.object({ total: sums, expenditure: sums, refund: sums, adjustment: sums });
const shown = z.string().nullable();

const head = {
  estimated: z.boolean().meta({ description: 'Not issued yet: as of the last refresh, without tax and coupons' }),
  currency: z.string(),
};

export const productsView = z.object({
  ...head,
  summary: z.object({ total: sums, platform: source, marketplace: source }),
  items: z.array(
    z.object({
      source: z.enum(['platform', 'marketplace']),
      productType: z.string(),
      productTypeCode: z.string(),
      productName: shown.meta({ description: 'Of the marketplace alone, with who provides it' }),
      serviceProvider: shown,
      ...figures,
      blocks: z.array(
        z.object({
          block: z.enum(['region', 'region-less', 'others']).meta({
            description:
              '`others`: refunds and adjustments, whatever their region; `region-less`: expenditure without one',
          }),
          region: shown,
          regionCode: shown,
          ...figures,
          resourceTypes: z.array(
            z.object({
              resourceType: shown,
              resourceTypeCode: shown,
              ...figures,
              billingModes: z.array(
                z.object({
                  billingMode: z.string(),
                  billType: z.enum(['expenditure', 'refund', 'adjustment']),
                  ...figures,
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
  nextCursor: z.string().optional(),
});

export const customersView = z.object({
  ...head,
  total: sums.extend({ customers: z.number().int() }),
  items: z.array(
    z.object({
      customerId: z.string(),
      customerName: shown,
      accountName: shown,
      ...figures,
      details: z.string().meta({ description: "Where the customer's lines are listed, by transaction time" }),
    }),
  ),
  nextCursor: z.string().optional(),
});

const text = (amount: Figures['due']): string => fixedText(amount, 8);

const toFiguresView = ({ count, settlement, ...rest }: Figures): z.input<typeof sums> => ({
  lines: count,
  expenditure: text(rest.expenditure),
  settlementAmount: text(settlement),
  couponsUsed: text(rest.couponsUsed),
  taxExclusiveDue: text(rest.taxExclusiveDue),
  tax: text(rest.tax),
  due: text(rest.due),
});

export const toProductsView = ({ header, estimated, products }: ProductsRead): z.input<typeof productsView> => ({
  estimated,
  currency: BILL_CURRENCY,
  summary: {
    total: toFiguresView(totalOf(header)),
    platform: toSourceView(header.platform),
    marketplace: toSourceView(header.marketplace),
  },
  items: products.map(toProductView),
});

const toSourceView = (of: ProductsRead['header']['platform']): z.input<typeof source> => ({
  total: toFiguresView(sumOf(of)),
  expenditure: toFiguresView(of.expenditure),
  refund: toFiguresView(of.refund),
  adjustment: toFiguresView(of.adjustment),
});

const toProductView = ({ productName, serviceProvider, figures: of, blocks, ...product }: ProductNode) => ({
  ...product,
  productName: productName ?? null,
  serviceProvider: serviceProvider ?? null,
  ...toFiguresView(of),
  blocks: blocks.map(toBlockView),
});

const toBlockView = ({ block, region, regionCode, figures: of, resourceTypes }: BlockNode) => ({
  block,
  region: region ?? null,
  regionCode: regionCode ?? null,
  ...toFiguresView(of),
  resourceTypes: resourceTypes.map(toResourceView),
});

const toResourceView = ({ resourceType, resourceTypeCode, figures: of, billingModes }: ResourceNode) => ({
  resourceType: resourceType ?? null,
  resourceTypeCode: resourceTypeCode ?? null,
  ...toFiguresView(of),
  billingModes: billingModes.map(toModeView),
});

const toModeView = ({ figures: of, ...mode }: ModeNode) => ({ ...mode, ...toFiguresView(of) });

/** FIN-150: the total row first. */
export const toCustomersView = (
  { header, estimated, customers }: CustomersRead,
  billId: string,
): z.input<typeof customersView> => ({
  estimated,
  currency: BILL_CURRENCY,
  total: { ...toFiguresView(totalOf(header)), customers: header.customers },
  items: customers.map((customer) => toCustomerView(customer, billId)),
});

/** Customer names are masked, ids and account names clear (FIN-05, spec note 13). */
const toCustomerView = ({ customerId, customerName, accountName, figures: of }: CustomerFigures, billId: string) => ({
  customerId,
  customerName: customerName === undefined ? null : maskName(customerName),
  accountName: accountName ?? null,
  ...toFiguresView(of),
  details: `/v1/bills/${billId}/lines?customerId=${customerId}`,
});
