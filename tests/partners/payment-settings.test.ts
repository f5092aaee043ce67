import { beforeEach, expect, it } from 'vitest';
import { handler as getPaymentCurrency } from '../../functions/partners/get-payment-currency.ts';
import { handler as setContractingEntity } from '../../functions/partners/set-contracting-entity.ts';
import { handler as setPaymentCurrency } from '../../functions/partners/set-payment-currency.ts';
import { aMember, anOperator, aPartner, type Caller, clock, invoke, useStack } from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();
beforeEach(() => void clock.set('2024-07-31T23:59:59+08:00'));

const choose = (as: Caller, currency: string, expectedVersion = 1) =>
  invoke(setPaymentCurrency, { as, body: { currency, expectedVersion } });
const read = async (as: Caller) => (await invoke(getPaymentCurrency, { as })).body;
const contract = (as: Caller, partnerId: string, contractingEntity = 'HK') =>
  invoke(setContractingEntity, { as, path: { partnerId }, body: { contractingEntity, reason: 'contract of 2024' } });

it('FIN-49: a currency chosen in the last second of July is in force in August', async () => {
  const partner = await aPartner();
  expect(await read(partner)).toEqual({ currency: 'USD', isSet: false, next: null, version: 1 });
  expect((await choose(partner, 'HKD')).body).toMatchObject({ currency: 'USD', next: { currency: 'HKD' } });
  clock.set('2024-08-01T00:00:00+08:00');
  expect(await read(partner)).toEqual({ currency: 'HKD', isSet: true, next: null, version: 2 });
});

it('FIN-49: two choices at once: one is stored, the other is told', async () => {
  const partner = await aPartner();
  const answers = await Promise.all([choose(partner, 'HKD'), choose(partner, 'EUR')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('VERSION_CONFLICT');
  expect((await choose(partner, 'hkd', 2)).status).toBe(400);
});

it('FIN-03, FIN-49: preferences are the Admin’s; a reseller is not billed', async () => {
  const partner = await aPartner();
  const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
  expect((await choose(finance, 'HKD')).body.code).toBe('PERMISSION_DENIED');
  expect(await read(finance)).toMatchObject({ currency: 'USD' });
  const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
  expect((await choose(reseller, 'HKD')).body.code).toBe('PARTNER_NOT_ENABLED');
});

it('FIN-72: an operator records the contracting entity, with its reason; a repetition changes nothing', async () => {
  const operator = await anOperator();
  const partner = await aPartner();
  expect((await contract(operator, partner.partnerId)).body).toMatchObject({ contractingEntity: 'HK', version: 2 });
  expect((await contract(operator, partner.partnerId)).body).toMatchObject({ contractingEntity: 'HK', version: 2 });
  const traces = await tracesOf(partner.partnerId, 'set-contracting-entity');
  expect(JSON.stringify(traces)).toContain('contract of 2024');
  expect((await contract(partner, partner.partnerId)).body.code).toBe('PERMISSION_DENIED');
  expect((await contract(operator, 'par_nobody')).body.code).toBe('PARTNER_NOT_FOUND');
  expect((await contract(operator, partner.partnerId, 'Hong Kong')).status).toBe(400);
});
