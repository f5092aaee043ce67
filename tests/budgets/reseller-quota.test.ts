import { beforeEach, describe, expect, it } from 'vitest';
import { handler as getQuota } from '../../functions/budgets/get-reseller-budget-quota.ts';
import { handler as setPermission } from '../../functions/budgets/set-reseller-budget-permission.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { at, authorize, freeze, giveStanding, readBudget, setMonthly, setOneTime, withCode } from './story.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
let one: TestCustomer;
let two: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T08:00');
  distributor = await aPartner({ type: 'distributor' });
  reseller = await aPartner({ of: distributor });
  [one, two] = [await aCustomer({ of: reseller }), await aCustomer({ of: reseller })];
});

const permit = (as: Caller, body: object, headers: Readonly<Record<string, string>> = {}, of = reseller) =>
  invoke(setPermission, { as, path: { resellerId: of.partnerId }, body, headers });
const quota = async (as: Caller = reseller) => {
  const answer = await invoke(getQuota, { as, path: { resellerId: reseller.partnerId } });
  expect(answer.status).toBe(200);
  return answer.body;
};
const GRANT = { authorized: true, monthlyQuota: '100.00', oneTimeQuota: '50.00' };

describe('set-reseller-budget-permission', () => {
  it('DEV-125, CUS-086: gives the right with both quotas, which the reseller can read', async () => {
    expect(await permit(distributor, GRANT)).toMatchObject({
      status: 200,
      body: {
        authorized: true,
        monthly: { total: '100.00', allocated: '0.00', available: '100.00', allocatedPercent: '0.00' },
        oneTime: { total: '50.00', allocated: '0.00', available: '50.00' },
      },
    });
    expect(await quota()).toEqual(await quota(distributor));
    const events = await publishedEvents('reseller.permission-changed');
    expect(events.filter(({ detail }) => detail.resellerId === reseller.partnerId)).toMatchObject([
      {
        detail: {
          distributorId: distributor.partnerId,
          authorized: true,
          monthlyQuota: '100.00',
          oneTimeQuota: '50.00',
        },
      },
    ]);
    expect(await tracesOf(distributor.partnerId, 'set-reseller-budget-permission')).toMatchObject([
      { outcome: 'done', before: { authorized: false }, after: { authorized: true } },
    ]);
  });

  it.each(['-0.01', '0.001', '1.005'])(
    'DEV-125, ORG-173: a quota of %s is QUOTA_INVALID, before any code',
    async (amount) => {
      await giveStanding(distributor.partnerId, { verificationEnabled: true });
      for (const field of ['monthlyQuota', 'oneTimeQuota']) {
        expect(await permit(distributor, { ...GRANT, [field]: amount })).toMatchObject({
          status: 422,
          body: { code: 'QUOTA_INVALID' },
        });
      }
      expect((await quota()).authorized).toBe(false);
    },
  );

  it('DEV-130, ORG-178: granting asks for a code only with the function on, withdrawing always', async () => {
    expect((await permit(distributor, GRANT)).status).toBe(200);
    expect((await permit(distributor, { authorized: false })).body).toMatchObject({
      code: 'VERIFICATION_REQUIRED',
      operationKey: 'withdraw-reseller-budget-permission',
    });
    expect((await quota()).authorized).toBe(true);
    expect(await withCode(distributor, (headers) => permit(distributor, { authorized: false }, headers))).toMatchObject(
      {
        status: 200,
        body: { authorized: false },
      },
    );
    await giveStanding(distributor.partnerId, { verificationEnabled: true });
    clock.advance({ minutes: 2 });
    expect((await permit(distributor, GRANT)).body).toMatchObject({ operationKey: 'grant-reseller-budget-permission' });
    const wrong = { 'verification-challenge': 'chl_none', 'verification-code': '000000' };
    expect(await permit(distributor, GRANT, wrong)).toMatchObject({ body: { code: 'VERIFICATION_FAILED' } });
    expect(await withCode(distributor, (headers) => permit(distributor, GRANT, headers))).toMatchObject({
      status: 200,
    });
  });

  it('CUS-019, DEV-131: withdrawn, budgets and freezes stay and the distributor is the controller', async () => {
    await permit(distributor, GRANT);
    await setMonthly(reseller, one, '60.00', { unfreezeNow: true, exhaustionMode: 'automatic' });
    await freeze(reseller, [two]);
    await withCode(distributor, (headers) => permit(distributor, { authorized: false }, headers));
    expect(await readBudget(distributor, one)).toMatchObject({
      ...{ amount: '60.00', exhaustionMode: 'automatic', freezeLevel: 'none' },
    });
    expect(await readBudget(distributor, two)).toMatchObject({ freezeLevel: 'account', freezeCause: 'manual' });
    expect(await setMonthly(reseller, one, '10.00')).toMatchObject({ body: { code: 'CONTROL_NOT_AUTHORIZED' } });
    expect(await setMonthly(distributor, one, '500.00')).toMatchObject({ status: 200 });
  });

  it('CUS-019: a right withdrawn while the reseller sets a budget wins or loses, never both', async () => {
    await permit(distributor, GRANT);
    const withdraw = withCode(distributor, (headers) => permit(distributor, { authorized: false }, headers));
    const settings = await Promise.all(
      Array.from({ length: 8 }, async (_, i) =>
        i % 2 ? setMonthly(reseller, two, '1.00') : setMonthly(reseller, one, '1.00'),
      ),
    );
    expect((await withdraw).status).toBe(200);
    const codes = settings.map(({ status, body }) => (status === 200 ? 'set' : body.code));
    // A right is withdrawn together with its quota: who read the right before and the quota after sees none left.
    const either = ['set', 'VERSION_CONFLICT', 'CONTROL_NOT_AUTHORIZED', 'QUOTA_EXCEEDED'];
    for (const code of codes) expect(either).toContain(code);
    expect(await setMonthly(reseller, one, '2.00')).toMatchObject({ body: { code: 'CONTROL_NOT_AUTHORIZED' } });
    const sum =
      Number((await readBudget(distributor, one)).amount) + Number((await readBudget(distributor, two)).amount);
    expect((await quota(distributor)).monthly.allocated).toBe(sum.toFixed(2));
  });

  it('ORG-11, ORG-18: only a distributor, only its own reseller, only who may manage resellers', async () => {
    expect(await permit(reseller, GRANT)).toMatchObject({ status: 403, body: { code: 'PARTNER_NOT_ENABLED' } });
    expect(await permit(await aPartner(), GRANT)).toMatchObject({ body: { code: 'PARTNER_NOT_ENABLED' } });
    expect(await permit(await aPartner({ type: 'distributor' }), GRANT)).toMatchObject({
      status: 404,
      body: { code: 'PARTNER_NOT_FOUND' },
    });
    expect(await permit(distributor, GRANT, {}, distributor)).toMatchObject({ status: 404 });
    const manager = await aMember({ of: distributor, roles: ['account-manager'] });
    expect(await permit(manager, GRANT)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('CUS-066: two distributor members at once leave one of the two settings, whole', async () => {
    const answers = await Promise.all([
      permit(distributor, { ...GRANT, monthlyQuota: '10.00', oneTimeQuota: '10.00' }),
      permit(distributor, { ...GRANT, monthlyQuota: '20.00', oneTimeQuota: '20.00' }),
    ]);
    for (const { status, body } of answers)
      expect([200, 'VERSION_CONFLICT']).toContain(status === 200 ? 200 : body.code);
    const { monthly, oneTime } = await quota();
    expect(monthly.total).toBe(oneTime.total);
    expect(monthly.available).toBe(monthly.total);
  });
});

describe('the quota', () => {
  it('DEV-128, CUS-085: up to the quota exactly, not a cent more', async () => {
    await authorize(distributor, reseller.partnerId, '100.00');
    expect(await setMonthly(reseller, one, '100.01')).toMatchObject({ status: 422, body: { code: 'QUOTA_EXCEEDED' } });
    expect(await setMonthly(reseller, one, '100.00')).toMatchObject({ status: 200 });
    expect((await quota()).monthly).toEqual({
      ...{ total: '100.00', allocated: '100.00', available: '0.00', allocatedPercent: '100.00' },
    });
    expect(await setMonthly(reseller, two, '0.01')).toMatchObject({
      body: { code: 'QUOTA_EXCEEDED', available: '0.00' },
    });
  });

  it("CUS-087: a customer's replaced budget is given back first", async () => {
    await authorize(distributor, reseller.partnerId, '100.00');
    await setMonthly(reseller, one, '80.00');
    expect(await setMonthly(reseller, one, '100.00')).toMatchObject({ status: 200 });
    await setMonthly(reseller, one, '30.00');
    expect((await quota()).monthly).toMatchObject({ allocated: '30.00', available: '70.00' });
  });

  it('CUS-077: another type is charged to the other quota', async () => {
    await authorize(distributor, reseller.partnerId, '100.00', '50.00');
    await setMonthly(reseller, one, '60.00');
    expect(await setOneTime(reseller, one, '50.01')).toMatchObject({
      body: { code: 'QUOTA_EXCEEDED', budgetType: 'one-time' },
    });
    expect(await setOneTime(reseller, one, '50.00')).toMatchObject({ status: 200 });
    expect(await quota()).toMatchObject({ monthly: { allocated: '0.00' }, oneTime: { allocated: '50.00' } });
  });

  it('CUS-088, DEV-129: what the distributor set before counts; over-allocated, lowering is allowed and raising refused', async () => {
    await setMonthly(distributor, one, '80.00');
    await setMonthly(distributor, two, '70.00');
    await authorize(distributor, reseller.partnerId, '100.00');
    expect((await quota()).monthly).toMatchObject({ total: '100.00', allocated: '150.00', available: '0.00' });
    expect(await setMonthly(reseller, one, '80.01')).toMatchObject({ body: { code: 'QUOTA_EXCEEDED' } });
    expect(await setMonthly(reseller, one, '79.00')).toMatchObject({ status: 200 });
    expect(await setMonthly(reseller, one, '79.01')).toMatchObject({ body: { code: 'QUOTA_EXCEEDED' } });
    expect(await setMonthly(reseller, one, '30.00')).toMatchObject({ status: 200 });
    await authorize(distributor, reseller.partnerId, '40.00');
    expect((await quota()).monthly).toMatchObject({ total: '40.00', allocated: '100.00', available: '0.00' });
  });

  it('CUS-090: settings at once never overshoot', async () => {
    await authorize(distributor, reseller.partnerId, '100.00');
    const customers = [one, two, await aCustomer({ of: reseller }), await aCustomer({ of: reseller })];
    const answers = await Promise.all(customers.map((customer) => setMonthly(reseller, customer, '40.00')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422, 422]);
    for (const { status, body } of answers) if (status === 422) expect(body.code).toBe('QUOTA_EXCEEDED');
    expect((await quota()).monthly).toMatchObject({ allocated: '80.00', available: '20.00' });
  });

  it('CUS-089: a solution-provider and a distributor have none', async () => {
    const provider = await aPartner();
    const own = await aCustomer({ of: provider });
    expect(await setMonthly(provider, own, '2147483647.00')).toMatchObject({ status: 200 });
    expect(await setMonthly(distributor, await aCustomer({ of: distributor }), '2147483647.00')).toMatchObject({
      status: 200,
    });
    expect((await quota(distributor)).monthly.allocated).toBe('0.00');
  });

  it('CUS-086: to the reseller, its distributor and operators; to others there is no such reseller', async () => {
    const read = (as: Caller, resellerId = reseller.partnerId) => invoke(getQuota, { as, path: { resellerId } });
    for (const reader of [reseller, distributor, await anOperator()]) expect((await read(reader)).status).toBe(200);
    for (const stranger of [await aPartner({ of: distributor }), await aPartner()])
      expect(await read(stranger)).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
    expect((await read(distributor, distributor.partnerId)).status).toBe(404);
  });
});
