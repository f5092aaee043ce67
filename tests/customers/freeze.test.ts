import { beforeEach, describe, expect, it, vi } from 'vitest';
import { customerFrozen, customerUnfrozen } from '#events/customers.ts';
import type { OperationHandler } from '#lib/shared/operation.ts';
import { handler as freezeAccount } from '../../functions/customers/freeze-account.ts';
import { handler as freezeResources } from '../../functions/customers/freeze-account-and-resources.ts';
import { handler as liftPayPerUse } from '../../functions/customers/lift-pay-per-use.ts';
import { handler as listFreezeRecords } from '../../functions/customers/list-freeze-records.ts';
import { handler as restrictPayPerUse } from '../../functions/customers/restrict-pay-per-use.ts';
import { handler as unfreezeAccount } from '../../functions/customers/unfreeze-account.ts';
import { handler as unfreezeResources } from '../../functions/customers/unfreeze-account-and-resources.ts';
import {
  authorize,
  consume,
  eventsOf,
  freeze,
  freezeWithResources,
  giveBudget,
  giveStanding,
  inUtc,
  readBudget,
  unfreeze,
  unfreezeWithResources,
  withCode,
} from '../budgets/story.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  clock.set('2024-08-01T10:00:00+08:00');
});

const send = (handler: OperationHandler, as: Caller, customerIds: readonly string[], more: object = {}) =>
  invoke(handler, { as, body: { customerIds, reason: 'arrears' }, ...more });
const records = async (as: Caller = partner, { customerId } = customer, query: Record<string, string | number> = {}) =>
  (await invoke(listFreezeRecords, { as, path: { customerId }, query })).body;
const codes = (body: { results: { status: string; code?: string }[] }) =>
  body.results.map(({ status, code }) => code ?? status);

const ALL = [
  ['freeze-account', freezeAccount],
  ['freeze-account-and-resources', freezeResources],
  ['unfreeze-account', unfreezeAccount],
  ['unfreeze-account-and-resources', unfreezeResources],
  ['restrict-pay-per-use', restrictPayPerUse],
  ['lift-pay-per-use', liftPayPerUse],
] as const;

describe.each(ALL)('%s', (name, handler) => {
  it('CUS-149: 1 to 10 distinct customers, else BATCH_SIZE; duplicates count once', async () => {
    const ids = Array.from({ length: 11 }, (_, i) => `cus_${i}`);
    for (const given of [[], ids])
      expect(await send(handler, partner, given)).toMatchObject({
        status: 422,
        body: { code: 'BATCH_SIZE', atMost: 10 },
      });
    const ten = await send(handler, partner, [...ids.slice(0, 10), 'cus_0']);
    expect(codes(ten.body)).toEqual(Array(10).fill('CUSTOMER_NOT_FOUND'));
  });

  it('CUS-145, CUS-171, ORG-173: a reason is needed, which is said before a code is asked for', async () => {
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    for (const reason of ['', '  ', 'x'.repeat(257)]) {
      const body = { customerIds: [customer.customerId], reason };
      expect(await invoke(handler, { as: partner, body })).toMatchObject({
        status: 422,
        body: { code: 'REASON_INVALID' },
      });
    }
    expect((await records()).items).toHaveLength(1);
  });

  it('CUS-055: a stranger’s customer fails alone, like a missing one, and leaves a trace', async () => {
    const foreign = await aCustomer({ of: await aPartner() });
    const referral = await aCustomer({ of: partner, type: 'referral' });
    const { status, body } = await send(handler, partner, [foreign.customerId, 'cus_nobody', referral.customerId]);
    expect(status).toBe(200);
    expect(codes(body)).toEqual(['CUSTOMER_NOT_FOUND', 'CUSTOMER_NOT_FOUND', 'NOT_RESELLER_MODEL']); // CUS-015
    expect((await tracesOf(partner.partnerId, name)).filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
    expect(await readBudget(await anOperator(), foreign)).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'association-default',
      payPerUseRestricted: false,
    });
  });

  it('CUS-004: permission and data scope', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await send(handler, finance, [customer.customerId])).toMatchObject({
      status: 403,
      body: { code: 'PERMISSION_DENIED' },
    });
    expect((await send(handler, await anOperator(), [customer.customerId])).status).toBe(403); // CUS-013
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect(codes((await send(handler, manager, [customer.customerId])).body)).toEqual(['CUSTOMER_NOT_FOUND']);
  });

  it('CUS-001, CUS-017, CUS-018: reseller without the right, distributor without control', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    expect(codes((await send(handler, reseller, [resold.customerId])).body)).toEqual(['CONTROL_NOT_AUTHORIZED']);
    await authorize(distributor, reseller.partnerId, '100.00');
    expect(codes((await send(handler, distributor, [resold.customerId])).body)).toEqual(['CONTROL_DELEGATED']);
    const [code] = codes((await send(handler, reseller, [resold.customerId])).body);
    expect(code).not.toMatch(/^CONTROL/);
  });

  it('CUS-005: one code for the request, under the key freeze-unfreeze', async () => {
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    const asked = await send(handler, partner, [customer.customerId]);
    expect(asked).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_REQUIRED', operationKey: 'freeze-unfreeze' },
    });
    const wrong = { 'verification-challenge': asked.body.challengeId, 'verification-code': '000000' };
    expect(await send(handler, partner, [customer.customerId], { headers: wrong })).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_FAILED' },
    });
    expect((await records()).items).toHaveLength(1);
    const answer = await withCode(partner, (headers) => send(handler, partner, [customer.customerId], { headers }));
    expect(answer.status).toBe(200);
  });
});

