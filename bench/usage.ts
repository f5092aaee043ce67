import type { Delivery } from '#lib/expenditures/index.ts';
import type { TestCustomer } from '../tests/support/builders.ts';

const PRODUCTS = ['Elastic Compute', 'Object Storage', 'Load Balancing', 'Relational Database'];

/** Hourly pay-per-use records of September 2024, dealt to the customers in turn, with amounts of 11 decimals. */
export const usageOf = (customers: readonly TestCustomer[], index: number, prefix: string): Delivery => {
  const customer = customers[index % customers.length] as TestCustomer;
  const hour = Math.floor(index / customers.length) % 700;
  const time = (plus: number): string => new Date(Date.UTC(2024, 8, 1, hour + plus)).toISOString();
  const product = PRODUCTS[index % PRODUCTS.length] as string;
  return {
    mark: `bench:${prefix}:${index}`,
    raw: {
      recordId: `${prefix}-${index}`,
      customerId: customer.customerId,
      billType: 'expenditure',
      billingMode: 'pay-per-use',
      productType: product,
      productTypeCode: product.toLowerCase().replaceAll(' ', '-'),
      productName: `${product} standard`,
      productId: `sku-${index % 50}`,
      currency: 'USD',
      listPrice: `0.${String((index * 7_919) % 100_000_000_000).padStart(11, '0')}`,
      spentFrom: time(0),
      spentTo: time(1),
      settlementClass: 'common',
      orderId: `${prefix}-${index}`,
      region: 'us-west-2',
      usage: '1.25',
      usageUnit: 'Hours',
    },
  };
};
