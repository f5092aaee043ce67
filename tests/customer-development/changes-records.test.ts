import { beforeEach, describe, expect, it } from 'vitest';
import { handler as queryTraces } from '../../functions/audit/query-traces.ts';
import { handler as setTracing } from '../../functions/audit/set-tracing.ts';
import { handler as batchReject } from '../../functions/customer-development/batch-reject-association-requests.ts';
import { handler as listRecords } from '../../functions/customer-development/list-association-records.ts';
import { handler as listOwn } from '../../functions/customer-development/list-my-association-records.ts';
import { handler as reveal } from '../../functions/customer-development/reveal-association-record-field.ts';
import { handler as withdraw } from '../../functions/customer-development/withdraw-association-request.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { mailsTo } from '../notifications/happenings.ts';
import { giveStanding } from '../organization/critical-operation.ts';
import {
  aMember,
  type Caller,
  clock,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  aLeavableCustomer,
  allRejected,
  anEnabledPartner,
  answered,
  asked,
  askedByCustomer,
  confirmed,
  REASON,
} from './changes.ts';

useStack();

beforeEach(() => void clock.set('2024-09-10T10:00:00+08:00'));

const recordsOf = async (as: Caller, query: Record<string, string | number> = {}) =>
  (await invoke(listRecords, { as, query })).body.items as { recordId: string; customerId: string }[];
const customersIn = (records: readonly { customerId: string }[]) => records.map(({ customerId }) => customerId);
const addressOf = ({ subject }: Caller) => `carla-${subject.replace('customer-', '')}@example.com`;

/** Requests of as many customers, a minute apart. */
async function requestsOf(partner: TestPartner, count: number) {
  const customers: TestCustomer[] = [];
  const recordIds: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const customer = await aLeavableCustomer({ of: partner });
    clock.advance({ minutes: 1 });
    customers.push(customer);
    recordIds.push((await askedByCustomer(customer)).body.recordId);
  }
  return { customers, recordIds };
}