describe('freezing', () => {
  it('CUS-022, CUS-151: the account, with its record and event; the reason is told to nobody but the partner’s own', async () => {
    await giveBudget(partner, customer, '100.00');
    const member = await aMember({ of: partner });
    clock.advance({ minutes: 1 });
    expect((await freeze(member, [customer], { reason: 'arrears' })).body.results).toEqual([
      {
        ...{ customerId: customer.customerId, status: 'done', freezeLevel: 'account', freezeCause: 'manual' },
        ...{ retentionUntil: null, payPerUseRestricted: false, notes: [] },
      },
    ]);
    expect((await records()).items[0]).toMatchObject({
      ...{ at: clock.now(), actor: member.memberId, partnerId: partner.partnerId, action: 'freeze-account' },
      ...{ cause: 'manual', reason: 'arrears', levelBefore: 'none', levelAfter: 'account' },
      ...{ verificationUsed: false, batchId: null },
    });
    const [event] = await eventsOf(customer, 'customer.frozen');
    expect(customerFrozen.detail.parse(event?.detail)).toMatchObject({
      ...{ accountName: customer.accountName, level: 'account', cause: 'manual', reason: 'arrears' },
      ...{ actor: member.memberId, partnerId: partner.partnerId, frozenAt: clock.now() },
    });
  });

  it('CUS-023: takes over the default freeze; a second time it is ALREADY_FROZEN', async () => {
    expect(codes((await freeze(partner, [customer])).body)).toEqual(['done']);
    expect((await records()).items[0]).toMatchObject({
      action: 'take-over',
      levelBefore: 'account',
      levelAfter: 'account',
    });
    expect(codes((await freeze(partner, [customer])).body)).toEqual(['ALREADY_FROZEN']); // CUS-148
  });

  it('CUS-024, CUS-153 to CUS-157: escalates to the resources and answers with the deadline, 15 days on', async () => {
    const { body } = await freezeWithResources(partner, [customer]);
    expect(body.results).toMatchObject([
      { freezeLevel: 'account-and-resources', freezeCause: 'manual', retentionUntil: inUtc('2024-08-16T10:00:00') },
    ]);
    expect((await records()).items[0]).toMatchObject({
      action: 'freeze-account-and-resources',
      levelBefore: 'account',
      retentionUntil: inUtc('2024-08-16T10:00:00'),
    });
    expect((await eventsOf(customer, 'customer.frozen'))[0]?.detail.retentionUntil).toBe(inUtc('2024-08-16T10:00:00'));
    expect(codes((await freezeWithResources(partner, [customer])).body)).toEqual(['ALREADY_FROZEN']);
    expect(codes((await freeze(partner, [customer])).body)).toEqual(['ALREADY_FROZEN']);
  });

  it('CUS-154: each new freeze of the resources starts a new period', async () => {
    await freezeWithResources(partner, [customer]);
    clock.advance({ days: 14 });
    await unfreezeWithResources(partner, [customer]);
    const { body } = await freezeWithResources(partner, [customer]);
    expect(body.results[0].retentionUntil).toBe(inUtc('2024-08-30T10:00:00'));
  });

  it('CUS-154: the period is a setting of the deployment', async () => {
    vi.stubEnv('RESOURCE_RETENTION_DAYS', '30');
    const { body } = await freezeWithResources(partner, [customer]);
    vi.unstubAllEnvs();
    expect(body.results[0].retentionUntil).toBe(inUtc('2024-08-31T10:00:00'));
  });

  it('CUS-016: a partner whose own account is frozen may still freeze', async () => {
    await giveStanding(partner.partnerId, { status: 'frozen' });
    expect(codes((await freeze(partner, [customer])).body)).toEqual(['done']);
  });

  it('CUS-149: a batch shares its id and succeeds or fails one by one', async () => {
    const [one, two] = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
    await freeze(partner, [one]);
    clock.advance({ minutes: 1 });
    expect(codes((await freeze(partner, [customer, one, two])).body)).toEqual(['done', 'ALREADY_FROZEN', 'done']);
    const [first, second] = [(await records()).items[0], (await records(partner, two)).items[0]];
    expect(first.batchId).toMatch(/^bat_/);
    expect(second.batchId).toBe(first.batchId);
  });

  it('CUS-148: two at once freeze once', async () => {
    const answers = await Promise.all([freeze(partner, [customer]), freeze(partner, [customer])]);
    expect(answers.flatMap(({ body }) => codes(body)).sort()).toEqual(['ALREADY_FROZEN', 'done']);
    expect(await eventsOf(customer, 'customer.frozen')).toHaveLength(1);
  });

  it('CUS-171: the record says that a code was used', async () => {
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    await withCode(partner, (headers) => freeze(partner, [customer], { headers }));
    expect((await records()).items[0].verificationUsed).toBe(true);
  });

  it('CUS-149: the same Idempotency-Key freezes once and answers the same', async () => {
    const headers = { 'idempotency-key': 'freeze-1' };
    const [first, second] = [
      await freeze(partner, [customer], { headers }),
      await freeze(partner, [customer], { headers }),
    ];
    expect(second.body).toEqual(first.body);
    expect((await records()).items).toHaveLength(2);
  });
});

