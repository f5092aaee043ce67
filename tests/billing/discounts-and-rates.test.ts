import { beforeAll, describe, expect, it } from 'vitest';
import { handler as endCommercialDiscount } from '../../functions/billing/end-commercial-discount.ts';
import { handler as getDiscount } from '../../functions/billing/get-discount.ts';
import { handler as listDiscounts } from '../../functions/billing/list-discounts.ts';
import { handler as listExchangeRates } from '../../functions/billing/list-exchange-rates.ts';
import { handler as listTaxRules } from '../../functions/billing/list-tax-rules.ts';
import { handler as setCommercialDiscount } from '../../functions/billing/set-commercial-discount.ts';
import { handler as setExchangeRate } from '../../functions/billing/set-exchange-rate.ts';
import { handler as setTaxRule } from '../../functions/billing/set-tax-rule.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

let operator: Caller;

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
});

const common = { kind: 'percentage', settlementClass: 'common', discount: '0.25' };
const special = { ...common, settlementClass: 'special' };
const wish = {
  type: 'partner-level',
  effectiveAt: '2024-06-10T16:22:15+08:00',
  expiresAt: '2024-12-31T23:59:59+08:00',
  items: [common],
  reason: 'contract 17',
};
const grant = (partner: TestPartner, fields: object = {}) =>
  invoke(setCommercialDiscount, { as: operator, path: { partnerId: partner.partnerId }, body: { ...wish, ...fields } });
const end = (discountId: string) =>
  invoke(endCommercialDiscount, { as: operator, path: { discountId }, body: { reason: 'ended by agreement' } });