describe('list-association-records', () => {
  it('ORD-162, ORD-06: newest first, page by page, personal fields masked', async () => {
    const partner = await anEnabledPartner();
    const { recordIds } = await requestsOf(partner, 3);
    const first = await invoke(listRecords, { as: partner, query: { limit: 2 } });
    expect(first.body.items.map(({ recordId }: { recordId: string }) => recordId)).toEqual([
      recordIds[2],
      recordIds[1],
    ]);
    expect(first.body.items[0]).toMatchObject({ customerName: 'C***r', mobileNumber: '+49****5678' });
    const { nextCursor: cursor } = first.body;
    const second = await invoke(listRecords, { as: partner, query: { limit: 2, cursor } });
    expect(second.body).toMatchObject({ items: [{ recordId: recordIds[0] }] });
    expect(second.body.nextCursor).toBeUndefined();
    const other = await invoke(listRecords, { as: partner, query: { limit: 2, cursor, status: 'completed' } });
    expect(other).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it('ORD-161: filters by part of the name, number, purpose, status, time and account manager', async () => {
    const partner = await anEnabledPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const own = await aLeavableCustomer({ of: partner, accountManagerId: manager.memberId });
    await asked(partner, own);
    const { recordIds } = await requestsOf(partner, 1);
    await answered(partner, recordIds[0] ?? '', 'reject');

    const count = async (query: Record<string, string>) => (await recordsOf(partner, query)).length;
    expect(await count({ customerName: 'cUSTo' })).toBe(2);
    expect(await count({ customerName: 'nobody' })).toBe(0);
    expect(await count({ mobileNumber: '+4915112345678' })).toBe(2);
    expect(await count({ mobileNumber: '+49151' })).toBe(0);
    expect(await count({ purpose: 'disassociation' })).toBe(2);
    expect(await count({ purpose: 'association-type-change' })).toBe(0);
    expect(await count({ status: 'rejected' })).toBe(1);
    expect(await count({ accountManagerId: manager.memberId })).toBe(1);
    expect(await count({ requestedFrom: '2024-09-10T10:01:00+08:00' })).toBe(1);
    expect(await count({ requestedTo: '2024-09-10T10:01:00+08:00' })).toBe(1);
    expect(await invoke(listRecords, { as: partner, query: { requestedTo: 'yesterday' } })).toMatchObject({
      status: 400,
    });
  });

  it('ORD-03, ORD-04: an account manager sees assigned customers, a director the team’s, others all', async () => {
    const partner = await anEnabledPartner();
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const [manager, other] = [
      await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId }),
      await aMember({ of: partner, roles: ['account-manager'] }),
    ];
    const mine = await aLeavableCustomer({ of: partner, accountManagerId: manager.memberId });
    const theirs = await aLeavableCustomer({ of: partner, accountManagerId: other.memberId });
    for (const customer of [mine, theirs]) await asked(partner, customer);
    expect(customersIn(await recordsOf(manager))).toEqual([mine.customerId]);
    expect(customersIn(await recordsOf(director))).toEqual([mine.customerId]);
    expect(await recordsOf(partner)).toHaveLength(2);
    expect(await recordsOf(await anEnabledPartner())).toEqual([]);
  });

  it('ORD-05, ORD-33: a distributor reads its own customers’ records or its resellers’, never both', async () => {
    const distributor = await anEnabledPartner({ type: 'distributor' });
    const [one, two] = [await anEnabledPartner({ of: distributor }), await anEnabledPartner({ of: distributor })];
    const own = await aLeavableCustomer({ of: distributor });
    await asked(distributor, own);
    const customers: TestCustomer[] = [];
    for (const reseller of [one, two]) {
      clock.advance({ minutes: 1 });
      const customer = await aLeavableCustomer({ of: reseller });
      await asked(reseller, customer);
      customers.push(customer);
    }
    const [first, second] = customersIn(customers);
    expect(customersIn(await recordsOf(distributor))).toEqual([own.customerId]);
    expect(customersIn(await recordsOf(distributor, { customerScope: 'resellers' }))).toEqual([second, first]);
    expect(customersIn(await recordsOf(one))).toEqual([first]);
    expect(await recordsOf(one, { customerScope: 'resellers' })).toEqual([]);
    const page = await invoke(listRecords, { as: distributor, query: { customerScope: 'resellers', limit: 1 } });
    const query = { customerScope: 'resellers', limit: 1, cursor: page.body.nextCursor };
    expect(customersIn(await recordsOf(distributor, query))).toEqual([first]);
    // inside the distributor, nobody is assigned a reseller's customer
    const manager = await aMember({ of: distributor, roles: ['account-manager'] });
    expect(await recordsOf(manager, { customerScope: 'resellers' })).toEqual([]);
  });

  it('ORD-06, CUS-049: a field in clear, also of a customer that has left; a stranger’s record is like none', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    const { recordId } = (await asked(partner, customer)).body;
    await answered(customer, recordId, 'agree');
    const revealed = (as: Caller, recordIds: string[], field = 'mobileNumber') =>
      invoke(reveal, { as, body: { recordIds, field } });
    expect(await revealed(partner, [recordId])).toMatchObject({
      status: 200,
      body: { field: 'mobileNumber', items: [{ recordId, value: expect.stringMatching(/^\+\d+$/) }] },
    });
    expect(await tracesOf(partner.partnerId, 'reveal-association-record-field')).toMatchObject([
      { after: { field: 'mobileNumber', recordIds: [recordId] } },
    ]);
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    for (const as of [await anEnabledPartner(), manager])
      expect(await revealed(as, [recordId])).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await revealed(partner, [recordId, 'arc_none'])).toMatchObject({ status: 404 });
    expect(await revealed(partner, [recordId], 'reason')).toMatchObject({ status: 400 });
    expect(await revealed(customer, [recordId])).toMatchObject({ status: 403 });
  });

  it('ORD-45: no answer tells the customer who looks after it; the partner is told', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    const request = (await asked(partner, customer)).body;
    expect(request).toHaveProperty('accountManagerId', null);
    expect((await answered(customer, request.recordId, 'reject')).body).not.toHaveProperty('accountManagerId');
    clock.advance({ days: 40 });
    const own = (await askedByCustomer(customer)).body;
    expect(own).not.toHaveProperty('accountManagerId');
    const taken = await invoke(withdraw, { as: customer, path: { recordId: own.recordId } });
    expect(taken).toMatchObject({ status: 200, body: { status: 'canceled' } });
    expect(taken.body).not.toHaveProperty('accountManagerId');
  });

  it('ORD-45, ORD-158: the customer reads the same, of every partner that it had', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    const { recordId } = (await asked(partner, customer)).body;
    await answered(customer, recordId, 'agree');
    const own = await invoke(listOwn, { as: customer });
    expect(own.body.items).toMatchObject([
      { recordId, status: 'completed', reason: REASON, initiatedBy: 'partner', partnerId: partner.partnerId },
    ]);
    expect(own.body.items[0]).not.toHaveProperty('accountManagerId');
    expect((await invoke(listOwn, { as: await aLeavableCustomer({}) })).body.items).toEqual([]);
    expect(await recordsOf(partner)).toHaveLength(1); // business history stays with the old partner
    expect(await invoke(listOwn, { as: partner })).toMatchObject({ status: 403 });
  });
});

