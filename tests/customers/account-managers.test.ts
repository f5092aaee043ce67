import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountManagerAssigned, accountManagerUnassigned } from '#events/customers.ts';
import { memberModified } from '#events/organization.ts';
import { queryAll } from '#lib/shared/dynamodb.ts';
import { handler as applyUnassignments } from '../../functions/customers/apply-unassignments.ts';
import { handler as batchAssign } from '../../functions/customers/batch-assign-account-manager.ts';
import { handler as listManagers } from '../../functions/customers/list-account-managers.ts';
import { handler as listAssigned } from '../../functions/customers/list-assigned-customers.ts';
import { handler as listCandidates } from '../../functions/customers/list-assignment-candidates.ts';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import {
  aCustomer,
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
  type TestCustomer,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  assign,
  assignBatch,
  assignedTo,
  attributionOf,
  historyOf,
  modify,
  outcomes,
  pick,
  sees,
  unassign,
} from './managers.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;
let manager: TestMember;
let other: TestMember;

const at = (time: string) => clock.set(`${time}+08:00`);

beforeEach(async () => {
  at('2024-08-01T09:00:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  manager = await aMember({ of: partner, roles: ['account-manager'] });
  other = await aMember({ of: partner, roles: ['account-manager'] });
  at('2024-08-10T10:00:00');
});

const presentItems = async ({ customerId }: TestCustomer) => {
  const items = [];
  for await (const item of queryAll({
    table: 'customers',
    pk: `CUSTOMER#${customerId}`,
    sk: { beginsWith: 'ASSIGNMENT#' },
  }))
    if (!String(item.sk).split('#')[2]) items.push(item);
  return items;
};
const codeOf = ({ body }: { body: { code?: string } }) => body.code;
const idsIn = (body: { items: { customerId: string }[] }) => body.items.map(({ customerId }) => customerId);

describe('assigning', () => {
  it('CUS-040, CUS-183, CUS-186: the member has the customer at once; history, event and trace tell of it', async () => {
    expect(await sees(manager, customer)).toBe(false);
    expect(await assign(partner, customer, manager)).toMatchObject({
      status: 200,
      body: { customerId: customer.customerId, memberId: manager.memberId, status: 'active', endsAt: null },
    });
    expect(await sees(manager, customer)).toBe(true);
    expect(await historyOf(partner, customer)).toMatchObject([
      { memberId: manager.memberId, name: 'M***r', countedFrom: '2024-08-11', endedAt: null, status: 'active' },
    ]);
    const [event] = (await publishedEvents('account-manager.assigned')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(event?.detail).toMatchObject({ memberId: manager.memberId, partnerId: partner.partnerId });
    expect(await tracesOf(partner.partnerId, 'assign-account-manager')).toMatchObject([
      { outcome: 'done', before: null, after: { memberId: manager.memberId } },
    ]);
  });

  it('CUS-191: the member is told inside the product, once', async () => {
    await assign(partner, customer, manager);
    await drain();
    const { body } = await invoke(listMessages, { as: manager });
    expect(body.items).toMatchObject([{ kind: 'account-manager-assigned' }]);
  });

  it('CUS-185, CUS-186, CUS-043, CUS-054, CUS-245: another takes over; the former loses sight at once, both stand in the history', async () => {
    await assign(partner, customer, manager);
    at('2024-08-20T10:00:00');
    expect((await assign(partner, customer, other)).status).toBe(200);
    expect([await sees(manager, customer), await sees(other, customer)]).toEqual([false, true]);
    expect(idsIn(await assignedTo(partner, manager))).toEqual([]);
    expect(await historyOf(partner, customer)).toMatchObject([
      { memberId: other.memberId, status: 'active', countedFrom: '2024-08-21' },
      { memberId: manager.memberId, status: 'ended', countedFrom: '2024-08-11', countedTo: '2024-08-20' },
    ]);
  });

  it('CUS-184: a locked member, one without the role, a stranger’s and an unknown one are refused alike', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const locked = await aMember({ of: partner, roles: ['account-manager'] });
    await modify(partner, locked, { status: 'locked' });
    const foreign = await aMember({ of: await aPartner(), roles: ['account-manager'] });
    for (const member of [finance, locked, foreign, { memberId: 'mem_nobody' }]) {
      const answer = await assign(partner, customer, member);
      expect([answer.status, codeOf(answer)]).toEqual([422, 'NOT_AN_ACCOUNT_MANAGER']);
    }
    const director = await aMember({ of: partner, roles: ['account-director'] });
    expect((await assign(partner, customer, director)).status).toBe(200);
  });

  it('CUS-055: a stranger’s customer is not found, nor is one that has left', async () => {
    const foreign = await aCustomer({ of: await aPartner() });
    for (const each of [foreign, { customerId: 'cus_nobody' }, await aCustomer()])
      expect(await assign(partner, each, manager)).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
  });

  it('CUS-007: Admin, and a director for those it supervises; nobody else', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const supervised = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const second = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    expect((await assign(director, customer, supervised)).status).toBe(404); // nobody of its team has it
    await assign(partner, customer, supervised);
    expect((await assign(director, customer, second)).status).toBe(200);
    expect(codeOf(await assign(director, customer, manager))).toBe('NOT_AN_ACCOUNT_MANAGER');
    expect((await unassign(director, manager, [customer])).status).toBe(404);
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    for (const as of [finance, manager, await anOperator()])
      expect(await assign(as, customer, other)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('CUS-189: distributor and reseller each keep their own', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    const [above, below] = [
      await aMember({ of: distributor, roles: ['account-manager'] }),
      await aMember({ of: reseller, roles: ['account-manager'] }),
    ];
    expect((await assign(distributor, resold, above)).status).toBe(200);
    expect((await assign(reseller, resold, below)).status).toBe(200);
    expect(outcomes(await unassign(reseller, below, [resold]))).toEqual(['ending']);
    expect(await historyOf(distributor, resold)).toMatchObject([{ memberId: above.memberId, status: 'active' }]);
    expect(await historyOf(reseller, resold)).toMatchObject([{ memberId: below.memberId, status: 'ending' }]);
    expect(await historyOf(await anOperator(), resold)).toHaveLength(2); // CUS-013
  });

  it('CUS-186: two assigns at once: one after the other, one holds the customer, the history has both', async () => {
    const answers = await Promise.all([assign(partner, customer, manager), assign(partner, customer, other)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const history = await historyOf(partner, customer);
    expect(history.map(({ status }: { status: string }) => status).sort()).toEqual(['active', 'ended']);
    const holder = history.find(({ status }: { status: string }) => status === 'active');
    expect((await presentItems(customer)).map(({ memberId }) => memberId)).toEqual([holder.memberId]);
    expect([await sees(manager, customer), await sees(other, customer)].filter(Boolean)).toHaveLength(1);
  });

  it('CUS-193: of two who pick a free customer at once, one gets it', async () => {
    const answers = await Promise.all([pick(partner, manager, [customer]), pick(partner, other, [customer])]);
    expect(answers.flatMap(outcomes).sort()).toEqual(['ALREADY_ASSIGNED', 'active']);
  });

  it('CUS-184, CUS-190: who is locked at the same moment holds no active assignment', async () => {
    await Promise.all([assign(partner, customer, manager), modify(partner, manager, { status: 'locked' })]);
    await drain();
    const [last] = await historyOf(partner, customer);
    expect([undefined, 'ending']).toContain(last?.status);
  });
});

describe('batches', () => {
  it('CUS-183, CUS-195: 1 to 100 distinct customers, else BATCH_SIZE', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => ({ customerId: `cus_${i}` }));
    for (const given of [[], ids])
      for (const send of [
        () => assignBatch(partner, given, manager),
        () => pick(partner, manager, given),
        () => unassign(partner, manager, given),
      ])
        expect(await send()).toMatchObject({ status: 422, body: { code: 'BATCH_SIZE', atMost: 100 } });
    const hundred = await assignBatch(partner, [...ids.slice(0, 100), ids[0] as { customerId: string }], manager);
    expect(outcomes(hundred)).toEqual(Array(100).fill('CUSTOMER_NOT_FOUND'));
  });

  it('CUS-055, CUS-183: a stranger’s customer in the middle fails alone and leaves a trace', async () => {
    const [first, foreign, last] = [
      customer,
      await aCustomer({ of: await aPartner() }),
      await aCustomer({ of: partner }),
    ];
    expect(outcomes(await assignBatch(partner, [first, foreign, last], manager))).toEqual([
      'active',
      'CUSTOMER_NOT_FOUND',
      'active',
    ]);
    expect(await sees(manager, foreign)).toBe(false);
    const traces = await tracesOf(partner.partnerId, 'batch-assign-account-manager');
    expect(traces.map(({ outcome, code }) => code ?? outcome)).toEqual(['done', 'CUSTOMER_NOT_FOUND', 'done']);
  });

  it('CUS-193, CUS-194, CUS-200: mixed states, each its own result', async () => {
    const [free, own, ending, others] = [
      customer,
      await aCustomer({ of: partner }),
      await aCustomer({ of: partner }),
      await aCustomer({ of: partner }),
    ];
    await assignBatch(partner, [own, ending], manager);
    await assign(partner, others, other);
    await unassign(partner, manager, [ending]);
    const all = [free, own, ending, others];
    expect(outcomes(await unassign(partner, manager, all))).toEqual([
      'NOT_ASSIGNED',
      'ending',
      'ending',
      'NOT_ASSIGNED',
    ]);
    expect(outcomes(await pick(partner, other, all))).toEqual([
      'active',
      'ALREADY_ASSIGNED',
      'ALREADY_ASSIGNED',
      'ALREADY_ASSIGNED',
    ]);
    expect(outcomes(await assignBatch(partner, all, manager))).toEqual(Array(4).fill('active'));
  });

  it('CUS-020, ORD-07: a repeated request is answered, not carried out again', async () => {
    const request = {
      as: partner,
      body: { customerIds: [customer.customerId], memberId: manager.memberId },
      headers: { 'Idempotency-Key': 'assign-once' },
    };
    const first = await invoke(batchAssign, request);
    await assign(partner, customer, other);
    expect((await invoke(batchAssign, request)).body).toEqual(first.body);
    expect(await sees(other, customer)).toBe(true);
  });

  it('CUS-183: a crash half way leaves whole assignments; the repeated request completes them', async () => {
    const two = [customer, await aCustomer({ of: partner })];
    {
      using _crash = crashAtWrite(2, 'before');
      expect((await assignBatch(partner, two, manager)).status).toBe(500);
    }
    expect([await sees(manager, two[0] as TestCustomer), await sees(manager, two[1] as TestCustomer)]).toEqual([
      true,
      false,
    ]);
    expect(outcomes(await assignBatch(partner, two, manager))).toEqual(['active', 'active']);
    expect(await historyOf(partner, two[0] as TestCustomer)).toHaveLength(1);
  });
});

describe('unassigning', () => {
  beforeEach(async () => {
    await assign(partner, customer, manager);
  });

  it.each([
    ['2024-08-31T23:59:59', '2024-08-31T16:00:00.000Z'],
    ['2024-09-01T00:00:00', '2024-09-30T16:00:00.000Z'], // CUS-199
  ])('CUS-197, CUS-199: asked on %s it takes effect at %s', async (asked, endsAt) => {
    at(asked);
    expect(await unassign(partner, manager, [customer])).toMatchObject({
      body: { results: [{ status: 'done', assignment: 'ending', endsAt }] },
    });
    clock.set(endsAt);
    clock.advance({ seconds: -1 });
    expect(await sees(manager, customer)).toBe(true);
    clock.set(endsAt);
    expect(await sees(manager, customer)).toBe(false);
  });

  it('CUS-041, CUS-042, CUS-198: ends by its time in every view, before any job', async () => {
    await unassign(partner, manager, [customer]);
    expect((await assignedTo(partner, manager)).items).toMatchObject([
      { customerId: customer.customerId, status: 'ending', endsAt: '2024-08-31T16:00:00.000Z' },
    ]);
    at('2024-09-01T00:00:00');
    expect((await assignedTo(partner, manager)).items).toEqual([]);
    expect((await invoke(queryCustomers, { as: manager })).body.items).toEqual([]);
    const managers = (await invoke(listManagers, { as: partner })).body.items;
    expect(managers.find(({ memberId }: TestMember) => memberId === manager.memberId).customers).toBe(0);
    expect(await historyOf(partner, customer)).toMatchObject([
      { status: 'ended', endedAt: '2024-08-31T16:00:00.000Z', countedTo: '2024-08-31' },
    ]);
    expect(outcomes(await pick(partner, other, [customer]))).toEqual(['active']);
    expect((await historyOf(partner, customer))[1]).toMatchObject({ status: 'ended', countedTo: '2024-08-31' });
  });

  it('CUS-258: the job tidies up, in any order and as often as it likes, and changes nothing that was not so', async () => {
    await unassign(partner, manager, [customer]);
    await runSchedule(applyUnassignments, clock.now()); // too early
    await drain();
    expect(await presentItems(customer)).toMatchObject([{ endsAt: '2024-08-31T16:00:00.000Z' }]);
    at('2024-09-01T00:00:00');
    const before = await historyOf(partner, customer);
    for (let i = 0; i < 2; i += 1) {
      await runSchedule(applyUnassignments, '2024-09-01T00:00:00+08:00');
      await drain();
      expect(await presentItems(customer)).toEqual([]);
      expect(await historyOf(partner, customer)).toEqual(before);
    }
    const noted = await tracesOf(partner.partnerId, 'end-assignments');
    expect(noted).toHaveLength(1);
  });

  it('CUS-258: a late job leaves alone who was assigned after the end', async () => {
    await unassign(partner, manager, [customer]);
    at('2024-09-02T10:00:00');
    await assign(partner, customer, manager);
    await runSchedule(applyUnassignments, '2024-09-01T00:00:00+08:00');
    await drain();
    expect(await sees(manager, customer)).toBe(true);
    expect((await historyOf(partner, customer)).map(({ status }: { status: string }) => status)).toEqual([
      'active',
      'ended',
    ]);
  });

  it('CUS-258: the job dies between any two writes; run again, everything is noted', async () => {
    const second = await aCustomer({ of: partner });
    await assign(partner, second, manager);
    await unassign(partner, manager, [customer, second]);
    at('2024-09-01T00:00:00');
    await runSchedule(applyUnassignments, '2024-09-01T00:00:00+08:00');
    {
      using _crash = crashAtWrite(2, 'before');
      await drain();
    }
    await drain();
    expect([...(await presentItems(customer)), ...(await presentItems(second))]).toEqual([]);
    expect(await tracesOf(partner.partnerId, 'end-assignments')).toHaveLength(2);
  });

  it('CUS-187: reassigned while ending: another overrides it, the same one goes on as before', async () => {
    await unassign(partner, manager, [customer]);
    at('2024-08-20T10:00:00');
    expect(await assign(partner, customer, manager)).toMatchObject({ body: { status: 'active', endsAt: null } });
    expect(await historyOf(partner, customer)).toMatchObject([
      { status: 'active', countedFrom: '2024-08-11', countedTo: null },
    ]);
    expect(await presentItems(customer)).toMatchObject([{ memberId: manager.memberId }]);
    expect((await presentItems(customer))[0]).not.toHaveProperty('dueKey');
    await unassign(partner, manager, [customer]);
    await assign(partner, customer, other);
    at('2024-09-01T00:00:00');
    expect([await sees(manager, customer), await sees(other, customer)]).toEqual([false, true]);
  });

  it('CUS-200: one already ending keeps its date, asked again in a later month it is over', async () => {
    await unassign(partner, manager, [customer]);
    at('2024-08-31T23:59:59');
    expect((await unassign(partner, manager, [customer])).body.results[0].endsAt).toBe('2024-08-31T16:00:00.000Z');
    at('2024-09-01T00:00:00');
    expect(outcomes(await unassign(partner, manager, [customer]))).toEqual(['NOT_ASSIGNED']);
  });

  it('CUS-187, CUS-200: unassigned and given to another at once: whoever comes last finds the other’s state', async () => {
    const [gone, given] = await Promise.all([unassign(partner, manager, [customer]), assign(partner, customer, other)]);
    expect(given.status).toBe(200);
    expect(['ending', 'NOT_ASSIGNED']).toContain(outcomes(gone)[0]);
    at('2024-09-01T00:00:00');
    expect(await sees(other, customer)).toBe(true);
  });

  it('CUS-190: locked, or without the role: no access at once, the assignments turn ending', async () => {
    const second = await aCustomer({ of: partner });
    await assign(partner, second, other);
    await modify(partner, manager, { status: 'locked' });
    await modify(partner, other, { roles: ['finance-specialist'] });
    expect((await invoke(queryCustomers, { as: manager })).status).toBe(403);
    await drain();
    for (const each of [customer, second])
      expect(await historyOf(partner, each)).toMatchObject([{ status: 'ending', endsAt: '2024-08-31T16:00:00.000Z' }]);
    at('2024-09-01T00:00:00');
    expect(await historyOf(partner, customer)).toMatchObject([{ status: 'ended' }]);
  });

  it('CUS-190: heard only after the member may manage again, it changes nothing', async () => {
    await modify(partner, manager, { status: 'locked' });
    await modify(partner, manager, { status: 'normal' });
    await drain();
    expect(await historyOf(partner, customer)).toMatchObject([{ status: 'active' }]);
  });
});

describe('lists', () => {
  it('CUS-192: managers with masked name, account name and number of customers; where members are made ones', async () => {
    await assign(partner, customer, manager);
    const { body } = await invoke(listManagers, { as: partner });
    expect(body.items).toHaveLength(2);
    expect(body.items).toContainEqual({
      memberId: manager.memberId,
      name: 'M***r',
      accountName: manager.subject,
      roles: ['account-manager'],
      status: 'normal',
      customers: 1,
    });
    const none = await aPartner();
    expect((await invoke(listManagers, { as: none })).body).toEqual({
      items: [],
      memberManagement: `/v1/partners/${none.partnerId}/members`,
    });
  });

  it('CUS-192, CUS-196: a director finds its team, nobody else', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const supervised = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const { body } = await invoke(listManagers, { as: director });
    expect(body.items.map(({ memberId }: TestMember) => memberId).sort()).toEqual(
      [director.memberId, supervised.memberId].sort(),
    );
    expect((await invoke(listAssigned, { as: director, path: { memberId: manager.memberId } })).status).toBe(404);
  });

  it('CUS-196: the manager’s data and customers with dates, paged', async () => {
    const second = await aCustomer({ of: partner });
    await assign(partner, customer, manager);
    at('2024-08-11T10:00:00');
    await assign(partner, second, manager);
    const page = (query: object) =>
      invoke(listAssigned, { as: partner, path: { memberId: manager.memberId }, query: { limit: 1, ...query } });
    const first = (await page({})).body;
    expect(first).toMatchObject({
      accountManager: { memberId: manager.memberId, name: 'M***r' },
      items: [
        { customerId: second.customerId, customerName: 'C***r', assignedAt: '2024-08-11T02:00:00.000Z', endsAt: null },
      ],
    });
    expect(idsIn((await page({ cursor: first.nextCursor })).body)).toEqual([customer.customerId]);
    const stranger = await aPartner();
    expect((await invoke(listAssigned, { as: stranger, path: { memberId: manager.memberId } })).status).toBe(404);
  });

  it('CUS-193, CUS-194: candidates are those without a manager, unless all are asked for; scopes kept apart', async () => {
    const free = await aCustomer({ of: partner });
    await assign(partner, customer, manager);
    await unassign(partner, manager, [customer]);
    const candidates = async (as: Caller, query = {}) => idsIn((await invoke(listCandidates, { as, query })).body);
    expect(await candidates(partner)).toEqual([free.customerId]);
    expect((await candidates(partner, { unassigned: 'false' })).sort()).toEqual(
      [free.customerId, customer.customerId].sort(),
    );
    at('2024-09-01T00:00:00');
    expect(await candidates(partner)).toContain(customer.customerId);
    expect(await candidates(partner, { scope: 'resellers' })).toEqual([]);
  });
});

describe('attribution', () => {
  it('CUS-201 to CUS-206: computed from the history; a past month stays what it was', async () => {
    await assign(partner, customer, manager);
    at('2024-08-20T10:00:00');
    await assign(partner, customer, other);
    const august = {
      month: '2024-08',
      monthly: other.memberId,
      daily: [
        { memberId: manager.memberId, first: '2024-08-11', last: '2024-08-20' },
        { memberId: other.memberId, first: '2024-08-21', last: '2024-08-31' },
      ],
    };
    expect(await attributionOf(partner, customer, '2024-08')).toEqual(august);
    at('2024-09-15T10:00:00');
    await unassign(partner, other, [customer]);
    await assign(partner, customer, manager);
    expect(await attributionOf(partner, customer, '2024-08')).toEqual(august);
    expect((await attributionOf(partner, customer, '2024-09')).monthly).toBe(manager.memberId);
  });
});

describe('event samples', () => {
  it.each([accountManagerAssigned, accountManagerUnassigned, memberModified])('CUS-191: $name', ({ name, detail }) => {
    const file = new URL(`../../events/samples/${name}.v1.json`, import.meta.url);
    const sample: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(detail.parse(sample)).toEqual(sample);
  });
});
