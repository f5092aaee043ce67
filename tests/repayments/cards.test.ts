import { beforeEach, describe, expect, it } from 'vitest';
import { loadCard } from '#lib/repayments/cards/card-store.ts';
import { handler as addCard } from '../../functions/repayments/add-card.ts';
import { handler as createCardPage } from '../../functions/repayments/create-card-page.ts';
import { handler as deleteCard } from '../../functions/repayments/delete-card.ts';
import { handler as expireCards } from '../../functions/repayments/expire-cards.ts';
import { handler as getConsumptionQuota } from '../../functions/repayments/get-consumption-quota.ts';
import { handler as listCardHistory } from '../../functions/repayments/list-card-history.ts';
import { handler as listCards } from '../../functions/repayments/list-cards.ts';
import { handler as setDefaultCard } from '../../functions/repayments/set-default-card.ts';
import { handler as sweepPayments } from '../../functions/repayments/sweep-payments.ts';
import { handler as updateCard } from '../../functions/repayments/update-card.ts';
import {
  aMember,
  answerBank,
  aPartner,
  CARDS,
  type Caller,
  cardToken,
  clock,
  crashAtWrite,
  deliverPaymentNotifications,
  invoke,
  paymentOutage,
  processorCharges,
  publishedEvents,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aCard, aPayer, entriesOf, tryToAdd } from './payers.ts';

useStack();
beforeEach(() => void clock.set('2024-08-06T10:00:00+08:00'));

const LATER = '2024-08-06T10:05:00+08:00';
const list = async (as: Caller) => (await invoke(listCards, { as })).body.items;
const history = async (as: Caller) => (await invoke(listCardHistory, { as })).body.items;
const remove = (as: Caller, cardId: string) => invoke(deleteCard, { as, path: { cardId } });
const makeDefault = (as: Caller, cardId: string) => invoke(setDefaultCard, { as, path: { cardId } });
const sweep = (at = LATER) => {
  clock.set(at);
  return runSchedule(sweepPayments, at);
};
const quotaOf = async (as: TestPartner) =>
  (await invoke(getConsumptionQuota, { as, path: { partnerId: as.partnerId } })).body.total;

