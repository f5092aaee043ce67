import { beforeEach, describe, expect, it } from 'vitest';
import { cashOf, loadAccount } from '#lib/ledger/index.ts';
import { signatureOf } from '#lib/repayments/payments/notification.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { paymentNotificationsKey } from '#lib/shared/resources.ts';
import { handler as getRepayment } from '../../functions/repayments/get-repayment.ts';
import { handler as listTransactionLimits } from '../../functions/repayments/list-transaction-limits.ts';
import { handler as receiveNotification } from '../../functions/repayments/receive-payment-notification.ts';
import { handler as repayOnline } from '../../functions/repayments/repay-online.ts';
import { handler as setTransactionLimit } from '../../functions/repayments/set-transaction-limit.ts';
import { handler as sweepPayments } from '../../functions/repayments/sweep-payments.ts';
import {
  aMember,
  anOperator,
  answerBank,
  aPartner,
  CARDS,
  type Caller,
  cardToken,
  clock,
  crashAtWrite,
  deliverPaymentNotifications,
  drain,
  invoke,
  paymentOutage,
  processorCharges,
  publishedEvents,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { billOf, booksOutBy, owe } from './owing.ts';
import { aCard, aPayer, entriesOf, statementOf } from './payers.ts';

useStack();
beforeEach(() => void clock.set('2024-08-06T10:00:00+08:00'));

const MINUTES_LATER = '2024-08-06T10:05:00+08:00';
const HALF_AN_HOUR_LATER = '2024-08-06T10:35:00+08:00';
const july = { cycle: '2024-07', amount: '30.00' };

let key = 0;
const pay = (as: Caller, amount: string, by: Record<string, string>, more: Record<string, unknown> = {}) => {
  key += 1;
  return invoke(repayOnline, { as, body: { amount, by, ...more }, headers: { 'idempotency-key': `pay-${key}` } });
};
const payOnce = async (as: Caller, amount: string, number: string = CARDS.good) =>
  pay(as, amount, { cardToken: await cardToken(number) });
const cash = async ({ partnerId }: TestPartner) => cashOf(await loadAccount(partnerId), 'USD');
const chargesOf = ({ partnerId }: TestPartner) =>
  processorCharges().filter((charge) => charge.key.startsWith(partnerId));
const read = async (as: Caller, repaymentId: string) =>
  (await invoke(getRepayment, { as, path: { repaymentId } })).body;
const sweep = (at = MINUTES_LATER) => {
  clock.set(at);
  return runSchedule(sweepPayments, at);
};

async function aDebtor(): Promise<TestPartner> {
  const partner = await aPayer();
  await owe(partner, july);
  await drain();
  return partner;
}

const PAID = ['Top-up 30.00 30.00', 'Expenditure (repayment) -30.00 0.00'];

/** However it came about: one charge, one pair of entries, one event, books that balance. */
async function expectPaidOnce(partner: TestPartner): Promise<void> {
  expect(await statementOf(partner)).toEqual(PAID);
  expect((await billOf(partner, '2024-07')).debt).toMatchObject({ status: 'paid', outstanding: ZERO });
  expect(chargesOf(partner).map(({ status }) => status)).toEqual(['succeeded']);
  const events = await publishedEvents('repayment.succeeded', 'bill.paid');
  const own = events.filter(({ detail }) => detail.partnerId === partner.partnerId).map(({ name }) => name);
  expect(own.sort()).toEqual(['bill.paid', 'repayment.succeeded']);
  expect(Object.values(await booksOutBy()).every((sum) => sum === ZERO)).toBe(true);
}

describe('repay-online', () => {
  it('FIN-71, FIN-75: a bound card pays a part of the debt; both entries have the same time', async () => {
    const partner = await aDebtor();
    const cardId = await aCard(partner, CARDS.good);
    const { status, body } = await pay(partner, '12.50', { cardId });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'succeeded', amount: '12.50', card: { last4: '4242', redirectUrl: null } });
    expect(body.allocations).toMatchObject([{ amount: '12.50' }]);
    expect(await statementOf(partner)).toEqual(['Top-up 12.50 12.50', 'Expenditure (repayment) -12.50 0.00']);
    const [topUp, repayment] = await entriesOf(partner);
    expect(topUp?.transactionTime).toBe(repayment?.transactionTime);
    expect(body.transactionNos).toEqual([topUp?.transactionNo, repayment?.transactionNo]);
    expect((await billOf(partner, '2024-07')).debt).toMatchObject({
      status: 'partially-paid',
      outstanding: parseMoney('17.5'),
    });
    expect(await read(partner, body.repaymentId)).toEqual(body);
  });

  it('FIN-76: what is over stays in the account, and so does what is paid with nothing due', async () => {
    const partner = await aDebtor();
    await payOnce(partner, '50.00');
    expect(await statementOf(partner)).toEqual(['Top-up 50.00 50.00', 'Expenditure (repayment) -30.00 20.00']);
    await payOnce(partner, '5.00');
    expect(await cash(partner)).toBe(parseMoney('25'));
    await drain();
    expect(await publishedEvents('account.credited')).toEqual([]); // nothing that a bill could still take
  });

  it('FIN-72: only partners of the Hong Kong and Chile entities pay online', async () => {
    for (const [contractingEntity, code] of [
      ['HK', undefined],
      ['CL', undefined],
      ['SG', 'ONLINE_PAYMENT_NOT_AVAILABLE'],
      [undefined, 'ONLINE_PAYMENT_NOT_AVAILABLE'],
    ] as const) {
      const partner = await aPartner({ contractingEntity });
      expect((await payOnce(partner, '1.00')).body.code).toBe(code);
    }
  });

  it('FIN-73, FIN-74: the limits of the currency are kept, both ends included; a currency without limits is refused', async () => {
    const partner = await aPayer();
    const code = async (amount: string, currency?: string) =>
      (await pay(partner, amount, { cardToken: await cardToken(CARDS.good) }, { currency })).body.code;
    expect(await code('20000.00')).toBeUndefined();
    for (const amount of ['20000.01', '0.00', '-1.00', '0.001']) expect(await code(amount)).toBe('AMOUNT_OUT_OF_RANGE');
    expect(await code('11000000', 'CLP')).toBeUndefined();
    for (const amount of ['11000001', '0', '1.5']) expect(await code(amount, 'CLP')).toBe('AMOUNT_OUT_OF_RANGE');
    expect(await code('1.00', 'HKD')).toBe('CURRENCY_NOT_SUPPORTED');
  });

  it('FIN-71: without a card, or what stands for one, the field says what it wants', async () => {
    const { status, body } = await pay(await aPayer(), '1.00', {});
    const errors = [{ pointer: '/by', detail: 'must name a cardId or a cardToken' }];
    expect({ status, errors: body.errors }).toEqual({ status: 400, errors });
  });

  it('FIN-77: a refused card changes nothing, and the same key never charges again', async () => {
    const partner = await aDebtor();
    const body = { amount: '30.00', by: { cardId: await aCard(partner, CARDS.declines) } };
    const request = { as: partner, body, headers: { 'idempotency-key': 'refused' } };
    const refused = await invoke(repayOnline, request);
    expect(refused).toMatchObject({ status: 402, body: { code: 'CARD_DECLINED', reason: 'insufficient-funds' } });
    expect(await read(partner, refused.body.repaymentId)).toMatchObject({
      status: 'failed',
      failure: 'insufficient-funds',
    });
    expect(await statementOf(partner)).toEqual([]);
    expect((await billOf(partner, '2024-07')).debt.status).toBe('unpaid');
    expect((await invoke(repayOnline, request)).status).toBe(409);
    expect(chargesOf(partner)).toHaveLength(1);
    expect(await publishedEvents('repayment.failed')).toHaveLength(1);
  });

  it('FIN-77: the same key answers with the first payment', async () => {
    const partner = await aDebtor();
    const body = { amount: '30.00', by: { cardToken: await cardToken(CARDS.good) } };
    const request = { as: partner, body, headers: { 'idempotency-key': 'twice' } };
    const first = await invoke(repayOnline, request);
    expect((await invoke(repayOnline, request)).body).toEqual(first.body);
    expect((await invoke(repayOnline, { ...request, body: { ...body, amount: '29.00' } })).status).toBe(422);
    await expectPaidOnce(partner);
  });

  it('FIN-77: an unknown or foreign card is not found; a token works once', async () => {
    const partner = await aDebtor();
    const stranger = await aPayer();
    const foreign = await aCard(stranger, CARDS.good);
    for (const cardId of ['crd_nobody', foreign])
      expect(await pay(partner, '1.00', { cardId })).toMatchObject({ status: 404, body: { code: 'CARD_NOT_FOUND' } });
    const token = await cardToken(CARDS.good);
    expect((await pay(partner, '30.00', { cardToken: token })).status).toBe(201);
    const again = await pay(partner, '1.00', { cardToken: token });
    expect(again).toMatchObject({ status: 402, body: { reason: 'token-invalid' } });
    expect(await statementOf(partner)).toEqual(PAID);
  });

  it('FIN-89: an expired card is not charged', async () => {
    const partner = await aPayer();
    const cardId = await aCard(partner, CARDS.good, '08/24');
    clock.set('2024-09-01T00:00:00+08:00');
    expect((await pay(partner, '1.00', { cardId })).body.code).toBe('CARD_NOT_ACTIVE');
    expect(chargesOf(partner)).toEqual([]);
  });

  it('FIN-01, FIN-03: finance may repay, a director may not, a reseller is not billed', async () => {
    const partner = await aDebtor();
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    expect((await payOnce(director, '1.00')).body.code).toBe('PERMISSION_DENIED');
    expect((await payOnce(reseller, '1.00')).body.code).toBe('PARTNER_TYPE_NOT_BILLED');
    expect((await payOnce(finance, '1.00')).status).toBe(201);
  });

  it("FIN-77: a stranger cannot read another partner's repayment", async () => {
    const partner = await aDebtor();
    const { body } = await payOnce(partner, '1.00');
    const answer = await invoke(getRepayment, { as: await aPayer(), path: { repaymentId: body.repaymentId } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'REPAYMENT_NOT_FOUND' } });
  });
});

