import { expect, it } from 'vitest';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { aCustomer, anOperator, aPartner, clock, invoke, publishedEvents, useStack } from '../support/index.ts';
import { percentage } from './discounts.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

it('FIN-15: first story', async () => {
  clock.set('2024-07-01T09:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' });
  const partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  await grant(partner, [percentage('0.25')]);
  await consume(customer, { list: '100', at: '2024-07-10T10:00:00+08:00' }, { list: '50.5', at: '2024-07-11T10:00:00+08:00' });
  clock.set('2024-08-05T02:00:00+08:00');
  await runBilling();
  const operator = await anOperator();
  const answer = await invoke(getBillRun, { as: operator, path: { cycle: '2024-07' } });
  console.log(JSON.stringify(answer.body, null, 1));
  console.log(JSON.stringify(await publishedEvents('bill.issued', 'bill.parked')));
  expect(answer.status).toBe(200);
});