describe('batch-reject-association-requests', () => {
  it.each([[[]], [Array.from({ length: 101 }, (_, i) => `arc_${i}`)]])(
    'ORD-40: 1 to 100 different records, not %#',
    async (recordIds) => {
      const partner = await anEnabledPartner();
      expect(await allRejected(partner, recordIds)).toMatchObject({ status: 422, body: { code: 'RECORD_BATCH_SIZE' } });
    },
  );

  it('ORD-39, ORD-40: one that fails stops no other; a stranger’s is like none, duplicates count once', async () => {
    const [partner, stranger] = [await anEnabledPartner(), await anEnabledPartner()];
    const { recordIds } = await requestsOf(partner, 2);
    const foreign = (await requestsOf(stranger, 1)).recordIds;
    const own = await aLeavableCustomer({ of: partner });
    const asking = (await asked(partner, own)).body.recordId;
    const wished = [...foreign, 'arc_unknown', asking, ...recordIds, ...recordIds];
    const { status, body } = await allRejected(partner, wished);
    expect(status).toBe(200);
    expect(body.results.map(({ code, status }: { code?: string; status: string }) => code ?? status)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_COUNTERPARTY',
      'done',
      'done',
    ]);
    const traces = await tracesOf(partner.partnerId, 'batch-reject-association-requests');
    expect(traces.map(({ outcome }) => outcome).sort()).toEqual(['done', 'done', 'refused', 'refused', 'refused']);
  });

  it('ORD-40, ORD-12: one code for the whole batch', async () => {
    const partner = await anEnabledPartner();
    const { recordIds } = await requestsOf(partner, 2);
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    const first = await allRejected(partner, recordIds);
    expect(first).toMatchObject({ status: 403, body: { operationKey: 'answer-disassociation' } });
    const all = await confirmed(batchReject, partner, { body: { recordIds } }, 'email');
    expect(all.body.results).toMatchObject([{ status: 'done' }, { status: 'done' }]);
  });

  it('ORD-182, ORG-11: for partners and members that may', async () => {
    const partner = await anEnabledPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect(await allRejected(manager, ['arc_1'])).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    await giveStanding(partner.partnerId, { grants: [] });
    expect(await allRejected(partner, ['arc_1'])).toMatchObject({ body: { code: 'PARTNER_NOT_ENABLED' } });
  });

  it('ORD-07: repeated with its key, the batch is answered the same', async () => {
    const partner = await anEnabledPartner();
    const { recordIds } = await requestsOf(partner, 2);
    const sent = () =>
      invoke(batchReject, { as: partner, body: { recordIds }, headers: { 'Idempotency-Key': 'once' } });
    const { body } = await sent();
    expect(await sent()).toMatchObject({ status: 200, body });
  });
});

