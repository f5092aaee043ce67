import { beforeEach, describe, expect, it } from 'vitest';
import { handler as getPermission } from '../../functions/resellers/get-reseller-permission.ts';
import { handler as grantDelegation } from '../../functions/resellers/grant-reseller-delegation.ts';
import { handler as listBreaches } from '../../functions/resellers/list-breaches.ts';
import { handler as listResellers } from '../../functions/resellers/list-resellers.ts';
import { handler as recordBreach } from '../../functions/resellers/record-breach.ts';
import { authorize, withCode, withdrawAuthorization } from '../budgets/story.ts';
import {
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
import { aDistributor, aReseller } from './world.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
  reseller = await aPartner({ of: distributor, companyName: 'Ästhetik GmbH' });
});

const permissionOf = (as: Caller, query: Record<string, string | number> = {}) =>
  invoke(getPermission, { as, path: { resellerId: reseller.partnerId }, query });
const list = (as: Caller, query: Record<string, string | number> = {}) => invoke(listResellers, { as, query });
const delegate = (resellerId: string) =>
  withCode(distributor, (headers) =>
    invoke(grantDelegation, {
      as: distributor,
      path: { resellerId },
      body: { acceptedLetterVersion: 'V1001' },
      headers,
    }),
  );

describe('get-reseller-permission', () => {
  it('DEV-124: a reseller starts without any right, whether it was invited or registered', async () => {
    const { resellerId } = await aReseller(distributor);
    for (const id of [resellerId, reseller.partnerId])
      expect((await invoke(getPermission, { as: distributor, path: { resellerId: id } })).body).toMatchObject({
        budgetFreezeAuthorized: false,
        monthly: { total: '0.00' },
        oneTime: { total: '0.00' },
        onBehalfAuthorized: false,
        commitmentLetterVersion: null,
        commitmentSignedAt: null,
        history: { items: [] },
      });
  });

  it('DEV-125, DEV-131, DEV-132: tells who changed what from what to what when, newest first', async () => {
    await authorize(distributor, reseller.partnerId, '100.00', '50.00');
    clock.advance({ minutes: 5 });
    await delegate(reseller.partnerId);
    clock.advance({ minutes: 5 });
    await withdrawAuthorization(distributor, reseller.partnerId);
    const { body } = await permissionOf(distributor);
    expect(body).toMatchObject({ budgetFreezeAuthorized: false, onBehalfAuthorized: true });
    const given = { authorized: true, monthlyQuota: '100.00', oneTimeQuota: '50.00' };
    const none = { authorized: false, monthlyQuota: '0.00', oneTimeQuota: '0.00' };
    expect(body.history.items).toEqual([
      {
        permission: 'budget-and-freeze',
        changedBy: { kind: 'member', id: expect.stringMatching(/^mem_/) },
        before: given,
        after: none,
        changedAt: '2024-08-01T01:10:00.000Z',
      },
      {
        permission: 'act-on-behalf',
        changedBy: { kind: 'member', id: expect.stringMatching(/^mem_/) },
        before: { authorized: false },
        after: { authorized: true },
        changedAt: '2024-08-01T01:05:00.000Z',
      },
      expect.objectContaining({ before: none, after: given, changedAt: '2024-08-01T01:00:00.000Z' }),
    ]);
    const page = (await permissionOf(distributor, { limit: 2 })).body.history;
    const rest = (await permissionOf(distributor, { limit: 2, cursor: page.nextCursor })).body.history;
    expect([...page.items, ...rest.items]).toEqual(body.history.items);
    expect(await permissionOf(distributor, { cursor: 'x.y' })).toMatchObject({ body: { code: 'CURSOR_INVALID' } });
  });

  it('ORG-18: to both sides and operators; to others there is no such reseller', async () => {
    const director = await aMember({ of: distributor, roles: ['account-director'] });
    for (const reader of [distributor, director, reseller, await anOperator()])
      expect((await permissionOf(reader)).status).toBe(200);
    for (const stranger of [await aDistributor(), await aPartner({ of: distributor }), await aPartner()])
      expect(await permissionOf(stranger)).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
    const manager = await aMember({ of: distributor, roles: ['account-manager'] });
    expect(await permissionOf(manager)).toMatchObject({ status: 403 });
  });
});

