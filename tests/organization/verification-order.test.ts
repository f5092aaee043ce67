import { beforeEach, describe, expect, it } from 'vitest';
import {
  aCustomer,
  aMember,
  aPartner,
  clock,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { attempt, executed, giveStanding } from './critical-operation.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  executed.length = 0;
  partner = await aPartner();
  await giveStanding(partner.partnerId, { verificationEnabled: true });
  customer = await aCustomer({ of: partner });
});

/** Each request has every later fault too, so that only the order decides which one is told. */
describe('ORG-173: the order of checks', () => {
  const badInput = { body: { reason: '' } };

  it('ORG-173: permission comes before scope, grant, input and code', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const stranger = await aCustomer();
    expect(await attempt(finance, stranger.customerId, badInput)).toMatchObject({
      status: 403,
      body: { code: 'PERMISSION_DENIED' },
    });
  });

  it('ORG-173: scope comes before grant, input and code', async () => {
    const stranger = await aCustomer();
    expect(await attempt(partner, stranger.customerId, badInput)).toMatchObject({
      status: 404,
      body: { code: 'CUSTOMER_NOT_FOUND' },
    });
  });

  it('ORG-173: the partner grant comes before input and code', async () => {
    expect(await attempt(partner, customer.customerId, badInput)).toMatchObject({
      status: 403,
      body: { code: 'PARTNER_NOT_ENABLED' },
    });
  });

  it('ORG-173: input comes before the code', async () => {
    await giveStanding(partner.partnerId, { grants: ['budget-and-freeze'] });
    expect(await attempt(partner, customer.customerId, badInput)).toMatchObject({
      status: 400,
      body: { code: 'INPUT_INVALID' },
    });
  });

  it('ORG-173: the code comes before execution', async () => {
    await giveStanding(partner.partnerId, { grants: ['budget-and-freeze'] });
    expect(await attempt(partner, customer.customerId)).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_REQUIRED' },
    });
    expect(executed).toEqual([]);
  });
});