describe('unfreezing', () => {
  it('CUS-026, CUS-162, CUS-169: the account, with its record and event; the partner owes again', async () => {
    await giveBudget(partner, customer, '100.00');
    await freeze(partner, [customer]);
    clock.advance({ minutes: 1 });
    const { body } = await unfreeze(partner, [customer], { reason: 'paid' });
    expect(body.results).toMatchObject([{ freezeLevel: 'none', freezeCause: null, notes: ['PARTNER_OWES_PURCHASES'] }]);
    expect((await records()).items[0]).toMatchObject({
      ...{ action: 'unfreeze-account', cause: 'manual', reason: 'paid', levelBefore: 'account', levelAfter: 'none' },
    });
    const event = (await eventsOf(customer, 'customer.unfrozen')).at(-1);
    expect(customerUnfrozen.detail.parse(event?.detail)).toMatchObject({
      ...{ levelBefore: 'account', cause: 'manual', reason: 'paid', unfrozenAt: clock.now() },
    });
  });

  it('CUS-027: account and resources', async () => {
    await freezeWithResources(partner, [customer]);
    expect((await unfreezeWithResources(partner, [customer])).body.results).toMatchObject([
      { freezeLevel: 'none', retentionUntil: null },
    ]);
  });

  it('CUS-163: level and operation must match; not frozen is NOT_FROZEN', async () => {
    expect(codes((await unfreezeWithResources(partner, [customer])).body)).toEqual(['FREEZE_LEVEL_MISMATCH']);
    await unfreeze(partner, [customer]);
    expect(codes((await unfreeze(partner, [customer])).body)).toEqual(['NOT_FROZEN']);
    await freezeWithResources(partner, [customer]);
    expect(codes((await unfreeze(partner, [customer])).body)).toEqual(['FREEZE_LEVEL_MISMATCH']);
  });

  it('CUS-164, CUS-165: WILL_FREEZE_AGAIN for an exhausted automatic budget, not for a manual one', async () => {
    await giveBudget(partner, customer, '100.00', 'automatic');
    const other = await aCustomer({ of: partner });
    clock.advance({ hours: 1 });
    await giveBudget(partner, other, '100.00', 'manual');
    for (const each of [customer, other]) {
      await consume(each, '100');
      await freeze(partner, [each]);
    }
    const { body } = await unfreeze(partner, [customer, other]);
    expect(body.results.map(({ notes }: { notes: string[] }) => notes)).toEqual([
      ['WILL_FREEZE_AGAIN', 'PARTNER_OWES_PURCHASES'],
      ['PARTNER_OWES_PURCHASES'],
    ]);
  });

  it('CUS-166: an unset budget does not prevent it', async () => {
    expect((await unfreeze(partner, [customer])).body.results).toMatchObject([
      { status: 'done', notes: ['BUDGET_NOT_SET'] },
    ]);
  });

  it('CUS-016: a partner that is frozen or not active unfreezes nobody', async () => {
    for (const status of ['frozen', 'inactive'] as const) {
      await giveStanding(partner.partnerId, { status, verificationEnabled: true });
      for (const lift of [unfreeze, unfreezeWithResources])
        expect(await lift(partner, [customer])).toMatchObject({
          status: 403,
          body: { code: 'PARTNER_ACCOUNT_FROZEN' },
        });
    }
    expect((await readBudget(partner, customer)).freezeLevel).toBe('account');
  });
});

