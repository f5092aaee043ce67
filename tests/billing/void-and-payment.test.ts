import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { billBalanceApplied, cardChargeDue } from '#events/repayments.ts';
import { cashOf, loadAccount } from '#lib/ledger/index.ts';
import { chargeCards } from '#lib/repayments/index.ts';
import { billRoundIdOf } from '#lib/repayments/payments/charge-cards.ts';
import { exactText } from '#lib/shared/money.ts';
import { type BillingMonth, businessDayOf, monthPlus } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import { handler as getRepayment } from '../../functions/repayments/get-repayment.ts';
import { handler as repayOnline } from '../../functions/repayments/repay-online.ts';
import { handler as sweepPayments } from '../../functions/repayments/sweep-payments.ts';
import { aCard, aPayer } from '../repayments/payers.ts';
import {
  aCustomer,
  anOperator,
  answerBank,
  asSystem,
  beforeTransaction,
  CARDS,
  type Caller,
  cardToken,
  clock,
  crashAtWrite,
  deliverPaymentNotifications,
  drain,
  invoke,
  processorCharges,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let cycle = '2023-01' as BillingMonth;

beforeAll(async () => {
  clock.set('2022-12-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', {}, '2022-01-01T00:00:00+08:00');
});

beforeEach(async () => {
  cycle = monthPlus(cycle, 2);
  clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
  partner = await aPayer();
});

const dueAt = () => `${monthPlus(cycle, 1)}-05T02:00:00+08:00`;
const billId = () => `bill_${cycle}_${partner.partnerId}`;

async function bill(): Promise<void> {
  const customer = await aCustomer({ of: partner });
  clock.set(`${cycle}-28T00:00:00+08:00`);
  await consume(customer, { list: '100', at: `${cycle}-10T10:00:00+08:00` });
  clock.set(dueAt());
  await runBilling(dueAt());
}

const voided = (query = {}) =>
  invoke(voidBill, { as: operator, path: { billId: billId() }, query, body: { reason: 'wrong discount' } });
let key = 0;
const pay = async (number: string, amount = '100.00', currency = 'USD') => {
  key += 1;
  const body = { amount, currency, by: { cardToken: await cardToken(number) } };
  return (await invoke(repayOnline, { as: partner, body, headers: { 'idempotency-key': `void-${key}` } })).body;
};
const sweep = async (minutes: number) => {
  clock.advance({ minutes });
  await runSchedule(sweepPayments, clock.now());
};
const statusOf = async (repaymentId: string) =>
  (await invoke(getRepayment, { as: partner, path: { repaymentId } })).body.status;
const shown = async () => (await invoke(getBill, { as: partner, path: { billId: billId() } })).body;
const cash = async () => exactText(cashOf(await loadAccount(partner.partnerId), 'USD'), 2);
const charge = (name: string, detail: object) =>
  asSystem((now) => chargeCards({ id: 'evt', name, occurredAt: now, detail }, now));

/** Its next step is the charge. */
async function aRoundThatDiesBeforeItsCharge(): Promise<string> {
  const { partnerId } = partner;
  const rest = { billId: billId(), partnerId, currency: 'USD', outstanding: '100.00', appliedAt: clock.now() };
  using _fault = crashAtWrite(1, 'after');
  await expect(charge(billBalanceApplied.name, rest)).rejects.toThrow();
  return billRoundIdOf(billId(), businessDayOf(clock.now()));
}

const taken = () =>
  processorCharges().filter(({ key: of, status }) => of.startsWith(partner.partnerId) && status === 'succeeded');

describe('void-bill while a card payment is under way', () => {
  it('FIN-76, FIN-77: waits for a payer at its bank, and so does its dry run; denied, the bill can be voided', async () => {
    await bill();
    const { repaymentId, card } = await pay(CARDS.asksPayer);
    const refusal = { status: 409, body: { code: 'BILL_PAYMENT_UNDER_WAY', repaymentIds: [repaymentId] } };
    expect(await voided()).toMatchObject(refusal);
    expect(await voided({ dryRun: 'true' })).toMatchObject(refusal);
    expect((await shown()).status).toBe('unpaid');
    await answerBank(card.redirectUrl, 'no');
    await deliverPaymentNotifications();
    expect((await voided({ dryRun: 'true' })).status).toBe(200);
    expect((await voided()).status).toBe(200);
    expect(await cash()).toBe('0.00');
  });

  it('FIN-76, FIN-77: a charge without an answer holds it up until it is found out; paid, it is no longer voided', async () => {
    await bill();
    const { repaymentId } = await pay(CARDS.chargesSilently);
    expect((await voided()).body.code).toBe('BILL_PAYMENT_UNDER_WAY');
    await sweep(5);
    expect(await statusOf(repaymentId)).toBe('succeeded');
    expect((await voided()).body.code).toBe('BILL_ALREADY_PAID');
    expect((await shown()).status).toBe('paid');
  });

  it('FIN-77: a payer who says nothing for half an hour does not hold it up for longer', async () => {
    await bill();
    await pay(CARDS.asksPayer);
    await sweep(5);
    expect((await voided()).body.code).toBe('BILL_PAYMENT_UNDER_WAY');
    await sweep(30);
    expect((await voided()).status).toBe(200);
  });

  it('FIN-76: of several, each must have ended', async () => {
    await bill();
    const [first, second] = [await pay(CARDS.asksPayer, '1.00'), await pay(CARDS.asksPayer, '2.00')];
    await answerBank(first.card.redirectUrl, 'no');
    await deliverPaymentNotifications();
    expect((await voided()).body).toMatchObject({ repaymentIds: [second.repaymentId] });
  });

  it('FIN-74, FIN-76: one in another currency pays nothing of it', async () => {
    await bill();
    expect((await pay(CARDS.asksPayer, '5000', 'CLP')).status).toBe('pending');
    expect((await voided()).status).toBe(200);
  });

  it('FIN-88: nor is a bill voided while its automatic charge waits for an answer', async () => {
    await aCard(partner, CARDS.chargesSilently);
    await bill();
    expect((await voided()).body.code).toBe('BILL_PAYMENT_UNDER_WAY');
    await sweep(5);
    await drain();
    expect((await voided()).body.code).toBe('BILL_ALREADY_PAID');
  });

  it.each([1, 2, 3])(
    'FIN-77: killed at write %i, a payment holds the bill up until the sweep has ended it',
    async (n) => {
      await bill();
      {
        using _fault = crashAtWrite(n, 'after');
        await pay(CARDS.good, '40.00');
      }
      await sweep(5);
      const paid = taken().length > 0;
      expect(await voided()).toMatchObject(paid ? { body: { code: 'BILL_ALREADY_PAID' } } : { status: 200 });
      expect(await cash()).toBe('0.00');
    },
  );
});

describe('a void and the start of a payment in the same instant', () => {
  it('FIN-15: the payment is first: the void is refused', async () => {
    await bill();
    let repaymentId = '';
    using meanwhile = beforeTransaction(async () => {
      ({ repaymentId } = await pay(CARDS.asksPayer));
    });
    expect((await voided()).body).toMatchObject({ code: 'BILL_PAYMENT_UNDER_WAY', repaymentIds: [repaymentId] });
    expect(meanwhile.happened).toBe(true);
  });

  it('FIN-15, FIN-88: the void is first: no card is charged for the bill', async () => {
    await bill();
    await aCard(partner, CARDS.good);
    const roundId = await aRoundThatDiesBeforeItsCharge();
    using meanwhile = beforeTransaction(async () => expect((await voided()).status).toBe(200));
    await charge(cardChargeDue.name, { partnerId: partner.partnerId, roundId, at: clock.now() });
    expect(meanwhile.happened).toBe(true);
    expect(taken()).toEqual([]);
    expect(await cash()).toBe('0.00');
  });

  it('FIN-15: both at once, again and again: voided with nothing under way, or under way and not voided', async () => {
    for (let round = 0; round < 4; round += 1) {
      await bill();
      const [answer, payment] = await Promise.all([voided(), pay(CARDS.asksPayer)]);
      if (answer.status === 409) expect(answer.body.repaymentIds).toEqual([payment.repaymentId]);
      else expect((await shown()).status).toBe('voided');
      cycle = monthPlus(cycle, 2);
      clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
      partner = await aPayer();
    }
  });
});