describe('who is told', () => {
  const inbox = async (as: Caller) => {
    await drain();
    return (await invoke(listMessages, { as })).body.items as { kind: string; title: string; text: string }[];
  };

  it('ORD-159: the customer of a request, by mail and inside the product, in its partner’s language', async () => {
    const partner = await anEnabledPartner({ companyName: 'Nordlicht GmbH', language: 'de' });
    const customer = await aLeavableCustomer({ of: partner });
    await asked(partner, customer);
    const [message] = await inbox(customer);
    expect(message).toMatchObject({ kind: 'association-request-customer' });
    expect(message?.text).toContain(REASON);
    const [mail] = await mailsTo(addressOf(customer));
    expect(mail?.subject).toBe('Nordlicht GmbH bittet Sie: die Zuordnung beenden');
    expect(await inbox(await aLeavableCustomer({ of: partner }))).toEqual([]);
  });

  it('ORD-42: the partner of its customer’s request in working hours, the customer of the answer at once', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    clock.set('2024-09-14T22:00:00+08:00'); // Saturday night
    const { recordId } = (await askedByCustomer(customer)).body;
    const title = `${customer.accountName} asks you: end the association`;
    expect(await inbox(partner)).toMatchObject([{ kind: 'association-request', title }]);
    const contact = partner.partner.contact.email ?? '';
    expect(await mailsTo(contact)).toEqual([]); // the mail waits for Monday
    await answered(partner, recordId, 'reject');
    await drain();
    const mails = await mailsTo(addressOf(customer));
    expect(mails.at(-1)?.subject).toBe(`${partner.partner.companyName} has rejected: end the association`);
  });

  it('ORD-42: the partner of the answer at once, whatever the hour', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    clock.set('2024-09-14T22:00:00+08:00');
    await answered(customer, (await asked(partner, customer)).body.recordId, 'agree');
    expect(await inbox(partner)).toMatchObject([{ kind: 'association-request-processed' }]);
    const [mail] = await mailsTo(partner.partner.contact.email ?? '');
    expect(mail?.subject).toBe(`${customer.accountName} has agreed: end the association`);
  });

  it('ORD-30: a referral customer hears that its association has ended', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner, type: 'referral' });
    await asked(partner, customer);
    expect(await inbox(customer)).toMatchObject([{ kind: 'association-ended-customer' }]);
  });

  it('ORD-28: a customer’s code comes by text message, to its own number', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    await askedByCustomer(customer);
    await drain();
    const sms = (await mailsTo('4915112345678@sms.example')).at(-1);
    expect(sms?.text).toMatch(/^\d{6} is your verification code for: ask to leave your partner\./);
  });
});

describe('the customer’s trace service', () => {
  it('ORD-152, ORD-156: requests and answers are traced, refused ones too', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    clock.advance({ minutes: 1 });
    await invoke(setTracing, { as: customer, body: { enabled: true } });
    clock.advance({ minutes: 1 });
    const { recordId } = (await asked(partner, customer)).body;
    clock.advance({ minutes: 1 });
    await answered(partner, recordId, 'agree'); // not the one to answer
    clock.advance({ minutes: 1 });
    await answered(customer, recordId, 'agree');
    await drain();
    const { body } = await invoke(queryTraces, { as: customer });
    const shown = body.items.map((each: { traceName: string; traceStatus: string }) => [
      each.traceName,
      each.traceStatus,
    ]);
    expect(shown).toEqual([
      ['approvePartnerOrCustomerApply', 'normal'],
      ['approvePartnerOrCustomerApply', 'warning'],
      ['applyUnbindOrSwitchCooperation', 'normal'],
    ]);
  });
});