describe('set-commercial-discount', () => {
  it('FIN-127, FIN-128: grants a discount of the partner and one of a customer, to the second', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    expect(await grant(partner)).toMatchObject({
      status: 201,
      body: {
        type: 'partner-level',
        customerId: null,
        status: 'pending',
        effectiveAt: '2024-06-10T08:22:15.000Z',
        items: [{ discount: '0.25' }],
      },
    });
    const ofCustomer = {
      type: 'customer-level',
      customerId: customer.customerId,
      items: [{ ...special, productTypeCodes: ['vpc'] }],
    };
    expect(await grant(partner, ofCustomer)).toMatchObject({
      status: 201,
      body: { customerId: customer.customerId, accountName: customer.accountName, customerName: 'C***r' },
    });
    expect((await tracesOf(partner.partnerId, 'set-commercial-discount'))[0]).toMatchObject({
      after: { reason: 'contract 17' },
    });
  });

  it('FIN-129: two discounts of one type, customer and scope do not overlap; the next one may begin the second after', async () => {
    const partner = await aPartner();
    await grant(partner);
    expect(
      await grant(partner, { effectiveAt: '2024-12-31T23:59:59+08:00', expiresAt: '2025-12-31T23:59:59+08:00' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'DISCOUNT_OVERLAP' },
    });
    expect(
      await grant(partner, { effectiveAt: '2025-01-01T00:00:00+08:00', expiresAt: '2025-12-31T23:59:59+08:00' }),
    ).toMatchObject({
      status: 201,
    });
    expect(await grant(partner, { items: [{ ...common, settlementClass: 'promotional' }] })).toMatchObject({
      status: 201,
    });
  });

  it('FIN-129: of two that are set at once, one is refused', async () => {
    const partner = await aPartner();
    const answers = await Promise.all(Array.from({ length: 6 }, () => grant(partner)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it.each([
    ['FIN-128: it ends before it starts', { expiresAt: '2024-06-10T16:22:14+08:00' }],
    ['FIN-128: parts of a second', { effectiveAt: '2024-06-10T16:22:15.250+08:00' }],
    ['FIN-127: a customer-level discount without customer', { type: 'customer-level', items: [special] }],
    ['FIN-31: special on partner level', { items: [special] }],
    ['FIN-23: more than the whole', { items: [{ ...common, discount: '1.01' }] }],
    [
      'FIN-24: a negative price',
      { items: [{ kind: 'fixed-unit-price', settlementClass: 'common', unit: 'GB', unitPrice: '-1' }] },
    ],
    ['FIN-129: one scope twice', { items: [common, { ...common, discount: '0.3' }] }],
  ])('%s: DISCOUNT_INVALID', async (_what, fields) => {
    expect(await grant(await aPartner(), fields)).toMatchObject({ status: 422, body: { code: 'DISCOUNT_INVALID' } });
  });

  it("FIN-127: another partner's customer, or a referred one, gets none here", async () => {
    const [partner, other] = [await aPartner(), await aPartner()];
    for (const customer of [await aCustomer({ of: other }), await aCustomer({ of: partner, type: 'referral' })]) {
      const answer = await grant(partner, {
        type: 'customer-level',
        customerId: customer.customerId,
        items: [special],
      });
      expect(answer).toMatchObject({ status: 422, body: { code: 'CUSTOMER_NOT_ASSOCIATED' } });
    }
  });

  it('FIN-01: a reseller is not billed, so it has no discount', async () => {
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    expect(await grant(reseller)).toMatchObject({ status: 403, body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
  });

  it('FIN-127: a reason is mandatory, an unknown partner is not found', async () => {
    expect((await grant(await aPartner(), { reason: ' ' })).status).toBe(400);
    const unknown = { as: operator, path: { partnerId: 'par_unknown' }, body: wish };
    expect(await invoke(setCommercialDiscount, unknown)).toMatchObject({
      status: 404,
      body: { code: 'PARTNER_NOT_FOUND' },
    });
  });
});

describe('end-commercial-discount', () => {
  it('FIN-131: ends it now, once; its scope is free from the next second', async () => {
    const partner = await aPartner();
    clock.set('2024-07-01T12:00:00.700+08:00');
    const { discountId } = (await grant(partner)).body;
    const answer = await end(discountId);
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'terminated', terminatedAt: '2024-07-01T04:00:00.000Z' },
    });
    expect(await end(discountId)).toMatchObject({ status: 409, body: { code: 'DISCOUNT_OVER' } });
    expect((await grant(partner, { effectiveAt: '2024-07-01T12:00:00+08:00' })).status).toBe(409);
    expect((await grant(partner, { effectiveAt: '2024-07-01T12:00:01+08:00' })).status).toBe(201);
  });

  it('FIN-131: what has expired cannot be ended; an unknown one is not found', async () => {
    clock.set('2025-01-01T00:00:00+08:00');
    const { discountId } = (await grant(await aPartner())).body;
    expect(await end(discountId)).toMatchObject({ status: 409, body: { code: 'DISCOUNT_OVER' } });
    expect(await end('dis_unknown')).toMatchObject({ status: 404, body: { code: 'DISCOUNT_NOT_FOUND' } });
  });
});

describe('reading discounts', () => {
  it('FIN-130, FIN-144: a partner reads its own, the latest effective first, by status and customer', async () => {
    clock.set('2024-07-01T00:00:00+08:00');
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner, accountName: 'Atlas-Nimbus' });
    await grant(partner);
    await grant(partner, { effectiveAt: '2025-01-01T00:00:00+08:00', expiresAt: '2025-12-31T23:59:59+08:00' });
    const own = { type: 'customer-level', customerId: customer.customerId, items: [special] };
    const mine = (await grant(partner, { ...own, effectiveAt: '2024-07-01T00:00:00+08:00' })).body;
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const list = async (query = {}) => (await invoke(listDiscounts, { as: finance, query })).body;

    expect((await list()).items.map(({ effectiveAt }: { effectiveAt: string }) => effectiveAt)).toEqual([
      '2024-12-31T16:00:00.000Z',
      '2024-06-30T16:00:00.000Z',
      '2024-06-10T08:22:15.000Z',
    ]);
    expect((await list({ status: 'pending' })).items).toHaveLength(1);
    expect((await list({ customer: 'nimbus' })).items).toMatchObject([{ discountId: mine.discountId }]);
    expect((await list({ customer: 'carla customer' })).items).toHaveLength(1);
    expect((await list({ customer: 'Carla' })).items).toEqual([]);
    const first = await list({ limit: 2 });
    expect((await list({ limit: 2, cursor: first.nextCursor })).items).toHaveLength(1);
    expect((await invoke(listDiscounts, { as: finance, query: { cursor: 'made.up' } })).body.code).toBe(
      'CURSOR_INVALID',
    );
    const answer = await invoke(getDiscount, { as: finance, path: { discountId: mine.discountId } });
    expect(answer).toMatchObject({ status: 200, body: { customerName: 'C***r', accountName: 'Atlas-Nimbus' } });
  });

  it("FIN-130: another partner's is not found, a reseller has none, an operator names the partner", async () => {
    const [partner, other] = [await aPartner(), await aPartner()];
    const { discountId } = (await grant(partner)).body;
    expect((await invoke(getDiscount, { as: other, path: { discountId } })).body.code).toBe('DISCOUNT_NOT_FOUND');
    const foreign = { as: other, query: { partnerId: partner.partnerId } };
    expect((await invoke(listDiscounts, foreign)).body.code).toBe('PARTNER_NOT_FOUND');
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    expect((await invoke(listDiscounts, { as: reseller })).body.code).toBe('PARTNER_TYPE_NOT_BILLED');
    expect((await invoke(listDiscounts, { as: operator })).body.code).toBe('INPUT_INVALID');
    const named = { as: operator, query: { partnerId: partner.partnerId } };
    expect((await invoke(listDiscounts, named)).body.items).toMatchObject([{ discountId }]);
  });
});

