import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cashOf, listStatements, loadAccount } from '#lib/ledger/index.ts';
import { topUpAccountAt } from '#lib/repayments/index.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { handler as claimBankTransfer } from '../../functions/repayments/claim-bank-transfer.ts';
import { handler as confirmBankTransfer } from '../../functions/repayments/confirm-bank-transfer.ts';
import { handler as getTopUpAccount } from '../../functions/repayments/get-top-up-account.ts';
import { handler as getCertificate } from '../../functions/repayments/get-transfer-certificate.ts';
import { handler as getClaim } from '../../functions/repayments/get-transfer-claim.ts';
import { handler as listOpenClaims } from '../../functions/repayments/list-open-transfer-claims.ts';
import { handler as listTopUpAccounts } from '../../functions/repayments/list-top-up-accounts.ts';
import { handler as listClaims } from '../../functions/repayments/list-transfer-claims.ts';
import { handler as prepareCertificate } from '../../functions/repayments/prepare-transfer-certificate.ts';
import { handler as rejectBankTransfer } from '../../functions/repayments/reject-bank-transfer.ts';
import { handler as resubmitClaim } from '../../functions/repayments/resubmit-transfer-claim.ts';
import { handler as revealPayerAccount } from '../../functions/repayments/reveal-payer-account.ts';
import { handler as setTopUpAccount } from '../../functions/repayments/set-top-up-account.ts';
import { handler as watchClaims } from '../../functions/repayments/watch-transfer-claims.ts';
import {
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { ACCOUNT, aCertificate, aClaim, aTransfer, PDF } from './claims.ts';
import { aDebtor, billOf } from './owing.ts';

useStack();

let operator: Caller;
beforeAll(async () => {
  operator = await anOperator();
});
beforeEach(() => void clock.set('2024-08-12T10:00:00+08:00')); // a Monday

const june = { cycle: '2024-06', amount: '900.00', issuedAt: '2024-07-05T02:30:00+08:00' };
const july = { cycle: '2024-07', amount: '10444.73', issuedAt: '2024-08-05T02:30:00+08:00' };
const cash = async ({ partnerId }: TestPartner) => cashOf(await loadAccount(partnerId), 'USD');
const file = (as: Caller, wish: Readonly<Record<string, unknown>>, headers = {}) =>
  invoke(claimBankTransfer, { as, body: aTransfer(wish), headers });
const answer = (handler: typeof confirmBankTransfer, claimId: string, body: object = {}) =>
  invoke(handler, { as: operator, path: { claimId }, body: { expectedVersion: 1, reason: 'checked', ...body } });

describe('the account for transfers', () => {
  it('FIN-78, FIN-79: the same for all partners; the latest one is shown, the ones before it are kept', async () => {
    const [one, other] = [await aPartner(), await aPartner()];
    const read = async (as: Caller) => (await invoke(getTopUpAccount, { as, path: { currency: 'EUR' } })).body;
    expect((await read(one)).code).toBe('TOP_UP_ACCOUNT_NOT_SET');
    const set = (wish: object) =>
      invoke(setTopUpAccount, {
        as: operator,
        path: { currency: 'EUR' },
        body: { ...ACCOUNT, reason: 'opened', ...wish },
      });
    expect((await set({})).body).toMatchObject({ ...ACCOUNT, currency: 'EUR', version: 1 });
    clock.advance({ days: 30 });
    expect((await set({ accountNumber: '900' })).body.code).toBe('VERSION_CONFLICT');
    expect((await set({ accountNumber: '900', expectedVersion: 1 })).body).toMatchObject({ version: 2 });
    expect(await read(one)).toMatchObject({ accountNumber: '900', version: 2 });
    expect(await read(other)).toEqual(await read(one));
    expect((await topUpAccountAt('EUR', instant('2024-09-01T00:00:00+08:00')))?.accountNumber).toBe('808-123456-001');
    expect((await topUpAccountAt('EUR', clock.now()))?.accountNumber).toBe('900');
    expect(await topUpAccountAt('EUR', instant('2024-08-01T00:00:00+08:00'))).toBeUndefined();
    const { items } = (await invoke(listTopUpAccounts, { as: operator, path: { currency: 'EUR' } })).body;
    expect(items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect(await tracesOf('platform', 'set-top-up-account')).toMatchObject([
      { after: { version: 1, reason: 'opened' } },
      { outcome: 'refused' },
      { before: { version: 1 }, after: { version: 2 } },
    ]);
  });

  it('FIN-79: two operators who set it at once: one of them is told', async () => {
    const set = () =>
      invoke(setTopUpAccount, { as: operator, path: { currency: 'GBP' }, body: { ...ACCOUNT, reason: 'opened' } });
    const both = await Promise.all([set(), set()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('FIN-78: a member cannot set it; a reseller has none', async () => {
    const body = { ...ACCOUNT, reason: 'mine' };
    const partner = await aPartner();
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    const path = { currency: 'USD' };
    expect((await invoke(setTopUpAccount, { as: partner, path, body })).body.code).toBe('PERMISSION_DENIED');
    expect((await invoke(listTopUpAccounts, { as: partner, path })).body.code).toBe('PERMISSION_DENIED');
    expect((await invoke(getTopUpAccount, { as: reseller, path })).body.code).toBe('PARTNER_TYPE_NOT_BILLED');
  });
});

describe('claim-bank-transfer', () => {
  it('FIN-80: with its proof; the payer account is masked, an operator is told', async () => {
    const partner = await aPartner();
    const certificateId = await aCertificate(partner);
    const { status, body } = await file(partner, { certificateId, invoiceNo: 'CSER22000878' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'submitted',
      amount: '1000.00',
      currency: 'USD',
      topUpTime: '2024-08-09',
      bankAccount: '****6789',
      invoiceNo: 'CSER22000878',
      certificate: { contentType: 'application/pdf', bytes: PDF.length },
      respondBy: '2024-08-15T02:00:00.000Z',
      late: false,
      reason: null,
      version: 1,
    });
    const [event] = (await publishedEvents('transfer-claim.submitted')).slice(-1);
    expect(event?.detail).toMatchObject({ claimId: body.claimId, partnerId: partner.partnerId, amount: '1000.00' });
    expect(JSON.stringify(await tracesOf(partner.partnerId))).not.toContain('4000123456789');
  });

  it('FIN-80: without a proof, with a foreign one, with none uploaded: CERTIFICATE_REQUIRED', async () => {
    const [partner, stranger] = [await aPartner(), await aPartner()];
    const foreign = await aCertificate(stranger);
    const announced = (await invoke(prepareCertificate, { as: partner })).body.certificateId;
    for (const certificateId of [undefined, 'upl_nothing', announced, foreign, `../${stranger.partnerId}/${foreign}`]) {
      expect((await file(partner, { certificateId })).body.code).toBe('CERTIFICATE_REQUIRED');
    }
    expect((await invoke(listClaims, { as: partner })).body.items).toEqual([]);
  });

  it.each([
    ['an empty file', ''],
    ['a web page', '<html></html>'],
    ['more than 10 MB', `%PDF-${'x'.repeat(10_000_000)}`],
  ])('FIN-80: %s is no proof', async (_what, content) => {
    const partner = await aPartner();
    const certificateId = await aCertificate(partner, content);
    expect(await file(partner, { certificateId })).toMatchObject({
      status: 422,
      body: { code: 'CERTIFICATE_INVALID' },
    });
  });

  it('FIN-80: what an operator looks at stays as it was handed in', async () => {
    const partner = await aPartner();
    const { body: upload } = await invoke(prepareCertificate, { as: partner });
    const put = (body: string) => fetch(upload.uploadUrl, { method: 'PUT', body });
    await put(PDF);
    const { body: claim } = await file(partner, { certificateId: upload.certificateId });
    await put('%PDF-another amount');
    const link = await invoke(getCertificate, { as: operator, path: { claimId: claim.claimId } });
    const shown = await fetch(link.body.downloadUrl);
    expect([await shown.text(), shown.headers.get('content-type')]).toEqual([PDF, 'application/pdf']);
    expect(link.body.downloadUrl).toContain(`${claim.claimId}.pdf`);
  });

  it('FIN-80, FIN-84: bad fields are named together; an amount above the limits of cards is fine', async () => {
    const partner = await aPartner();
    const bad = await file(partner, { topUpTime: '2024-08-13', amount: '0.001' });
    expect(bad.body).toMatchObject({
      code: 'INPUT_INVALID',
      errors: [{ pointer: '/topUpTime' }, { pointer: '/amount' }],
    });
    expect((await file(partner, { topUpTime: '2024-02-30', currency: 'usd' })).body.errors).toHaveLength(2);
    const certificateId = await aCertificate(partner);
    expect((await file(partner, { certificateId, amount: '5000000.00' })).status).toBe(201);
  });

  it('FIN-80: the same Idempotency-Key files one claim', async () => {
    const partner = await aPartner();
    const certificateId = await aCertificate(partner);
    const once = () => file(partner, { certificateId }, { 'idempotency-key': 'claim-1' });
    const [first, second] = [await once(), await once()];
    expect(second.body.claimId).toBe(first.body.claimId);
    expect((await invoke(listClaims, { as: partner })).body.items).toHaveLength(1);
  });

  it('FIN-03, FIN-04: the finance specialist may, an account director may not; no code is asked for', async () => {
    const partner = await aPartner();
    const specialist = await aMember({ of: partner, roles: ['finance-specialist'] });
    const director = await aMember({ of: partner, roles: ['account-director'] });
    expect((await file(specialist, { certificateId: await aCertificate(specialist) })).status).toBe(201);
    expect((await file(director, {})).body.code).toBe('PERMISSION_DENIED');
    expect((await invoke(prepareCertificate, { as: director })).body.code).toBe('PERMISSION_DENIED');
    expect((await file(operator, {})).body.code).toBe('PERMISSION_DENIED');
  });
});

describe('confirm-bank-transfer', () => {
  it('FIN-82: the money is a top-up and pays what is open, oldest first; the partner is told', async () => {
    const partner = await aDebtor([june, july]);
    const { claimId } = await aClaim(partner, { invoiceNo: 'CSER22000878' });
    const { body } = await answer(confirmBankTransfer, claimId);
    expect(body).toMatchObject({ status: 'confirmed', bookedTo: partner.partnerId, version: 2 });
    await drain();
    expect((await billOf(partner, '2024-06')).debt.status).toBe('paid');
    expect((await billOf(partner, '2024-07')).debt.outstanding).toBe(parseMoney('10344.73'));
    const range = { from: instant('2024-08-01T00:00:00Z'), to: instant('2024-08-31T00:00:00Z') };
    const { entries } = await listStatements(partner.partnerId, range, { limit: 10, oldestFirst: true });
    expect(entries).toMatchObject([
      { type: 'Top-up', amount: parseMoney('1000'), orderOrTransactionId: claimId, remarks: 'CSER22000878' },
      { type: 'Expenditure (repayment)', amount: parseMoney('-1000'), balance: ZERO },
    ]);
    expect(await tracesOf(partner.partnerId, 'confirm-bank-transfer')).toMatchObject([
      { before: { status: 'submitted' }, after: { status: 'confirmed', reason: 'checked', bankAccount: '****6789' } },
    ]);
    const mails = (await sentMails()).filter(({ to }) => to.includes(partner.partner.contact.email ?? ''));
    expect(mails.map(({ subject }) => subject)).toContain('Your transfer of 1000.00 USD has arrived');
  });

  it('FIN-81: booked to another account when the description says so; not to a reseller or nobody', async () => {
    const [partner, sister] = [await aPartner(), await aPartner({ type: 'distributor' })];
    const reseller = await aPartner({ of: sister });
    const { claimId } = await aClaim(partner, { description: 'for our sister company' });
    for (const bookTo of [reseller.partnerId, 'par_nobody']) {
      expect((await answer(confirmBankTransfer, claimId, { bookTo })).body.code).toBe('PARTNER_NOT_FOUND');
    }
    expect((await answer(confirmBankTransfer, claimId, { bookTo: sister.partnerId })).body.bookedTo).toBe(
      sister.partnerId,
    );
    expect([await cash(partner), await cash(sister)]).toEqual([ZERO, parseMoney('1000')]);
  });

  it('FIN-82: confirmed twice, or by two at once, the money is booked once', async () => {
    const partner = await aPartner();
    const { claimId } = await aClaim(partner);
    const both = await Promise.all([answer(confirmBankTransfer, claimId), answer(confirmBankTransfer, claimId)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await answer(confirmBankTransfer, claimId, { expectedVersion: 2 })).body.code).toBe('CLAIM_NOT_OPEN');
    expect((await answer(rejectBankTransfer, claimId, { expectedVersion: 2 })).body.code).toBe('CLAIM_NOT_OPEN');
    expect(await cash(partner)).toBe(parseMoney('1000'));
  });

  it('FIN-82: a confirmation whose answer was lost is not booked again', async () => {
    const partner = await aPartner();
    const { claimId } = await aClaim(partner);
    const body = { expectedVersion: 1, reason: 'checked' };
    const once = () =>
      invoke(confirmBankTransfer, { as: operator, path: { claimId }, body, headers: { 'idempotency-key': claimId } });
    {
      using crash = crashAtWrite(2, 'after'); // the first one claims the key
      expect((await once()).status).toBe(500);
      expect(crash.struck).toBe(true);
    }
    expect((await once()).body.code).toBe('REQUEST_ALREADY_APPLIED');
    expect(await cash(partner)).toBe(parseMoney('1000'));
  });

  it('FIN-82: an operator gives a reason, and nobody but an operator may', async () => {
    const partner = await aPartner();
    const { claimId } = await aClaim(partner);
    expect((await answer(confirmBankTransfer, claimId, { reason: ' ' })).body.code).toBe('INPUT_INVALID');
    const asPartner = { as: partner, path: { claimId }, body: { expectedVersion: 1, reason: 'x' } };
    for (const handler of [confirmBankTransfer, rejectBankTransfer]) {
      expect((await invoke(handler, asPartner)).body.code).toBe('PERMISSION_DENIED');
    }
    expect((await answer(confirmBankTransfer, 'clm_nothing')).body.code).toBe('CLAIM_NOT_FOUND');
    expect((await answer(confirmBankTransfer, claimId, { expectedVersion: 7 })).body.code).toBe('VERSION_CONFLICT');
  });
});

describe('reject-bank-transfer, resubmit-transfer-claim', () => {
  const again = (as: Caller, claimId: string, wish: Readonly<Record<string, unknown>> = {}) =>
    invoke(resubmitClaim, { as, path: { claimId }, body: aTransfer(wish) });

  it('FIN-83: the reason goes back; corrected, the same claim waits three working days anew', async () => {
    const partner = await aPartner();
    const { claimId } = await aClaim(partner);
    expect((await again(partner, claimId)).body.code).toBe('CLAIM_NOT_OPEN');
    const rejected = await answer(rejectBankTransfer, claimId, { reason: 'The amount differs.' });
    expect(rejected.body).toMatchObject({ status: 'rejected', reason: 'The amount differs.', version: 2 });
    await drain();
    const mails = (await sentMails()).filter(({ to }) => to.includes(partner.partner.contact.email ?? ''));
    expect(mails.at(-1)?.text).toContain('The amount differs.');

    clock.set('2024-08-14T10:00:00+08:00');
    const certificateId = await aCertificate(partner, '%PDF-second');
    const resubmitted = await again(partner, claimId, { amount: '999.00', certificateId });
    expect(resubmitted.body).toMatchObject({
      claimId,
      status: 'submitted',
      amount: '999.00',
      certificate: { bytes: 11 },
      respondBy: '2024-08-19T02:00:00.000Z',
      reason: null,
      version: 3,
    });
    expect((await answer(confirmBankTransfer, claimId, { expectedVersion: 3 })).body.status).toBe('confirmed');
    expect(await cash(partner)).toBe(parseMoney('999'));
  });

  it('FIN-83: a resubmission may keep its proof, and is checked like the first submission', async () => {
    const partner = await aPartner();
    const { claimId } = await aClaim(partner);
    await answer(rejectBankTransfer, claimId);
    expect((await again(partner, claimId, { amount: '-1' })).body.code).toBe('INPUT_INVALID');
    expect((await again(partner, claimId, { certificateId: 'upl_none' })).body.code).toBe('CERTIFICATE_REQUIRED');
    const empty = await aCertificate(partner, '');
    expect((await again(partner, claimId, { certificateId: empty })).body.code).toBe('CERTIFICATE_INVALID');
    const both = await Promise.all([again(partner, claimId), again(partner, claimId)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('reading claims', () => {
  it('FIN-80: newest first, by status; a stranger learns nothing', async () => {
    const [partner, stranger] = [await aPartner(), await aPartner()];
    const first = await aClaim(partner);
    clock.advance({ minutes: 1 });
    const second = await aClaim(partner);
    await answer(rejectBankTransfer, first.claimId);
    const ids = async (query = {}) =>
      (await invoke(listClaims, { as: partner, query })).body.items.map((each: { claimId: string }) => each.claimId);
    expect(await ids()).toEqual([second.claimId, first.claimId]);
    expect(await ids({ status: 'rejected' })).toEqual([first.claimId]);
    const { nextCursor } = (await invoke(listClaims, { as: partner, query: { limit: 1 } })).body;
    expect(await ids({ limit: 1, cursor: nextCursor })).toEqual([first.claimId]);
    expect((await invoke(listClaims, { as: partner, query: { cursor: 'x.y' } })).body.code).toBe('CURSOR_INVALID');
    const query = { partnerId: partner.partnerId };
    expect((await invoke(listClaims, { as: operator, query })).body.items).toHaveLength(2);
    expect((await invoke(listClaims, { as: stranger, query })).body.code).toBe('PARTNER_NOT_FOUND');
    const path = { claimId: first.claimId };
    expect((await invoke(getClaim, { as: partner, path })).body.status).toBe('rejected');
    for (const handler of [getClaim, getCertificate]) {
      expect((await invoke(handler, { as: stranger, path })).body.code).toBe('CLAIM_NOT_FOUND');
    }
    const foreign = { as: stranger, path, body: aTransfer() };
    expect((await invoke(resubmitClaim, foreign)).body.code).toBe('CLAIM_NOT_FOUND');
  });

  it('FIN-80: the payer account is shown in clear to an operator alone, and leaves a trace', async () => {
    const partner = await aPartner();
    const path = { claimId: (await aClaim(partner)).claimId };
    expect((await invoke(getClaim, { as: operator, path })).body.bankAccount).toBe('****6789');
    expect((await invoke(revealPayerAccount, { as: operator, path })).body).toEqual({ bankAccount: '4000123456789' });
    expect((await invoke(revealPayerAccount, { as: partner, path })).body.code).toBe('PERMISSION_DENIED');
    const traces = await tracesOf(partner.partnerId, 'reveal-payer-account');
    expect(traces.map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
  });
});

describe('watch-transfer-claims', () => {
  it('FIN-82, FIN-164: told of once a day, after three working days; answered claims are no longer counted', async () => {
    clock.set('2024-10-04T15:00:00+08:00'); // a Friday
    const partner = await aPartner();
    const late = await aClaim(partner);
    clock.set('2024-10-07T15:00:00+08:00');
    await aClaim(partner);
    const told = async (day: string) =>
      (await publishedEvents('transfer-claims.overdue')).filter(({ detail }) => detail.day === day);
    const open = async () => (await invoke(listOpenClaims, { as: operator, query: { limit: 100 } })).body.items;
    const before = (await open()).filter(({ respondBy }: { respondBy: string }) => respondBy < '2024-10-01').length;

    await runSchedule(watchClaims, '2024-10-09T09:00:00+08:00'); // the third working day ends at 15:00
    const ofOthers = (await told('2024-10-09')).map(({ detail }) => detail.overdue);
    expect(ofOthers).toEqual(before === 0 ? [] : [before]);
    for (let twice = 0; twice < 2; twice += 1) await runSchedule(watchClaims, '2024-10-10T09:00:00+08:00');
    expect((await told('2024-10-10')).map(({ detail }) => detail.overdue)).toEqual([before + 1]);

    clock.set('2024-10-10T09:30:00+08:00');
    const [first] = (await open()).filter(({ partnerId }: { partnerId: string }) => partnerId === partner.partnerId);
    expect(first).toMatchObject({ claimId: late.claimId, late: true });
    await answer(rejectBankTransfer, late.claimId);
    await runSchedule(watchClaims, '2024-10-11T09:00:00+08:00');
    expect((await told('2024-10-11')).map(({ detail }) => detail.overdue)).toEqual([before + 1]); // the other one is late now
    await drain();
  });

  it('FIN-82: the list is for operators', async () => {
    expect((await invoke(listOpenClaims, { as: await aPartner() })).body.code).toBe('PERMISSION_DENIED');
    expect((await invoke(listOpenClaims, { as: operator, query: { cursor: 'x.y' } })).body.code).toBe('CURSOR_INVALID');
  });
});
