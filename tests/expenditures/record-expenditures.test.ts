import { beforeAll, describe, expect, it } from 'vitest';
import { loadMonth, loadRecord } from '#lib/expenditures/index.ts';
import { exactText } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler } from '../../functions/expenditures/record-expenditures.ts';
import { aCustomer, anOperator, aPartner, type Caller, clock, invoke, publishedEvents, type TestCustomer, type TestPartner, useStack } from '../support/index.ts';
import { aCharge, charges } from './charges.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let customer: TestCustomer;

beforeAll(async () => {
  clock.set('2024-08-01T00:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  clock.set('2024-09-19T10:00:00+08:00');
});

const record = (records: unknown[]) => invoke(handler, { as: operator, body: { records } });
const monthOf = async (of: TestCustomer, month = '2024-09') => {
  const found = await loadMonth(partner.partnerId, of.customerId, month as BillingMonth);
  return found && { ...found, usage: exactText(found.usage), expenditure: exactText(found.expenditure), refund: exactText(found.refund), adjustment: exactText(found.adjustment) };
};

describe('record-expenditures', () => {
  it('CUS-091: adds the list price to the counter of the month, with receipt, record and event', async () => {
    const charge = aCharge(customer, { listPrice: '0.0000160599' });
    const answer = await record([charge]);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        receipts: [{ recordId: charge.recordId, receipt: 'counted', billingCycle: '2024-09', consumptionMonth: '2024-09' }],
        totals: { counted: 1, late: 0, duplicate: 0, conflict: 0, rejected: 0 },
      },
    });
    expect(await monthOf(customer)).toMatchObject({ usage: '0.0000160599', count: 1, expenditure: '0.0000160599' });
    expect(await loadRecord(charge.recordId)).toMatchObject({ partnerId: partner.partnerId, late: false, listPrice: 16_059_900n });
    const events = await publishedEvents('usage.moved');
    expect(events.filter(({ detail }) => detail.customerId === customer.customerId)).toMatchObject([
      { detail: { partnerId: partner.partnerId, month: '2024-09', usage: '0.0000160599' } },
    ]);
  });

  it('CUS-096: the same record again is a duplicate, the same id with other content a conflict', async () => {
    const owner = await associatedInAugust();
    const charge = aCharge(owner);
    await record([charge]);
    const again = await record([charge, { ...charge, listPrice: '2.00' }]);
    expect(again.body.receipts).toMatchObject([{ receipt: 'duplicate' }, { receipt: 'conflict', code: 'CONTENT_CONFLICT' }]);
    expect(await monthOf(owner)).toMatchObject({ usage: '1.00', count: 1 });
  });

  it('CUS-096: 500 records in one batch are taken, 501 are refused', async () => {
    const owner = await associatedInAugust();
    const full = charges(500, owner, { listPrice: '0.01' });
    expect((await record(full)).body.totals.counted).toBe(500);
    expect(await monthOf(owner)).toMatchObject({ usage: '5.00', count: 500 });
    expect(await record([...full, aCharge(owner)])).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });
});

async function associatedInAugust(): Promise<TestCustomer> {
  const now = clock.now();
  clock.set('2024-08-01T00:00:00+08:00');
  const created = await aCustomer({ of: partner });
  clock.set(now);
  return created;
}
