import { randomUUID } from 'node:crypto';
import type { TestCustomer } from '../support/index.ts';

/** A pay-per-use charge of one hour, as a feed delivers it; `fields` override. */
export function aCharge(of: Pick<TestCustomer, 'customerId'>, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    recordId: `rec-${randomUUID()}`,
    customerId: of.customerId,
    billType: 'expenditure',
    billingMode: 'pay-per-use',
    productType: 'Elastic Cloud Server',
    productTypeCode: 'hws.service.type.ec2',
    productName: 's6.large.2',
    productId: '00301-28215-0--0',
    orderId: 'tx-1',
    spentFrom: '2024-09-18T13:00:00+08:00',
    spentTo: '2024-09-18T14:00:00+08:00',
    usage: '1',
    usageUnit: 'Hours',
    unitPrice: '1.00',
    listPrice: '1.00',
    currency: 'USD',
    settlementClass: 'common',
    ...fields,
  };
}

/** Several charges with the same fields. */
export const charges = (
  count: number,
  of: Pick<TestCustomer, 'customerId'>,
  fields: Readonly<Record<string, unknown>> = {},
) => Array.from({ length: count }, () => aCharge(of, fields));
