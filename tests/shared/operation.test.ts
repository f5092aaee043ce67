import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineErrors, Refusal } from '#lib/shared/errors.ts';
import { claimKey } from '#lib/shared/idempotency.ts';
import { newId } from '#lib/shared/ids.ts';
import { operation } from '#lib/shared/operation.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { anOperator, clock, invoke, useStack } from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

const errors = defineErrors({ NOT_TODAY: { status: 422, message: 'Not today.' } });
let runs = 0;
/** What a slow run waits for, so that a test decides what comes while it is under way. */
let gate: PromiseWithResolvers<void> = Promise.withResolvers();

/** A money-moving operation in small: every run leaves one item, so two runs are two items. */
const transfer = operation({
  name: 'test-transfer',
  summary: 'Moves an amount.',
  rules: 'ORG-173',
  route: 'POST /v1/test-transfers',
  actors: ['operator'],
  body: z.object({ amount: z.string(), mood: z.enum(['fine', 'refused', 'broken', 'lost', 'slow']).default('fine') }),
  response: z.object({ transferId: z.string() }),
  status: 201,
  errors: [errors.NOT_TODAY],
  run: async ({ body, now }) => {
    runs += 1;
    if (body.mood === 'refused') throw new Refusal(errors.NOT_TODAY, { until: 'tomorrow' });
    if (body.mood === 'broken') throw new Error('secret detail of the storage');
    if (body.mood === 'lost') throw new ConditionFailed(new Map());
    if (body.mood === 'slow') await gate.promise;
    const transferId = newId('trf', now);
    await transact({
      writes: [{ table: 'platform', put: { pk: `TRANSFER#${transferId}`, sk: 'TRANSFER', amount: body.amount } }],
      trace: { after: body },
    });
    return { transferId, internal: 'must not leave' };
  },
});

const send = async (as: { subject: string }, body: unknown, key?: string) =>
  invoke(transfer, { as, body, headers: key ? { 'Idempotency-Key': key } : {} });

describe('an operation', () => {
  it('ORG-173: what the contract does not name does not leave; the request id always does', async () => {
    const answer = await send(await anOperator(), { amount: '1.00' });
    expect(Object.keys(answer.body)).toEqual(['transferId']);
    expect(answer.headers['x-request-id']).toBeTruthy();
  });

  it('CUS-066: a refusal is a problem document with its code and details', async () => {
    const answer = await send(await anOperator(), { amount: '1.00', mood: 'refused' });
    expect(answer).toMatchObject({
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'urn:partner-center:problem:not-today',
        title: 'Not today',
        code: 'NOT_TODAY',
        status: 422,
        until: 'tomorrow',
      },
    });
  });

  it('CUS-020: refusals and failures leave a trace with the acting person', async () => {
    const operator = await anOperator();
    await send(operator, { amount: '1.00', mood: 'refused' });
    clock.advance({ seconds: 1 });
    await send(operator, { amount: '1.00', mood: 'broken' });
    const traces = (await tracesOf('platform', 'test-transfer')).filter(
      (trace) => trace.actorId === operator.operatorId,
    );
    expect(traces).toMatchObject([
      { outcome: 'refused', code: 'NOT_TODAY' },
      { outcome: 'failed', code: 'INTERNAL_ERROR' },
    ]);
  });

  it('ORG-173: a fault of ours is a blank 500', async () => {
    const answer = await send(await anOperator(), { amount: '1.00', mood: 'broken' });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('ORG-173: a lost race that nobody foresaw is a conflict, not a fault', async () => {
    expect(await send(await anOperator(), { amount: '1.00', mood: 'lost' })).toMatchObject({
      status: 409,
      body: { code: 'CONCURRENT_CHANGE' },
    });
  });

  it.each([
    ['not json at all', ['']],
    [{}, ['/amount']],
    [[1], ['']],
    [{ amount: 1, mood: 'odd' }, ['/amount', '/mood']],
    [{ amout: '1.00' }, ['/amount', '/amout']],
    [{ amount: '1.00', expectedVersion: 1 }, ['/expectedVersion']],
  ])('ORG-173: body %j names %j', async (body, pointers) => {
    const before = runs;
    const answer = await send(await anOperator(), body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual(pointers);
    expect(runs).toBe(before);
  });
});

/** A list in small, with a parameter that takes several values. */
const listTransfers = operation({
  name: 'list-test-transfers',
  summary: 'Lists amounts.',
  rules: 'ORG-173',
  route: 'GET /v1/test-transfers',
  actors: ['operator'],
  query: z.object({
    customerId: z.string().optional(),
    limit: z.coerce.number().default(50),
    moods: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(['fine', 'slow'])))
      .optional(),
  }),
  response: z.object({ query: z.unknown() }),
  errors: [],
  run: async ({ query }) => ({ query }),
});

const closeBook = operation({
  name: 'close-test-book',
  summary: 'Takes nothing.',
  rules: 'ORG-173',
  route: 'POST /v1/test-books/{bookId}/close',
  actors: ['operator'],
  response: z.object({ closed: z.literal(true) }),
  errors: [],
  run: async () => ({ closed: true }),
});

