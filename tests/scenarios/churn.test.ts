import { expect, it } from 'vitest';
import { accept, list, process } from '../customer-alerts/alerts.ts';
import { assign } from '../customers/managers.ts';
import { aCustomer, aMember, aPartner, clock, useStack } from '../support/index.ts';

useStack();

it('CUS example 29: the Admin may not process what is M’s, another manager does not find it, M needs a reason', async () => {
  clock.set('2024-08-10T10:00:00+08:00');
  const partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  const [M, other] = [
    await aMember({ of: partner, roles: ['account-manager'] }),
    await aMember({ of: partner, roles: ['account-manager'] }),
  ];
  const admin = await aMember({ of: partner });
  await assign(partner, customer, M);
  const { body: alert } = await accept(customer);

  expect((await list(admin)).items).toHaveLength(1);
  expect(await process(admin, alert)).toMatchObject({ status: 403, body: { code: 'ALERT_NOT_YOURS' } });
  expect((await list(other)).items).toEqual([]);
  expect(await process(other, alert)).toMatchObject({ status: 404 });
  expect(await process(M, alert, { customerLost: true })).toMatchObject({
    status: 400,
    body: { code: 'INPUT_INVALID' },
  });
  expect(await process(M, alert, { customerLost: true, reason: 'commerce' })).toMatchObject({
    status: 200,
    body: { status: 'handled', handledBy: M.memberId },
  });
});