describe('add-card', () => {
  it('FIN-99, FIN-100: the payment currency comes first, then the agreement', async () => {
    const partner = await aPartner();
    expect((await tryToAdd(partner, CARDS.good)).body.code).toBe('CURRENCY_NOT_SET');
    const payer = await aPayer();
    const refused = await tryToAdd(payer, CARDS.good, { agreementAccepted: false });
    expect(refused).toMatchObject({ status: 422, body: { code: 'AGREEMENT_REQUIRED' } });
    expect(await list(payer)).toEqual([]);
    expect(await history(payer)).toEqual([]);
  });

  it('FIN-101: a partner registered in Chile names a RUT or another number', async () => {
    const chilean = await aPayer({ registrationArea: { countryRegion: 'CL' } });
    for (const chile of [undefined, { method: 'Otro', idNumber: '1234' }, { method: 'RUT', idNumber: '8148691' }])
      expect((await tryToAdd(chilean, CARDS.good, { chile })).body.code).toBe('INVALID_ID_NUMBER');
    const { status, body } = await tryToAdd(chilean, CARDS.good, { chile: { method: 'RUT', idNumber: '8148691-0' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ chileAuthMethod: 'RUT', chileIdNumber: '***-0' });
  });

  it('FIN-102 to FIN-104: a test charge verifies it, is no entry and pays nothing; the quota becomes 1,000', async () => {
    const partner = await aPayer();
    expect(await quotaOf(partner)).toBeNull();
    const { status, body } = await tryToAdd(partner, CARDS.good);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ status: 'active', isDefault: true, brand: 'visa', last4: '4242' },
      ...{ holderName: 'A***n', expiry: '12/30', chileAuthMethod: null, redirectUrl: null },
    });
    expect(await entriesOf(partner)).toEqual([]);
    expect(processorCharges()).toEqual([]);
    expect(await quotaOf(partner)).toBe('1000.00');
    expect(await history(partner)).toMatchObject([{ last4: '4242', action: 'add', result: 'succeeded', reason: null }]);
    const events = await publishedEvents('payment-card.activated');
    expect(events.filter(({ detail }) => detail.partnerId === partner.partnerId)).toMatchObject([
      { detail: { cardId: body.cardId } },
    ]);
  });

  it('FIN-105: a refused card stays in the history with its reason, and can be tried again', async () => {
    const partner = await aPayer();
    const refused = await tryToAdd(partner, CARDS.refused);
    expect(refused).toMatchObject({ status: 402, body: { code: 'CARD_VERIFICATION_FAILED', reason: 'card-declined' } });
    expect(await list(partner)).toEqual([]);
    expect(await history(partner)).toMatchObject([{ last4: '0002', result: 'failed', reason: 'card-declined' }]);
    expect(await quotaOf(partner)).toBeNull();
    await aCard(partner, CARDS.good);
    expect((await history(partner)).map(({ result }: { result: string }) => result)).toEqual(['succeeded', 'failed']);
  });

  it('FIN-102: confirmed at the bank, the card is active; denied, it has failed', async () => {
    const partner = await aPayer();
    const { body } = await tryToAdd(partner, CARDS.asksPayerWhenAdded);
    expect(body).toMatchObject({ status: 'verifying', isDefault: false });
    await answerBank(body.redirectUrl, 'yes');
    await deliverPaymentNotifications(2);
    expect(await list(partner)).toMatchObject([
      { status: 'active', isDefault: true, last4: '3063', redirectUrl: null },
    ]);
    const second = (await tryToAdd(partner, CARDS.asksPayerWhenAdded)).body;
    await answerBank(second.redirectUrl, 'no');
    await deliverPaymentNotifications();
    expect(await list(partner)).toHaveLength(1);
    expect((await history(partner))[0]).toMatchObject({ result: 'failed', reason: 'authentication-failed' });
  });

  it('FIN-102: verified, but the answer got lost: the sweep finds out', async () => {
    const partner = await aPayer();
    const { status, body } = await tryToAdd(partner, CARDS.silentWhenAdded);
    expect([status, body.status]).toEqual([201, 'verifying']);
    await sweep();
    expect(await list(partner)).toMatchObject([{ status: 'active', isDefault: true }]);
  });

  it('FIN-102: a card that the processor never heard of has failed', async () => {
    const partner = await aPayer();
    const token = await cardToken(CARDS.good);
    await paymentOutage(true);
    const { body } = await tryToAddToken(partner, token);
    expect(body.status).toBe('verifying');
    await paymentOutage(false);
    await sweep();
    expect(await list(partner)).toEqual([]);
    expect(await history(partner)).toMatchObject([{ result: 'failed', reason: 'cancelled' }]);
  });

  it('FIN-109: number and security code reach neither answers, traces nor events; a full number is refused', async () => {
    const partner = await aPayer();
    const answers = [(await tryToAdd(partner, CARDS.good)).body, await list(partner), await history(partner)];
    const everything = JSON.stringify([answers, await tracesOf(partner.partnerId), await publishedEvents()]);
    expect(everything).not.toContain(CARDS.good);
    expect(everything).not.toContain('tok_');
    expect(everything).not.toMatch(/card_[0-9a-f]{8}/); // the processor's own name for it
    const fields = { number: CARDS.good, agreementAccepted: true };
    expect((await invoke(addCard, { as: partner, body: fields })).status).toBe(400);
  });

  it.each([1, 2, 3])('FIN-104, FIN-106: killed at write %i, the card is bound whole or not at all', async (n) => {
    clock.set('2024-08-06T10:00:00+08:00');
    const partner = await aPayer();
    const token = await cardToken(CARDS.good);
    {
      using _fault = crashAtWrite(n, 'after');
      await tryToAddToken(partner, token);
    }
    await sweep();
    const cards = await list(partner);
    expect(await quotaOf(partner)).toBe(cards.length === 1 ? '1000.00' : null);
    for (const card of cards) expect(card).toMatchObject({ status: 'active', isDefault: true });
  });

  it('FIN-01: cards are for solution-providers; a director may not see them', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const payer = await aPayer();
    const director = await aMember({ of: payer, roles: ['account-director'] });
    expect((await tryToAdd(distributor, CARDS.good)).body.code).toBe('CARDS_NOT_AVAILABLE');
    expect((await invoke(listCards, { as: director })).body.code).toBe('PERMISSION_DENIED');
  });
});

