import { beforeEach, describe, expect, it } from 'vitest';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { handler as retryCardCharges } from '../../functions/repayments/retry-card-charges.ts';
import { handler as setDefaultCard } from '../../functions/repayments/set-default-card.ts';
import { handler as sweepPayments } from '../../functions/repayments/sweep-payments.ts';
import {
  aPartner,
  CARDS,
  clock,
  crashAtWrite,
  deadLetters,
  deliverPaymentNotifications,
  drain,
  invoke,
  paymentOutage,
  processorCharges,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { billOf, booksOutBy, credit, owe } from './owing.ts';
import { aCard, aPayer, entriesOf, statementOf } from './payers.ts';

useStack();
beforeEach(() => void clock.set('2024-08-05T02:30:00+08:00'));

const chargesOf = ({ partnerId }: TestPartner) =>
  processorCharges()
    .filter(({ key }) => key.startsWith(partnerId))
    .map(({ amount, last4, status }) => `${last4} ${amount} ${status}`);
const july = (amount: string, more = {}) => ({ cycle: '2024-07', amount, ...more });
const debtOf = async (partner: TestPartner) => (await billOf(partner, '2024-07')).debt;
const at = async (handler: typeof sweepPayments, time: string) => {
  clock.set(time);
  await runSchedule(handler, time);
  await drain();
};
const failures = async ({ partnerId }: TestPartner) =>
  (await publishedEvents('card-charge.failed')).filter(({ detail }) => detail.partnerId === partnerId);

describe('charge-cards', () => {
  it('FIN-88: the balance is taken first, the card is charged with what it leaves', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.good);
    await credit(partner, '300.00');
    await owe(partner, july('598.35'));
    await drain();
    expect(chargesOf(partner)).toEqual(['4242 298.35 succeeded']);
    expect(await statementOf(partner)).toEqual([
      'Top-up 300.00 300.00',
      'Expenditure (repayment) -300.00 0.00',
      'Top-up 298.35 298.35',
      'Expenditure (repayment) -298.35 0.00',
    ]);
    expect(await debtOf(partner)).toMatchObject({ status: 'paid', outstanding: ZERO });
    expect(Object.values(await booksOutBy()).every((sum) => sum === ZERO)).toBe(true);
  });

  it('FIN-89: the default card first, then the others in the order in which they were added', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.other);
    await aCard(partner, CARDS.good);
    const refusing = await aCard(partner, CARDS.declines);
    await invoke(setDefaultCard, { as: partner, path: { cardId: refusing } });
    await owe(partner, july('10.00'));
    await drain();
    expect(chargesOf(partner)).toEqual(['9995 10.00 declined', '4444 10.00 succeeded']);
    expect((await debtOf(partner)).status).toBe('paid');
    expect(await failures(partner)).toEqual([]);
  });

  it('FIN-88, FIN-89: nobody is asked to confirm, so a card that needs it counts as refused', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.asksPayer);
    await owe(partner, july('10.00'));
    await drain();
    expect(await failures(partner)).toMatchObject([{ detail: { cause: 'bill', amount: '10.00', currency: 'USD' } }]);
    expect((await debtOf(partner)).status).toBe('unpaid');
  });

  it('FIN-90: a cent above the limit is a charge of its own', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.good);
    await owe(partner, july('20000.01'));
    await drain();
    expect(chargesOf(partner)).toEqual(['4242 20000.00 succeeded', '4242 0.01 succeeded']);
    expect((await debtOf(partner)).outstanding).toBe(ZERO);
  });

  it('FIN-91: all cards refused: told once, tried again at 09:00 every day until it is paid', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.declines);
    await owe(partner, july('10.00'));
    await drain();
    await at(retryCardCharges, '2024-08-05T09:00:00+08:00'); // the same day: not yet
    expect(chargesOf(partner)).toHaveLength(1);
    await at(retryCardCharges, '2024-08-06T09:00:00+08:00');
    await at(retryCardCharges, '2024-08-06T09:00:00+08:00');
    expect(chargesOf(partner)).toHaveLength(2);
    expect(await failures(partner)).toHaveLength(2);
    await aCard(partner, CARDS.good);
    await at(retryCardCharges, '2024-08-07T09:00:00+08:00');
    expect(chargesOf(partner).slice(2)).toEqual(['9995 10.00 declined', '4242 10.00 succeeded']);
    await at(retryCardCharges, '2024-08-08T09:00:00+08:00');
    expect(chargesOf(partner)).toHaveLength(4);
    expect((await debtOf(partner)).status).toBe('paid');
  });

  it('FIN-91: the partner is told by e-mail and SMS that no card could be charged', async () => {
    clock.set('2024-08-05T10:00:00+08:00'); // in its working hours
    const contact = { name: 'Ada', email: 'ada@charges.example', mobileNumber: '+6590001234' };
    const partner = await aPayer({ contact, language: 'de' });
    await aCard(partner, CARDS.declines);
    await owe(partner, july('10.00'));
    await drain();
    const told = (await sentMails()).filter(({ text }) => text?.includes('10.00 USD') && text.includes('Karte'));
    expect(told.map(({ to }) => String(to)).sort()).toEqual([expect.stringMatching(/6590001234@/), contact.email]);
  });

  it('FIN-91: a bill that was paid otherwise meanwhile is charged no more', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.declines);
    await owe(partner, july('10.00'));
    await drain();
    await credit(partner, '10.00');
    await drain();
    await at(retryCardCharges, '2024-08-06T09:00:00+08:00');
    expect(chargesOf(partner)).toHaveLength(1);
  });

  it('FIN-88: without a card nothing is charged, and a distributor has none', async () => {
    for (const partner of [await aPayer(), await aPartner({ type: 'distributor' })]) {
      await owe(partner, july('10.00'));
      await drain();
      expect([chargesOf(partner), await failures(partner)]).toEqual([[], []]);
    }
  });

  it('FIN-74, FIN-91: a currency without limits cannot be charged; that is told like a refusal', async () => {
    const partner = await aPayer({}, 'HKD');
    await aCard(partner, CARDS.good);
    await owe(partner, july('10.00', { currency: 'HKD', rate: '7.7523' }));
    await drain();
    expect(chargesOf(partner)).toEqual([]);
    expect(await failures(partner)).toHaveLength(1);
  });

  it('FIN-77, FIN-90: charged, but the answer got lost: the round waits for the sweep and goes on from there', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.chargesSilently);
    await owe(partner, july('25000.00'));
    await drain();
    expect(await entriesOf(partner)).toEqual([]);
    await at(sweepPayments, '2024-08-05T02:35:00+08:00');
    await at(sweepPayments, '2024-08-05T02:40:00+08:00');
    expect(chargesOf(partner)).toEqual(['5126 20000.00 succeeded', '5126 5000.00 succeeded']);
    expect((await debtOf(partner)).status).toBe('paid');
  });

  it('FIN-88: the processor is down at the time: charged when it is back, once', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.good);
    await paymentOutage(true);
    await owe(partner, july('10.00'));
    await drain();
    await paymentOutage(false);
    expect(chargesOf(partner)).toEqual([]);
    await at(sweepPayments, '2024-08-05T02:35:00+08:00');
    await at(sweepPayments, '2024-08-05T02:40:00+08:00');
    await deliverPaymentNotifications(2);
    expect(chargesOf(partner)).toEqual(['4242 10.00 succeeded']);
    expect((await debtOf(partner)).paidAmount).toBe(parseMoney('10'));
  });

  it('FIN-88, FIN-97: a charge for the quota under way and a bill issued meanwhile: one after the other, nothing twice', async () => {
    const partner = await aPayer();
    await owe(partner, { cycle: '2024-06', amount: '1500.00', issuedAt: '2024-07-05T02:30:00+08:00' });
    await drain();
    await aCard(partner, CARDS.chargesSilently); // the quota of 1,000 is exceeded: 1,500 are charged, the answer gets lost
    await drain();
    await owe(partner, july('200.00'));
    await drain();
    expect(chargesOf(partner)).toEqual(['5126 1500.00 succeeded']);
    await at(sweepPayments, '2024-08-05T02:35:00+08:00');
    await at(sweepPayments, '2024-08-05T02:40:00+08:00');
    expect(chargesOf(partner)).toEqual(['5126 1500.00 succeeded', '5126 200.00 succeeded']);
    expect((await debtOf(partner)).status).toBe('paid');
    expect(await statementOf(partner)).toEqual([
      'Top-up 1500.00 1500.00',
      'Expenditure (repayment) -1500.00 0.00',
      'Top-up 200.00 200.00',
      'Expenditure (repayment) -200.00 0.00',
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6, 8, 10])(
    'FIN-15, FIN-90: killed at write %i, the bill is charged in full, once',
    async (n) => {
      const partner = await aPayer();
      await aCard(partner, CARDS.good);
      {
        using _fault = crashAtWrite(n + 1, 'after'); // the first is the bill itself
        await owe(partner, july('45000.00'));
        await drain();
      }
      await drain();
      await at(sweepPayments, '2024-08-05T02:35:00+08:00');
      await at(sweepPayments, '2024-08-05T02:40:00+08:00');
      expect(chargesOf(partner)).toEqual([
        '4242 20000.00 succeeded',
        '4242 20000.00 succeeded',
        '4242 5000.00 succeeded',
      ]);
      expect((await debtOf(partner)).status).toBe('paid');
      expect(await deadLetters('card-charges')).toEqual([]);
    },
  );
});
