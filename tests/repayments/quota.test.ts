import { beforeEach, describe, expect, it } from 'vitest';
import { handler as refreshEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import { handler as checkCustomerAction } from '../../functions/budgets/check-customer-action.ts';
import { handler as checkQuotas } from '../../functions/repayments/check-consumption-quotas.ts';
import { handler as getConsumptionQuota } from '../../functions/repayments/get-consumption-quota.ts';
import { handler as setConsumptionQuota } from '../../functions/repayments/set-consumption-quota.ts';
import { consume } from '../billing/world.ts';
import { anEarlierCustomer, giveBudget } from '../budgets/story.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  CARDS,
  type Caller,
  clock,
  drain,
  invoke,
  processorCharges,
  publishedEvents,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { credit, owe } from './owing.ts';
import { aCard, aPayer, statementOf } from './payers.ts';

useStack();
beforeEach(() => void clock.set('2024-08-05T10:30:00+08:00'));

const read = async (as: Caller, { partnerId }: TestPartner) =>
  (await invoke(getConsumptionQuota, { as, path: { partnerId } })).body;
async function setQuota({ partnerId }: TestPartner, total: string | null, expectedVersion?: number) {
  const operator = await anOperator();
  const known = (await invoke(getConsumptionQuota, { as: operator, path: { partnerId } })).body.version;
  const body = { total, reason: 'credit check of August', expectedVersion: expectedVersion ?? known };
  return invoke(setConsumptionQuota, { as: operator, path: { partnerId }, body });
}
const eventsOf = async ({ partnerId }: TestPartner) =>
  (await publishedEvents('quota.level-reached', 'partner.restricted', 'partner.restriction-ended'))
    .filter(({ detail }) => detail.partnerId === partnerId)
    .map(({ name, detail }) => (detail.level ? `${name} ${detail.level}` : name));
const hourly = async (time = '2024-08-05T11:00:00+08:00') => {
  clock.set(time);
  await runSchedule(checkQuotas, time);
  await drain();
};
const july = (amount: string) => ({ cycle: '2024-07', amount });

describe('consumption quota', () => {
  it('FIN-93, FIN-98: an operator gives it with a reason, changes it under its version and takes it away', async () => {
    const partner = await aPartner();
    expect(await read(partner, partner)).toMatchObject({
      total: null,
      used: '0.00',
      available: null,
      restricted: false,
    });
    for (const total of ['-1', '0.001']) expect((await setQuota(partner, total)).body.code).toBe('QUOTA_INVALID');
    expect((await setQuota(partner, '1000')).body).toMatchObject({
      total: '1000.00',
      available: '1000.00',
      currency: 'USD',
    });
    expect((await setQuota(partner, '2000', 0)).body.code).toBe('VERSION_CONFLICT');
    expect((await setQuota(partner, null)).body).toMatchObject({ total: null });
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    expect((await setQuota(reseller, '1000')).body.code).toBe('PARTNER_TYPE_NOT_BILLED');
  });

  it('FIN-68, FIN-94: outstanding bills and the running estimate count, the balance counts against them', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    clock.set('2024-08-05T12:30:00+08:00');
    await consume(customer, { list: '70.004', at: '2024-08-05T12:00:00+08:00' });
    await runSchedule(refreshEstimates, '2024-08-05T12:31:00+08:00');
    await drain();
    await owe(partner, july('100.00'));
    await drain();
    expect(await read(partner, partner)).toMatchObject({
      outstanding: '100.00',
      estimated: '70.00',
      balance: '0.00',
      used: '170.00',
    });
    await credit(partner, '120.00'); // 100 pays the bill, 20 stay
    await drain();
    expect(await read(partner, partner)).toMatchObject({
      outstanding: '0.00',
      estimated: '70.00',
      balance: '20.00',
      used: '50.00',
    });
    await credit(partner, '80.00'); // prepaid more than is owed
    await drain();
    expect(await read(partner, partner)).toMatchObject({ used: '0.00', balance: '100.00' });
  });

  it('FIN-68, FIN-96: an estimate that exceeds the quota restricts as soon as it is refreshed', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    await setQuota(partner, '50');
    clock.set('2024-08-05T12:30:00+08:00');
    await consume(customer, { list: '50.01', at: '2024-08-05T12:00:00+08:00' });
    await runSchedule(refreshEstimates, '2024-08-05T12:31:00+08:00');
    await drain();
    expect(await eventsOf(partner)).toEqual(['quota.level-reached used-up', 'partner.restricted']);
  });

  it('FIN-94: what is owed in another currency counts by the rate of its bill', async () => {
    const partner = await aPayer({}, 'HKD');
    await owe(partner, { ...july('100.00'), currency: 'HKD', rate: '7.7523' });
    await drain();
    expect(await read(partner, partner)).toMatchObject({ outstanding: '100.00', used: '100.00' }); // 775.23 HKD
  });

  it('FIN-95, FIN-96: above 80 %, used up and exceeded, each told once; paying ends the restriction', async () => {
    const partner = await aPartner();
    await setQuota(partner, '1000');
    await owe(partner, july('801.00'));
    await drain();
    await hourly();
    expect(await eventsOf(partner)).toEqual(['quota.level-reached warning']);
    await owe(partner, { cycle: '2024-06', amount: '199.00' });
    await drain();
    expect(await eventsOf(partner)).toEqual(['quota.level-reached warning', 'quota.level-reached used-up']);
    expect(await read(partner, partner)).toMatchObject({
      used: '1000.00',
      available: '0.00',
      usedPercent: '100.00',
      restricted: false,
    });
    await owe(partner, { cycle: '2024-05', amount: '0.01' });
    await drain();
    await hourly('2024-08-05T12:00:00+08:00');
    expect((await eventsOf(partner)).slice(2)).toEqual(['partner.restricted']);
    await credit(partner, '500.00');
    await drain();
    expect((await eventsOf(partner)).slice(3)).toEqual(['partner.restriction-ended']);
    expect(await read(partner, partner)).toMatchObject({ used: '500.01', restricted: false });
  });

  it('FIN-96, CUS-141: while it is exceeded, customers purchase nothing, also those of a reseller; what costs nothing stays', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const operator = await anOperator();
    const customer = await anEarlierCustomer(distributor);
    await giveBudget(distributor, customer, '500.00');
    const indirect = await anEarlierCustomer(reseller);
    await giveBudget(distributor, indirect, '500.00');
    const ask = async (who: { customerId: string }, action: string) => {
      const body = { action, billingMode: 'yearly-monthly' };
      return (await invoke(checkCustomerAction, { as: operator, path: { customerId: who.customerId }, body })).body
        .denial;
    };
    await setQuota(distributor, '100');
    await owe(distributor, july('100.01'));
    await drain();
    expect(await ask(customer, 'buy')).toBe('PARTNER_QUOTA_EXCEEDED');
    expect(await ask(indirect, 'buy')).toBe('PARTNER_QUOTA_EXCEEDED');
    expect(await ask(customer, 'unsubscribe')).toBeNull();
    await credit(distributor, '0.01');
    await drain();
    expect(await ask(customer, 'buy')).not.toBe('PARTNER_QUOTA_EXCEEDED');
  });

  it('FIN-96: a larger quota ends a restriction at once, a smaller one begins it', async () => {
    const partner = await aPartner();
    await owe(partner, july('500.00'));
    await drain();
    expect((await setQuota(partner, '499.99')).body.restricted).toBe(true);
    expect((await setQuota(partner, '500.00')).body.restricted).toBe(false);
    expect((await setQuota(partner, '10.00')).body.restricted).toBe(true);
    expect((await setQuota(partner, null)).body.restricted).toBe(false); // FIN-98
  });

  it('FIN-97: with a card the used quota is charged before anything is restricted; it pays bills, the rest waits', async () => {
    const partner = await aPayer();
    const customer = await aCustomer({ of: partner });
    await owe(partner, july('100.00'));
    await drain();
    await aCard(partner, CARDS.good);
    clock.set('2024-08-05T12:30:00+08:00');
    await consume(customer, { list: '950.00', at: '2024-08-05T12:00:00+08:00' });
    await runSchedule(refreshEstimates, '2024-08-05T12:31:00+08:00');
    await drain();
    await hourly('2024-08-05T13:00:00+08:00');
    expect(await statementOf(partner)).toEqual(['Top-up 1050.00 1050.00', 'Expenditure (repayment) -100.00 950.00']);
    expect(await read(partner, partner)).toMatchObject({ used: '0.00', restricted: false });
    expect(await eventsOf(partner)).not.toContain('partner.restricted');
    await hourly('2024-08-05T14:00:00+08:00');
    expect(processorCharges().filter(({ key }) => key.startsWith(partner.partnerId))).toHaveLength(1);
  });

  it('FIN-97: only when the card fails the restriction begins', async () => {
    const partner = await aPayer();
    await owe(partner, july('1200.00'));
    await drain();
    await aCard(partner, CARDS.declines);
    await hourly('2024-08-05T12:00:00+08:00');
    expect(await eventsOf(partner)).toContain('partner.restricted');
    expect(await read(partner, partner)).toMatchObject({ used: '1200.00', restricted: true });
    await hourly('2024-08-05T13:00:00+08:00');
    await hourly('2024-08-05T14:00:00+08:00');
    expect(processorCharges().filter(({ key }) => key.startsWith(partner.partnerId))).toHaveLength(1);
  });

  it('FIN-94: two checks at once tell and charge once', async () => {
    const partner = await aPartner();
    await setQuota(partner, '100');
    await owe(partner, july('100.01'));
    await Promise.all([hourly(), hourly(), drain()]);
    expect((await eventsOf(partner)).sort()).toEqual(['partner.restricted', 'quota.level-reached used-up']);
  });

  it("FIN-01: a member reads its own partner's quota, an operator any; another's is not found", async () => {
    const partner = await aPartner();
    expect(await read(await aPartner(), partner)).toMatchObject({ status: 404, code: 'PARTNER_NOT_FOUND' });
    expect(await read(await aMember({ of: partner, roles: ['account-manager'] }), partner)).toMatchObject({
      status: 403,
    });
    expect(await read(await anOperator(), partner)).toMatchObject({ total: null });
  });
});