describe('list-resellers', () => {
  it('DEV-125, DEV-132: what each may do, by name and by right, newest first, page by page', async () => {
    clock.advance({ days: 1 });
    const { resellerId } = await aReseller(distributor);
    clock.advance({ days: 1 });
    const third = await aPartner({ of: distributor, companyName: 'Third Ltd' });
    await aPartner({ of: await aDistributor() });
    await authorize(distributor, reseller.partnerId, '100.00', '50.00');
    await delegate(third.partnerId);
    const { items } = (await list(distributor)).body;
    expect(items).toMatchObject([
      {
        resellerId: third.partnerId,
        companyName: 'Third Ltd',
        onBehalfAuthorized: true,
        budgetFreezeAuthorized: false,
      },
      { resellerId, associatedOn: '2024-08-02T01:00:00.000Z' },
      {
        resellerId: reseller.partnerId,
        budgetFreezeAuthorized: true,
        monthly: { total: '100.00', allocated: '0.00', available: '100.00' },
        oneTime: { total: '50.00' },
        associatedOn: '2024-08-01T01:00:00.000Z',
      },
    ]);
    const ids = async (query: Record<string, string | number>) =>
      (await list(distributor, query)).body.items.map((item: { resellerId: string }) => item.resellerId);
    expect(await ids({ name: 'ästHETIK' })).toEqual([reseller.partnerId]);
    expect(await ids({ budgetFreezeAuthorized: 'true' })).toEqual([reseller.partnerId]);
    expect(await ids({ budgetFreezeAuthorized: 'false' })).toEqual([third.partnerId, resellerId]);
    expect(await ids({ onBehalfAuthorized: 'true' })).toEqual([third.partnerId]);
    expect(await list(distributor, { onBehalfAuthorized: 'yes' })).toMatchObject({ status: 400 });
    const page = (await list(distributor, { limit: 2 })).body;
    const rest = (await list(distributor, { limit: 2, cursor: page.nextCursor })).body;
    expect([...page.items, ...rest.items]).toEqual(items);
    expect(await list(await aDistributor(), { cursor: page.nextCursor })).toMatchObject({ status: 400 });
  });

  it('ORG-12: only a distributor has resellers', async () => {
    expect(await list(await aPartner())).toMatchObject({ status: 403, body: { code: 'PARTNER_NOT_ENABLED' } });
    expect(await list(reseller)).toMatchObject({ status: 403, body: { code: 'PARTNER_NOT_ENABLED' } });
  });
});

describe('record-breach', () => {
  const MEASURES = [
    ...['oral-warning', 'written-warning', 'revenue-reduction', 'revenue-cancellation', 'incentive-reduction'],
    ...['incentive-cancellation', 'partner-identity-cancellation', 'compensation-claim', 'legal-action'],
  ];

  it('DEV-141: an operator records every kind of measure, appended and listed newest first', async () => {
    const operator = await anOperator();
    const path = { partnerId: reseller.partnerId };
    const record = (body: object, headers = {}) => invoke(recordBreach, { as: operator, path, body, headers });
    const first = await record({ measures: MEASURES, description: 'Deleted a customer’s disk.' });
    expect(first).toMatchObject({
      status: 201,
      body: { partnerId: reseller.partnerId, measures: MEASURES, recordedBy: operator.operatorId },
    });
    clock.advance({ minutes: 1 });
    const body = { measures: ['oral-warning', 'oral-warning'], description: ' Late report. ' };
    const second = await record(body, { 'idempotency-key': 'b-1' });
    expect(second.body).toMatchObject({ measures: ['oral-warning'], description: 'Late report.' });
    expect((await record(body, { 'idempotency-key': 'b-1' })).body).toEqual(second.body);
    const listed = await invoke(listBreaches, { as: operator, path });
    expect(listed.body.items).toEqual([second.body, first.body]);
    const page = (await invoke(listBreaches, { as: operator, path, query: { limit: 1 } })).body;
    expect(page.items).toEqual([second.body]);
    const query = { limit: 1, cursor: page.nextCursor };
    expect((await invoke(listBreaches, { as: operator, path, query })).body.items).toEqual([first.body]);
    expect(await tracesOf(reseller.partnerId, 'record-breach')).toHaveLength(2);
  });

  it.each([
    { measures: [], description: 'x' },
    { measures: ['fine'], description: 'x' },
    { measures: ['oral-warning'], description: ' ' },
    { measures: ['oral-warning'], description: 'x'.repeat(1_001) },
  ])('DEV-141: %j is refused', async (body) => {
    const path = { partnerId: reseller.partnerId };
    expect(await invoke(recordBreach, { as: await anOperator(), path, body })).toMatchObject({ status: 400 });
  });

  it('DEV-141: about a partner that exists, by operators alone', async () => {
    const body = { measures: ['oral-warning'], description: 'x' };
    const path = { partnerId: reseller.partnerId };
    for (const as of [distributor, reseller])
      expect(await invoke(recordBreach, { as, path, body })).toMatchObject({ body: { code: 'PERMISSION_DENIED' } });
    expect(
      await invoke(recordBreach, { as: await anOperator(), path: { partnerId: 'par_nowhere' }, body }),
    ).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
  });
});