describe('what an operation does not declare', () => {
  it.each([
    ['custmerId=x', ['query/custmerId']],
    ['custmerId=x&limit=many', ['query/limit', 'query/custmerId']],
    ['customerId=a&customerId=b', ['query/customerId']],
    ['limit=1&limit=2', ['query/limit']],
    ['CustomerId=x&__proto__=y', ['query/CustomerId', 'query/__proto__']],
  ])('ORG-173: ?%s is refused and named: %j', async (rawQuery, pointers) => {
    const answer = await invoke(listTransfers, { as: await anOperator(), rawQuery });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual(pointers);
  });

  it('ORG-173: a parameter that takes several values may be repeated', async () => {
    const answer = await invoke(listTransfers, { as: await anOperator(), rawQuery: 'moods=fine&moods=slow' });
    expect(answer).toMatchObject({ status: 200, body: { query: { moods: ['fine', 'slow'] } } });
  });

  it.each([
    [{ query: { force: 'true' }, body: { force: true } }, ['query/force', '/force']],
    [{ body: [] }, ['']],
    [{ body: 'force' }, ['']],
  ])('ORG-173: an operation that takes nothing refuses %j', async (given, pointers) => {
    const answer = await invoke(closeBook, { as: await anOperator(), path: { bookId: 'x' }, ...given });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toEqual(pointers);
  });

  it.each([{}, { body: {} }, { headers: { 'If-Match': '"7"' } }])(
    'ORG-173: an operation that takes nothing runs with %j',
    async (given) => {
      const answer = await invoke(closeBook, { as: await anOperator(), path: { bookId: 'x' }, ...given });
      expect(answer).toMatchObject({ status: 200, body: { closed: true } });
    },
  );

  it('ORG-173: it is no matter of those who may not call', async () => {
    expect(await invoke(listTransfers, { query: { custmerId: 'x' } })).toMatchObject({ status: 401 });
  });
});

describe('an Idempotency-Key', () => {
  it('ORD-07: the same request again gets the same answer and runs once', async () => {
    const operator = await anOperator();
    const before = runs;
    const first = await send(operator, { amount: '5.00' }, 'key-1');
    const second = await send(operator, { amount: '5.00' }, 'key-1');
    expect(second).toMatchObject({ status: 201, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    expect(runs).toBe(before + 1);
  });

  it('ORD-07: the key with another body is refused', async () => {
    const operator = await anOperator();
    await send(operator, { amount: '5.00' }, 'key-1');
    expect(await send(operator, { amount: '6.00' }, 'key-1')).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('ORD-07: two at once run once', async () => {
    const operator = await anOperator();
    const before = runs;
    gate = Promise.withResolvers();
    const answers: Awaited<ReturnType<typeof send>>[] = [];
    const all = [1, 2, 3].map(async () => {
      answers.push(await send(operator, { amount: '5.00', mood: 'slow' }, 'key-1'));
      if (answers.length === 2) gate.resolve(); // the third is the one that runs: it waits here
    });
    await Promise.all(all);
    expect(runs).toBe(before + 1);
    expect(answers.map((answer) => answer.status)).toEqual([409, 409, 201]);
    expect(answers[0]?.body.code).toBe('REQUEST_IN_PROGRESS');
  });

  it('ORD-07: after a refusal the key is free again', async () => {
    const operator = await anOperator();
    expect((await send(operator, { amount: '5.00', mood: 'refused' }, 'key-1')).status).toBe(422);
    expect((await send(operator, { amount: '5.00' }, 'key-1')).status).toBe(201);
  });

  it("ORD-07: keys of two callers are two keys, and a key's form is checked", async () => {
    const [a, b] = [await anOperator(), await anOperator()];
    const first = await send(a, { amount: '5.00' }, 'key-1');
    expect((await send(b, { amount: '5.00' }, 'key-1')).body.transferId).not.toBe(first.body.transferId);
    expect(await send(a, { amount: '5.00' }, 'with space')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: 'header/Idempotency-Key' }] },
    });
  });

  it('ORD-07: a change that was committed before a crash is never made again', async () => {
    const now = clock.now();
    const claimed = await claimKey('crash', 'digest', 'first', now);
    if (!('applied' in claimed)) throw new Error('the key was taken');
    await transact({ writes: [claimed.applied] }); // committed; then the process dies before it keeps the answer
    clock.advance({ minutes: 5 });
    await expect(claimKey('crash', 'digest', 'second', clock.now())).rejects.toMatchObject({
      definition: { code: 'REQUEST_ALREADY_APPLIED' },
    });
  });

  it('ORD-07: a claim whose process died before the commit is taken over after a minute, by one', async () => {
    await claimKey('died', 'digest', 'first', clock.now());
    await expect(claimKey('died', 'digest', 'second', clock.now())).rejects.toMatchObject({
      definition: { code: 'REQUEST_IN_PROGRESS' },
    });
    clock.advance({ seconds: 61 });
    const attempts = await Promise.allSettled(
      ['a', 'b'].map((claim) => claimKey('died', 'digest', claim, clock.now())),
    );
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
  });
});