describe('pay-per-use', () => {
  const restrict = () => send(restrictPayPerUse, partner, [customer.customerId]);
  const lift = () => send(liftPayPerUse, partner, [customer.customerId]);

  it('CUS-170 to CUS-172: restricted without touching the freeze, recorded, lifted by hand alone', async () => {
    expect((await restrict()).body.results).toMatchObject([
      { status: 'done', payPerUseRestricted: true, freezeLevel: 'account', freezeCause: 'association-default' },
    ]);
    expect((await records()).items[0]).toMatchObject({
      action: 'restrict-pay-per-use',
      levelBefore: 'account',
      levelAfter: 'account',
    });
    expect(codes((await restrict()).body)).toEqual(['ALREADY_RESTRICTED']);
    await unfreeze(partner, [customer]);
    expect((await readBudget(partner, customer)).payPerUseRestricted).toBe(true);
    expect((await lift()).body.results).toMatchObject([{ status: 'done', payPerUseRestricted: false }]);
    expect(codes((await lift()).body)).toEqual(['NOT_RESTRICTED']);
  });

  it('CUS-004: a partner that is not active neither restricts nor lifts', async () => {
    await giveStanding(partner.partnerId, { status: 'inactive', verificationEnabled: true });
    for (const answer of [await restrict(), await lift()])
      expect(answer).toMatchObject({ status: 403, body: { code: 'PARTNER_INACTIVE' } });
  });
});

describe('list-freeze-records', () => {
  it('CUS-174: newest first, page by page, the reseller’s actions for its distributor too', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    await authorize(distributor, reseller.partnerId, '100.00');
    for (const change of [unfreeze, freeze, unfreeze]) {
      clock.advance({ minutes: 1 });
      await change(reseller, [resold]);
    }
    const expected = ['unfreeze-account', 'freeze-account', 'unfreeze-account', 'freeze-account'];
    const actions = (body: { items: { action: string }[] }) => body.items.map(({ action }) => action);
    for (const reader of [distributor, reseller, await anOperator()])
      expect(actions(await records(reader, resold))).toEqual(expected);
    expect((await records(distributor, resold)).items[0].partnerId).toBe(reseller.partnerId);
    const first = await records(distributor, resold, { limit: 3 });
    const second = await records(distributor, resold, { limit: 3, cursor: first.nextCursor });
    expect([...actions(first), ...actions(second)]).toEqual(expected);
    expect(await records(distributor, resold, { cursor: `${first.nextCursor}x` })).toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });

  it('CUS-055: not for strangers', async () => {
    expect(await records(await aPartner())).toMatchObject({ status: 404, code: 'CUSTOMER_NOT_FOUND' });
  });
});