describe('a payment whose outcome is not known at once', () => {
  it('FIN-77: charged, but the answer got lost: the sweep finds out, and it is posted once', async () => {
    const partner = await aDebtor();
    const { status, body } = await payOnce(partner, '30.00', CARDS.chargesSilently);
    expect([status, body.status]).toEqual([201, 'pending']);
    expect(await statementOf(partner)).toEqual([]);
    await sweep('2024-08-06T10:01:59+08:00');
    expect((await read(partner, body.repaymentId)).status).toBe('pending');
    await sweep();
    await sweep('2024-08-06T10:10:00+08:00');
    expect((await read(partner, body.repaymentId)).status).toBe('succeeded');
    await expectPaidOnce(partner);
  });

  it('FIN-77: never arrived: the key is closed, so that a request that comes late cannot charge', async () => {
    const partner = await aDebtor();
    const { body } = await payOnce(partner, '30.00', CARDS.neverArrives);
    await sweep();
    expect(await read(partner, body.repaymentId)).toMatchObject({ status: 'failed', failure: 'not-charged' });
    expect(await statementOf(partner)).toEqual([]);
    expect(chargesOf(partner).map(({ status }) => status)).toEqual(['cancelled']);
  });

  it('FIN-77: the processor is down: the payment waits, and is asked about when it is back', async () => {
    const partner = await aDebtor();
    const cardId = await aCard(partner, CARDS.good);
    await paymentOutage(true);
    const { body } = await pay(partner, '30.00', { cardId });
    expect(body.status).toBe('pending');
    await sweep();
    await paymentOutage(false);
    expect((await read(partner, body.repaymentId)).status).toBe('pending');
    await sweep('2024-08-06T10:10:00+08:00');
    expect(await read(partner, body.repaymentId)).toMatchObject({ status: 'failed', failure: 'not-charged' });
  });

  it.each([
    ['before the answer', CARDS.tellsFirst, 1],
    ['twice after it', CARDS.tellsTwice, 2],
  ] as const)('FIN-77: the notification comes %s: posted once', async (_when, number, times) => {
    const partner = await aDebtor();
    const { body } = await payOnce(partner, '30.00', number);
    await deliverPaymentNotifications(times);
    expect((await read(partner, body.repaymentId)).status).toBe('succeeded');
    await sweep();
    await expectPaidOnce(partner);
  });

  it('FIN-77: the notification alone settles a payment whose answer got lost', async () => {
    const partner = await aDebtor();
    const { body } = await payOnce(partner, '30.00', CARDS.asksPayer);
    expect(body).toMatchObject({ status: 'pending', card: { redirectUrl: expect.stringContaining('/questions/') } });
    expect(await answerBank(body.card.redirectUrl, 'yes')).toBe('https://portal.test/');
    expect(await statementOf(partner)).toEqual([]);
    await deliverPaymentNotifications();
    expect(await read(partner, body.repaymentId)).toMatchObject({ status: 'succeeded', card: { redirectUrl: null } });
    await expectPaidOnce(partner);
  });

  it('FIN-77: a payer who denies, or says nothing for half an hour, has not paid', async () => {
    const partner = await aDebtor();
    const denied = (await payOnce(partner, '30.00', CARDS.asksPayer)).body;
    await answerBank(denied.card.redirectUrl, 'no');
    await deliverPaymentNotifications();
    expect(await read(partner, denied.repaymentId)).toMatchObject({
      status: 'failed',
      failure: 'authentication-failed',
    });
    const silent = (await payOnce(partner, '30.00', CARDS.asksPayer)).body;
    await sweep();
    expect((await read(partner, silent.repaymentId)).status).toBe('pending');
    await sweep(HALF_AN_HOUR_LATER);
    expect(await read(partner, silent.repaymentId)).toMatchObject({ status: 'failed', failure: 'not-charged' });
    await answerBank(silent.card.redirectUrl, 'yes'); // too late
    await deliverPaymentNotifications();
    expect(await statementOf(partner)).toEqual([]);
  });

  it('FIN-77: answer, notification and sweep at once post once', async () => {
    const partner = await aDebtor();
    const { body } = await payOnce(partner, '30.00', CARDS.chargesSilently);
    clock.set(MINUTES_LATER);
    await Promise.all([1, 2, 3, 4].map(() => runSchedule(sweepPayments, MINUTES_LATER)));
    expect((await read(partner, body.repaymentId)).status).toBe('succeeded');
    await expectPaidOnce(partner);
  });

  it.each([1, 2, 3, 4, 5])('FIN-75, FIN-77: killed at write %i, the payment ends as one posting or none', async (n) => {
    for (const when of ['before', 'after'] as const) {
      clock.set('2024-08-06T10:00:00+08:00');
      const partner = await aDebtor();
      const token = await cardToken(CARDS.good);
      const struck = await (async () => {
        using fault = crashAtWrite(n, when);
        await pay(partner, '30.00', { cardToken: token });
        return fault.struck;
      })();
      await sweep();
      const charged = chargesOf(partner).some(({ status }) => status === 'succeeded');
      expect(await statementOf(partner)).toEqual(charged ? PAID : []);
      expect((await billOf(partner, '2024-07')).debt.status).toBe(charged ? 'paid' : 'unpaid');
      if (!struck) break;
    }
  });
});