describe('tax rules', () => {
  const set = (fields: object) =>
    invoke(setTaxRule, {
      as: operator,
      body: {
        countryRegion: 'IN',
        components: [{ code: 'IGST', rate: '0.18' }],
        effectiveFrom: '2024-01-01T00:00:00+08:00',
        reason: 'law',
        ...fields,
      },
    });

  it('FIN-38: a new rule ends the one without end before it; others must lie apart', async () => {
    await set({});
    expect((await set({ effectiveFrom: '2024-07-01T00:00:00+08:00', components: [] })).status).toBe(201);
    expect((await set({ stateProvince: 'Kerala' })).status).toBe(201);
    const overlapping = { effectiveFrom: '2024-06-01T00:00:00+08:00', effectiveTo: '2024-06-30T23:59:59+08:00' };
    expect(await set(overlapping)).toMatchObject({ status: 409, body: { code: 'TAX_RULE_OVERLAP' } });
    expect(await set({})).toMatchObject({ status: 409, body: { code: 'TAX_RULE_OVERLAP' } });
    const { body } = await invoke(listTaxRules, { as: operator });
    expect(body.items).toMatchObject([
      { stateProvince: null, effectiveFrom: '2023-12-31T16:00:00.000Z', effectiveTo: '2024-06-30T15:59:59.000Z' },
      { stateProvince: null, effectiveFrom: '2024-06-30T16:00:00.000Z', effectiveTo: null, components: [] },
      { stateProvince: 'Kerala', components: [{ code: 'IGST', rate: '0.18' }] },
    ]);
    expect((await invoke(listTaxRules, { as: operator, query: { cursor: 'made.up' } })).body.code).toBe(
      'CURSOR_INVALID',
    );
  });

  it('FIN-38: of two that are set at once, one is refused', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => set({ countryRegion: 'MY' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it.each([
    ['a rate of 1', { components: [{ code: 'VAT', rate: '1' }] }],
    ['a negative rate', { components: [{ code: 'VAT', rate: '-0.01' }] }],
    [
      'a code twice',
      {
        components: [
          { code: 'VAT', rate: '0.1' },
          { code: 'VAT', rate: '0.2' },
        ],
      },
    ],
    ['an end before the start', { effectiveTo: '2023-12-31T23:59:59+08:00' }],
    ['parts of a second', { effectiveFrom: '2024-01-01T00:00:00.001+08:00' }],
  ])('FIN-38: %s is refused: TAX_RULE_INVALID', async (_what, fields) => {
    expect(await set({ countryRegion: 'KE', ...fields })).toMatchObject({
      status: 422,
      body: { code: 'TAX_RULE_INVALID' },
    });
  });

  it('FIN-38: everything that is wrong is named at once, by its field', async () => {
    const components = ['1', '-0.01', '0.1'].map((rate) => ({ code: 'VAT', rate }));
    const bad = { countryRegion: 'KE', components, effectiveTo: '2023-12-31T23:59:59.500+08:00' };
    const { body } = await set({ ...bad, effectiveFrom: '2024-01-01T00:00:00.001+08:00' });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/components/0/rate',
      '/components/1/rate',
      '/components',
      '/effectiveFrom',
      '/effectiveTo',
      '/effectiveTo',
    ]);
  });
});

describe('exchange rates', () => {
  const set = (rate: string, expectedVersion = 0, currency = 'HKD', cycle = '2022-08') =>
    invoke(setExchangeRate, {
      as: operator,
      path: { currency, cycle },
      body: { rate, reason: 'treasury', expectedVersion },
    });

  it('FIN-47: has 4 decimals, is above 0 and leads into another currency', async () => {
    expect(await set('7.7523')).toMatchObject({
      status: 200,
      body: { from: 'USD', to: 'HKD', rate: '7.7523', version: 1 },
    });
    for (const answer of [await set('7.75231', 1), await set('0', 1), await set('1', 0, 'USD')]) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'EXCHANGE_RATE_INVALID' } });
    }
  });

  it('FIN-48: is replaced under its version and listed with the newest cycle first', async () => {
    expect(await set('7.8000')).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    expect(await set('7.8000', 1)).toMatchObject({ status: 200, body: { rate: '7.8000', version: 2 } });
    await set('7.7565', 0, 'HKD', '2021-02');
    const list = (query: object) =>
      invoke(listExchangeRates, { as: operator, path: { currency: 'HKD' }, query: { ...query } });
    const { body } = await list({});
    expect(body.items.map(({ cycle, rate }: { cycle: string; rate: string }) => [cycle, rate])).toEqual([
      ['2022-08', '7.8000'],
      ['2021-02', '7.7565'],
    ]);
    expect((await list({ cursor: 'made.up' })).body.code).toBe('CURSOR_INVALID');
  });
});