const tryToAddToken = (as: Caller, token: string) =>
  invoke(addCard, { as, body: { cardToken: token, agreementAccepted: true } });

describe('create-card-page', () => {
  const page = (as: Caller, body: object) => invoke(createCardPage, { as, body });

  it('FIN-109: the card is entered at the processor, which sends the person back with a token', async () => {
    const partner = await aPayer();
    const { status, body } = await page(partner, { purpose: 'add', returnPath: '/finance/cards' });
    expect(status).toBe(201);
    const form = new URLSearchParams({ number: CARDS.good, holderName: 'Ada', expiry: '01/31', securityCode: '999' });
    const answer = await fetch(body.url, { method: 'POST', body: form, redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe('https://portal.test/finance/cards');
    const added = await tryToAddToken(partner, back.searchParams.get('cardToken') ?? '');
    expect(added.body).toMatchObject({ status: 'active', last4: '4242', expiry: '01/31' });
  });

  it('FIN-99: without a payment currency nobody is asked for a card', async () => {
    const partner = await aPartner();
    expect((await page(partner, { purpose: 'add' })).body.code).toBe('CURRENCY_NOT_SET');
    expect((await page(partner, { purpose: 'pay-once' })).status).toBe(201);
  });

  it('FIN-109: nobody is sent elsewhere with a token, and only to the page of a card of its own', async () => {
    const partner = await aPayer();
    const distributor = await aPartner({ type: 'distributor' });
    const foreign = await aCard(await aPayer(), CARDS.good);
    for (const returnPath of ['//evil.example', 'https://evil.example', '/a?b', '/@evil.example'])
      expect((await page(partner, { purpose: 'add', returnPath })).status).toBe(400);
    expect((await page(partner, { purpose: 'update', cardId: foreign })).body.code).toBe('CARD_NOT_FOUND');
    expect((await page(distributor, { purpose: 'add' })).body.code).toBe('CARDS_NOT_AVAILABLE');
    expect((await page(distributor, { purpose: 'pay-once' })).status).toBe(201);
    await paymentOutage(true);
    expect((await page(partner, { purpose: 'add' })).body.code).toBe('PAYMENTS_UNAVAILABLE');
    await paymentOutage(false);
  });
});

describe('default and deletion', () => {
  it('FIN-106, FIN-107: the first card is the default one, which cannot be deleted before another is', async () => {
    const partner = await aPayer();
    const [a, b] = [await aCard(partner, CARDS.good), await aCard(partner, CARDS.other)];
    const defaults = async () =>
      (await list(partner))
        .filter(({ isDefault }: { isDefault: boolean }) => isDefault)
        .map((c: { cardId: string }) => c.cardId);
    expect(await defaults()).toEqual([a]);
    expect(await remove(partner, a)).toMatchObject({ status: 409, body: { code: 'DEFAULT_CARD_UNDELETABLE' } });
    clock.set('2024-08-06T10:01:00+08:00');
    expect((await makeDefault(partner, b)).body).toMatchObject({ cardId: b, isDefault: true });
    expect(await defaults()).toEqual([b]);
    clock.set('2024-08-06T10:02:00+08:00');
    expect((await remove(partner, a)).status).toBe(204);
    expect((await list(partner)).map(({ cardId }: { cardId: string }) => cardId)).toEqual([b]);
    expect((await remove(partner, a)).body.code).toBe('CARD_NOT_FOUND');
    expect(await quotaOf(partner)).toBe('1000.00'); // FIN-104: deleting lowers nothing
    expect((await history(partner)).map(({ action }: { action: string }) => action)).toEqual([
      'delete',
      'set-default',
      'add',
      'add',
    ]);
  });

  it('FIN-106, FIN-107: made default and deleted at once, exactly one happens', async () => {
    const partner = await aPayer();
    const [a, b] = [await aCard(partner, CARDS.good), await aCard(partner, CARDS.other)];
    const [made, deleted] = await Promise.all([makeDefault(partner, b), remove(partner, b)]);
    const cards = await list(partner);
    const isDefault = cards.filter((card: { isDefault: boolean }) => card.isDefault);
    expect(isDefault).toHaveLength(1);
    expect(isDefault[0].cardId).toBe(made.status === 200 ? b : a);
    expect(cards).toHaveLength(deleted.status === 204 ? 1 : 2);
    expect([made.status === 200, deleted.status === 204].filter(Boolean)).toHaveLength(1);
  });

  it('FIN-107: a processor that is down forgets a deleted card later', async () => {
    const partner = await aPayer();
    await aCard(partner, CARDS.good);
    const cardId = await aCard(partner, CARDS.other);
    await paymentOutage(true);
    expect((await remove(partner, cardId)).status).toBe(204);
    expect(await list(partner)).toHaveLength(1);
    await paymentOutage(false);
    expect((await loadCard({ partnerId: partner.partnerId, cardId }))?.token).toBeDefined();
    await sweep();
    expect((await loadCard({ partnerId: partner.partnerId, cardId }))?.token).toBeUndefined();
  });

  it("FIN-106, FIN-107, FIN-108: another partner's card is not found", async () => {
    const partner = await aPayer();
    const cardId = await aCard(await aPayer(), CARDS.good);
    const body = { cardToken: await cardToken(CARDS.good) };
    for (const answer of [
      await makeDefault(partner, cardId),
      await remove(partner, cardId),
      await invoke(updateCard, { as: partner, path: { cardId }, body }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'CARD_NOT_FOUND' } });
  });
});

describe('update-card and expiry', () => {
  const renew = async (as: TestPartner, cardId: string, expiry: string) => {
    const card = (await loadCard({ partnerId: as.partnerId, cardId }))?.token;
    const body = { cardToken: await cardToken(CARDS.other, { expiry, card }) };
    return invoke(updateCard, { as, path: { cardId }, body });
  };

  it('FIN-102, FIN-108: the validity changes with a test charge; number and holder do not', async () => {
    const partner = await aPayer();
    const cardId = await aCard(partner, CARDS.good);
    expect((await renew(partner, cardId, '06/32')).body).toMatchObject({
      ...{ cardId, status: 'active', expiry: '06/32', last4: '4242', holderName: 'A***n', isDefault: true },
    });
    expect(await history(partner)).toMatchObject([{ action: 'update', result: 'succeeded' }, { action: 'add' }]);
  });

  it('FIN-89, FIN-108: over after its last month, marked on the 1st, active again once renewed', async () => {
    const partner = await aPayer();
    const cardId = await aCard(partner, CARDS.good, '08/24');
    clock.set('2024-08-31T23:59:59+08:00');
    expect(await list(partner)).toMatchObject([{ status: 'active' }]);
    clock.set('2024-09-01T00:00:00+08:00');
    expect(await list(partner)).toMatchObject([{ status: 'expired' }]); // before the job
    await runSchedule(expireCards, '2024-09-01T00:00:00+08:00');
    await runSchedule(expireCards, '2024-09-01T00:00:00+08:00');
    expect(await list(partner)).toMatchObject([{ status: 'expired', isDefault: true }]);
    expect((await history(partner)).map(({ action }: { action: string }) => action)).toEqual(['expire', 'add']);
    expect((await makeDefault(partner, cardId)).body.code).toBe('CARD_NOT_ACTIVE');
    expect((await renew(partner, cardId, '08/27')).body).toMatchObject({ status: 'active', expiry: '08/27' });
  });

  it('FIN-105, FIN-108: a refused new validity leaves the card as it was', async () => {
    const partner = await aPayer();
    const cardId = await aCard(partner, CARDS.good);
    const answer = await invoke(updateCard, { as: partner, path: { cardId }, body: { cardToken: 'made-up' } });
    expect(answer).toMatchObject({ status: 402, body: { reason: 'token-invalid' } });
    expect(await list(partner)).toMatchObject([{ status: 'active', expiry: '12/30' }]);
    expect((await history(partner))[0]).toMatchObject({ action: 'update', result: 'failed', reason: 'token-invalid' });
  });
});