describe('receive-payment-notification', () => {
  const notification = {
    notificationId: 'n1',
    type: 'charge',
    key: 'par_x.rep_y',
    status: 'succeeded',
    occurredAt: 'now',
  };

  it('FIN-77: what the processor has not signed is refused', async () => {
    const answer = await invoke(receiveNotification, { body: { ...notification, signature: 'forged' } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'SIGNATURE_INVALID' } });
  });

  it('FIN-77: what the processor tells beyond what was agreed is left alone', async () => {
    const signature = signatureOf({ ...notification, type: 'charge' }, paymentNotificationsKey());
    const body = { ...notification, signature, apiVersion: '2030-01', attempt: { number: 2 } };
    expect(await invoke(receiveNotification, { body })).toMatchObject({ status: 200, body: { received: true } });
  });
});

describe('transaction limits', () => {
  it('FIN-73, FIN-74: an operator sets them, under their version; the seeds hold until then', async () => {
    const operator = await anOperator();
    const partner = await aPayer();
    const set = (currency: string, lower: string, upper: string, expectedVersion = 0) =>
      invoke(setTransactionLimit, {
        as: operator,
        path: { currency },
        body: { lower, upper, expectedVersion, reason: 'agreed with the processor' },
      });
    expect((await invoke(listTransactionLimits, { as: partner })).body.items).toEqual([
      { currency: 'CLP', lower: '1', upper: '11000000', version: 0 },
      { currency: 'USD', lower: '0.00', upper: '20000.00', version: 0 },
    ]);
    expect((await set('EUR', '5', '1')).body.code).toBe('TRANSACTION_LIMIT_INVALID');
    expect((await set('EUR', '5', '10000')).body).toMatchObject({ lower: '5.00', upper: '10000.00', version: 1 });
    expect((await set('EUR', '5', '9000')).body.code).toBe('VERSION_CONFLICT');
    const token = await cardToken(CARDS.good);
    const eur = (amount: string) => pay(partner, amount, { cardToken: token }, { currency: 'EUR' });
    expect((await eur('4.99')).body.code).toBe('AMOUNT_OUT_OF_RANGE');
    expect((await eur('5.00')).status).toBe(201);
  });
});
