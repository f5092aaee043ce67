import { beforeEach, describe, expect, it } from 'vitest';
import { setExchangeRate } from '#lib/billing/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as checkCustomerAction } from '../../functions/budgets/check-customer-action.ts';
import { handler as getPaymentCurrency } from '../../functions/partners/get-payment-currency.ts';
import { handler as setPaymentCurrency } from '../../functions/partners/set-payment-currency.ts';
import { handler as checkQuotas } from '../../functions/repayments/check-consumption-quotas.ts';
import { handler as deleteCard } from '../../functions/repayments/delete-card.ts';
import { handler as getConsumptionQuota } from '../../functions/repayments/get-consumption-quota.ts';
import { handler as repayOnline } from '../../functions/repayments/repay-online.ts';
import { handler as setConsumptionQuota } from '../../functions/repayments/set-consumption-quota.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import { anEarlierCustomer, giveBudget } from '../budgets/story.ts';
import { billOf, credit, owe } from '../repayments/owing.ts';
import { aCard, aPayer, entriesOf, statementOf, tryToAdd } from '../repayments/payers.ts';
import {
  anOperator,
  aPartner,
  asSystem,
  CARDS,
  cardToken,
  clock,
  drain,
  invoke,
  processorCharges,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();
beforeEach(() => void clock.set('2024-08-05T10:00:00+08:00'));

const pay = async (as: TestPartner, amount: string, currency?: string) => {
  const body = { amount, currency, by: { cardToken: await cardToken(CARDS.good) } };
  return invoke(repayOnline, { as, body });
};
const quotaOf = async (as: TestPartner) =>
  (await invoke(getConsumptionQuota, { as, path: { partnerId: as.partnerId } })).body;
const giveQuota = async ({ partnerId }: TestPartner, total: string) =>
  invoke(setConsumptionQuota, { as: await anOperator(), path: { partnerId }, body: { total, reason: 'agreed' } });
const hourly = async (time: string) => {
  clock.set(time);
  await runSchedule(checkQuotas, time);
  await drain();
};
const chargesOf = ({ partnerId }: TestPartner) => processorCharges().filter(({ key }) => key.startsWith(partnerId));

describe('acceptance: cards, payments, quota', () => {
  it.each([
    ['30.00', ['Top-up 30.00 30.00', 'Expenditure (repayment) -30.00 0.00']],
    ['50.00', ['Top-up 50.00 50.00', 'Expenditure (repayment) -30.00 20.00']],
  ])('FIN-75, FIN-76, example 20: 30.00 due, %s repaid by card', async (amount, expected) => {
    const partner = await aPayer();
    await owe(partner, { cycle: '2024-07', amount: '30.00' });
    await drain();
    expect((await pay(partner, amount)).status).toBe(201);
    expect(await statementOf(partner)).toEqual(expected);
    const [topUp, repayment] = await entriesOf(partner);
    expect(topUp?.transactionTime).toBe(repayment?.transactionTime);
    expect([topUp?.transactionNo, repayment?.transactionNo]).toEqual(['AC-000000001-0', 'AC-000000002-0']);
  });

  it('FIN-73, example 22: 20,000.00 USD is accepted; 20,000.01, 0.00 and 11,000,001 CLP are not', async () => {
    const partner = await aPayer();
    expect((await pay(partner, '20000.00')).status).toBe(201);
    for (const [amount, currency] of [
      ['20000.01', 'USD'],
      ['0.00', 'USD'],
      ['11000001', 'CLP'],
    ] as const)
      expect((await pay(partner, amount, currency)).body.code).toBe('AMOUNT_OUT_OF_RANGE');
  });

  it('FIN-90, example 23: 45,000 USD, no balance and one card: 20,000, 20,000 and 5,000', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.good);
    await owe(partner, { cycle: '2024-07', amount: '45000.00' });
    await drain();
    expect(chargesOf(partner).map(({ amount }) => amount)).toEqual(['20000.00', '20000.00', '5000.00']);
    expect((await billOf(partner, '2024-07')).debt.status).toBe('paid');
  });

  it('FIN-89, example 24: the default card is refused, the other one pays', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.declines); // the first is the default
    await aCard(partner, CARDS.other);
    await owe(partner, { cycle: '2024-07', amount: '10.00' });
    await drain();
    expect(chargesOf(partner).map(({ last4, status }) => `${last4} ${status}`)).toEqual([
      '9995 declined',
      '4444 succeeded',
    ]);
  });

  it.each([
    [undefined, '1000.00'],
    ['600', '1000.00'],
    ['5000', '5000.00'],
  ])('FIN-104, example 25: a quota of %s, a card added: %s', async (before, after) => {
    const partner = await aPayer();
    if (before !== undefined) await giveQuota(partner, before);
    await aCard(partner, CARDS.good);
    expect((await quotaOf(partner)).total).toBe(after);
  });

  it('FIN-99, FIN-101, example 26: no payment currency; Otro with 4 characters', async () => {
    expect((await tryToAdd(await aPartner(), CARDS.good)).body.code).toBe('CURRENCY_NOT_SET');
    const chilean = await aPayer({ registrationArea: { countryRegion: 'CL' } });
    const chile = { method: 'Otro', idNumber: '1234' };
    expect((await tryToAdd(chilean, CARDS.good, { chile })).body.code).toBe('INVALID_ID_NUMBER');
  });

  it('FIN-107, example 27: the only card cannot be deleted', async () => {
    const partner = await aPayer();
    const cardId = await aCard(partner, CARDS.good);
    const answer = await invoke(deleteCard, { as: partner, path: { cardId } });
    expect(answer.body.code).toBe('DEFAULT_CARD_UNDELETABLE');
  });

  it('FIN-95, FIN-96, FIN-97, example 28: 801 of 1,000; 1,000.01 without a working card; 500 paid', async () => {
    const contact = { name: 'Ada', email: 'ada@quota.example', mobileNumber: '+6598765432' };
    const partner = await aPayer({ contact });
    const customer = await anEarlierCustomer(partner);
    await giveBudget(partner, customer, '500.00');
    await giveQuota(partner, '1000');
    await owe(partner, { cycle: '2024-05', amount: '801.00' });
    await drain();
    await hourly('2024-08-05T11:00:00+08:00');
    const warnings = async () =>
      (await sentMails())
        .filter(({ subject, text }) => `${subject} ${text}`.includes('80% of your consumption quota'))
        .map(({ to }) => String(to));
    const onePerChannel = [expect.stringMatching(/6598765432@/), contact.email];
    expect((await warnings()).sort()).toEqual(onePerChannel);

    await owe(partner, { cycle: '2024-06', amount: '199.01' });
    await drain();
    await hourly('2024-08-05T12:00:00+08:00');
    expect(await quotaOf(partner)).toMatchObject({ used: '1000.01', restricted: true });
    const buy = { action: 'buy', billingMode: 'yearly-monthly' };
    const ask = async () =>
      (await invoke(checkCustomerAction, { as: customer, path: { customerId: customer.customerId }, body: buy })).body;
    expect(await ask()).toMatchObject({ allowed: false, denial: 'PARTNER_QUOTA_EXCEEDED' });
    expect((await warnings()).sort()).toEqual(onePerChannel);

    await pay(partner, '500.00');
    await drain();
    expect(await quotaOf(partner)).toMatchObject({ used: '500.01', restricted: false });
    expect(await ask()).toMatchObject({ allowed: true });
    expect((await publishedEvents('partner.restricted')).length).toBe(1);
  });

  it('FIN-49, example 29: USD changed to HKD on 10 July: July is owed in USD, August in HKD', async () => {
    clock.set('2024-06-20T00:00:00+08:00');
    await aTaxRule('SG');
    const partner = await aPartner();
    const customer = await anEarlierCustomer(partner);
    clock.set('2024-07-10T12:00:00+08:00');
    const chosen = { currency: 'HKD', expectedVersion: 1 };
    const { body } = await invoke(setPaymentCurrency, { as: partner, body: chosen });
    expect(body).toEqual({ currency: 'USD', isSet: true, next: { currency: 'HKD', fromCycle: '2024-08' }, version: 2 });
    expect((await invoke(setPaymentCurrency, { as: partner, body: chosen })).body.code).toBe('VERSION_CONFLICT');
    await consume(customer, { list: '100', at: '2024-07-10T11:00:00+08:00' });
    clock.set('2024-08-05T02:30:00+08:00');
    const rate = { currency: 'HKD', cycle: '2024-08' as BillingMonth, rate: parseMoney('7.7523') };
    await asSystem(() => setExchangeRate(rate, 0, 'test'));
    await runBilling('2024-08-05T02:00:00+08:00');
    await consume(customer, { list: '100', at: '2024-08-05T02:00:00+08:00' });
    clock.set('2024-09-05T02:30:00+08:00');
    await runBilling('2024-09-05T02:00:00+08:00');
    const bill = async (cycle: string) => (await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body;
    expect(await bill('2024-07')).toMatchObject({ paymentCurrency: 'USD', amountDuePayment: '100.00' });
    expect(await bill('2024-08')).toMatchObject({ paymentCurrency: 'HKD', amountDuePayment: '775.23' });
    expect((await invoke(getPaymentCurrency, { as: partner })).body).toMatchObject({ currency: 'HKD', next: null });
  });

  it('FIN-17, FIN-88: the worked example: balance 300.00 first, the default card 298.35, the bill is paid', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.good);
    await credit(partner, '300.00');
    await owe(partner, { cycle: '2024-07', amount: '598.34981839' });
    await drain();
    expect(chargesOf(partner).map(({ amount }) => amount)).toEqual(['298.35']);
    expect((await billOf(partner, '2024-07')).debt).toMatchObject({ status: 'paid', paidAmount: parseMoney('598.35') });
  });
});
