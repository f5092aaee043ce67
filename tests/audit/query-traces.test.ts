import { beforeEach, describe, expect, it } from 'vitest';
import { customerOperationFailed } from '#events/audit.ts';
import { plus } from '#lib/shared/time.ts';
import sample from '../../events/samples/customer-operation.failed.v1.json' with { type: 'json' };
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  clock,
  drain,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { associate, type Criteria, isAssociated, query, shown, single, turn } from './tracing.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  customer = await aCustomer();
});

/** A traced association, then a refused one. */
async function traced() {
  const as = await anOperator();
  await turn(customer, true);
  await associate(customer, partner, { as });
  clock.advance({ seconds: 1 });
  const refused = await associate(customer, partner, { as });
  return { operator: as.operatorId, refused };
}

describe('query-traces', () => {
  it('ORD-152, ORD-156, ORD-162: newest first, the refused request as a warning', async () => {
    const { operator, refused } = await traced();
    expect(refused).toMatchObject({ status: 409, body: { code: 'ALREADY_ASSOCIATED' } });
    const columns = {
      traceName: 'customerEnter',
      resourceType: 'csbchannelsales',
      traceSource: 'partner-center',
      resourceId: customer.customerId,
      operator,
    };
    const now = clock.now();
    expect((await query(customer)).body).toEqual({
      items: [
        { ...columns, traceId: expect.any(String), traceStatus: 'warning', operationTime: now },
        {
          ...columns,
          traceId: expect.any(String),
          resourceName: customer.accountName,
          traceStatus: 'normal',
          operationTime: plus(now, { seconds: -1 }),
        },
      ],
    });
  });

  it('ORD-156: what tells of a refusal keeps its contract', async () => {
    await traced();
    const [told] = (await publishedEvents('customer-operation.failed')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(customerOperationFailed.detail.parse(told?.detail)).toEqual({ ...sample, customerId: customer.customerId });
    expect(customerOperationFailed.detail.parse(sample)).toEqual(sample);
  });

  it.each([
    ['the trace type', { traceType: 'ConsoleAction' }, { traceType: 'SystemAction' }],
    ['the source', { traceSource: 'partner-center' }, { traceSource: 'elsewhere' }],
    ['the resource type', { resourceType: 'csbchannelsales' }, { resourceType: 'ecs' }],
    ['the trace name', { traceName: 'customerEnter' }, { traceName: 'applyPartnerPayment' }],
  ])('ORD-170: picks by %s', async (_criterion, all, none) => {
    await traced();
    expect(await shown(customer, all)).toHaveLength(2);
    expect(await shown(customer, none)).toEqual([]);
  });

  it('ORD-170: picks by resource, operator and status, exactly', async () => {
    const { operator } = await traced();
    const half = customer.accountName.slice(0, -1);
    expect(await shown(customer, { resourceName: customer.accountName })).toEqual([['customerEnter', 'normal']]);
    expect(await shown(customer, { resourceName: half })).toEqual([]);
    expect(await shown(customer, { resourceId: customer.customerId })).toHaveLength(2);
    expect(await shown(customer, { operator })).toHaveLength(2);
    expect(await shown(customer, { operator: 'opr_other' })).toEqual([]);
    expect(await shown(customer, { traceStatus: 'incident' })).toEqual([]);
  });

  it('ORD-170: criteria combine with AND', async () => {
    const { operator } = await traced();
    expect(await shown(customer, { operator, traceStatus: 'warning' })).toEqual([['customerEnter', 'warning']]);
    expect(await shown(customer, { traceStatus: 'warning', resourceName: customer.accountName })).toEqual([]);
  });

  it('ORD-170: searches by one of name, resource id and resource name, among the known names', async () => {
    await turn(customer, true);
    const refused = { status: 400, body: { code: 'INPUT_INVALID' } };
    expect(await query(customer, { traceName: 'customerEnter', resourceId: 'x' })).toMatchObject(refused);
    expect(await query(customer, { traceName: 'deleteCustomer' })).toMatchObject(refused);
    expect(await query(customer, { region: 'eu-west' })).toMatchObject(refused); // no criterion
  });

  it('ORD-169: the last hour by default, a day, a week, or from and to', async () => {
    await turn(customer, true);
    await associate(customer, partner);
    const at = clock.now();
    const found = async (criteria = {}) => (await shown(customer, criteria)).length;

    clock.advance({ hours: 1 });
    expect(await found()).toBe(1);
    clock.advance({ seconds: 1 });
    expect([await found(), await found({ range: 'last-day' })]).toEqual([0, 1]);
    clock.advance({ days: 1 });
    expect([await found({ range: 'last-day' }), await found({ range: 'last-week' })]).toEqual([0, 1]);
    expect(await found({ from: at, to: at })).toBe(1);
    expect(await found({ from: plus(at, { seconds: 1 }) })).toBe(0);
    expect(await found({ from: plus(at, { seconds: -2 }), to: plus(at, { seconds: -1 }) })).toBe(0);
  });

  it('ORD-169: RANGE_TOO_OLD for a beginning more than seven days ago', async () => {
    await turn(customer, true);
    const border = plus(clock.now(), { days: -7 });
    expect(await query(customer, { from: border })).toMatchObject({ status: 200, body: { items: [] } });
    expect(await query(customer, { from: border, to: border })).toMatchObject({ status: 200, body: { items: [] } });
    expect(await query(customer, { from: plus(border, { seconds: -1 }) })).toMatchObject({
      status: 422,
      body: { code: 'RANGE_TOO_OLD' },
    });
  });

  it('ORD-169: a range that ends before it begins, or has two forms, is refused', async () => {
    const now = clock.now();
    const requests: Criteria[] = [
      { from: now, to: plus(now, { seconds: -1 }) },
      { range: 'last-day', from: now },
      { from: 'yesterday' },
    ];
    for (const each of requests)
      expect(await query(customer, each)).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });

  it('ORD-151: TRACING_NOT_ENABLED while it was never on, and seven days after it was turned off', async () => {
    const refused = { status: 409, body: { code: 'TRACING_NOT_ENABLED' } };
    expect(await query(customer)).toMatchObject(refused);
    await turn(customer, true);
    await associate(customer, partner);
    await turn(customer, false);
    clock.advance({ days: 7, seconds: -1 });
    expect(await shown(customer, { range: 'last-week' })).toEqual([['customerEnter', 'normal']]);
    clock.advance({ seconds: 1 });
    expect(await query(customer)).toMatchObject(refused);
  });

  it('ORD-162: pages by cursor without gap or repetition, filtered or not', async () => {
    await turn(customer, true);
    for (let i = 0; i < 7; i += 1) {
      clock.advance({ seconds: 1 });
      if (i % 2 === 0) await isAssociated(customer);
      else await isAssociated({ ...customer, accountName: 'another' });
    }
    await drain();
    const lists: [Criteria, number][] = [
      [{}, 7],
      [{ resourceName: customer.accountName }, 4],
    ];
    for (const [criteria, length] of lists) {
      const all = (await query(customer, criteria)).body.items;
      expect(all).toHaveLength(length);
      const paged: unknown[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await query(customer, { ...criteria, limit: 2, ...(cursor ? { cursor } : {}) });
        paged.push(...body.items);
        cursor = body.nextCursor;
      } while (cursor);
      expect(paged).toEqual(all);
    }
  });

  it('ORD-162: a cursor whose position has left the moving range ends the list', async () => {
    await turn(customer, true);
    for (let i = 0; i < 3; i += 1) {
      clock.advance({ seconds: 1 });
      await isAssociated(customer);
    }
    await drain();
    const { nextCursor } = (await query(customer, { limit: 1 })).body;
    clock.advance({ hours: 2 });
    expect((await query(customer, { limit: 1, cursor: nextCursor })).body).toEqual({ items: [] });
  });

  it('ORD-162: CURSOR_INVALID for a cursor of other criteria, of another customer or made up', async () => {
    await traced();
    const other = await aCustomer();
    await turn(other, true);
    const { nextCursor: cursor } = (await query(customer, { limit: 1 })).body;
    const answers = [
      await query(customer, { limit: 1, cursor, traceStatus: 'normal' }),
      await query(other, { limit: 1, cursor }),
      await query(customer, { cursor: 'made.up' }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it('ORD-154: a trace belongs to its customer alone; partners and operators have no part in it', async () => {
    await traced();
    const other = await aCustomer();
    await turn(other, true);
    expect(await shown(other)).toEqual([]);
    for (const as of [await aMember({ of: partner }), await anOperator()])
      expect(await query(as)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });
});

describe('get-trace', () => {
  it('ORD-171: adds trace type, source IP address, generation time and the full record', async () => {
    const as = await anOperator();
    await turn(customer, true);
    await associate(customer, partner, { as, drained: false });
    const operationTime = clock.now();
    clock.advance({ seconds: 5 });
    await drain();
    const [{ traceId }] = (await query(customer)).body.items;
    const { status, body } = await single(customer, traceId);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      traceId,
      traceType: 'ConsoleAction',
      operator: as.operatorId,
      sourceIp: expect.stringMatching(/^[0-9.]+$/),
      operationTime,
      generatedAt: clock.now(),
      record: { traceId, customerId: customer.customerId, detail: { partnerId: partner.partnerId, type: 'reseller' } },
    });
    expect((await query(customer)).body.items[0]).not.toHaveProperty('sourceIp');
  });

  it('ORD-155: is there for 6 days 23:59:59, and not at exactly 7 days, though it is still stored', async () => {
    await turn(customer, true);
    await associate(customer, partner);
    const [{ traceId }] = (await query(customer)).body.items;
    clock.advance({ days: 7, seconds: -1 });
    expect(await single(customer, traceId)).toMatchObject({ status: 200 });
    expect(await shown(customer, { range: 'last-week' })).toHaveLength(1);
    clock.advance({ seconds: 1 });
    expect(await single(customer, traceId)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await shown(customer, { range: 'last-week' })).toEqual([]);
  });

  it("ORD-08: another customer's trace cannot be told from a missing one", async () => {
    await traced();
    const [{ traceId }] = (await query(customer)).body.items;
    const other = await aCustomer();
    await turn(other, true);
    for (const answer of [await single(other, traceId), await single(customer, 'no-such-trace')])
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    for (const as of [await aMember({ of: partner }), await anOperator()])
      expect(await single(as, traceId)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });
});
