import { describe, expect, it } from 'vitest';
import { customerOperationFailed, TRACE_NAMES } from '#events/audit.ts';
import { customerAssociated } from '#events/customers.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import { type Instant, instant, plus } from '#lib/shared/time.ts';
import { customerTraceOf, isShown, timePart, traceIdOf } from './customer-trace.ts';
import type { Tracing } from './tracing.ts';

const NOON = instant('2024-09-10T12:00:00Z');
const on: Tracing = { enabled: true, since: NOON, version: 1 };

const associated: ReceivedEvent = {
  id: 'evt_1',
  name: customerAssociated.name,
  occurredAt: NOON,
  actor: { kind: 'operator', id: 'opr_1' },
  sourceIp: '203.0.113.7',
  detail: { customerId: 'cus_1', accountName: 'Atlas', partnerId: 'par_1', type: 'reseller', since: NOON },
};

const failed = (traceName: string, outcome: string): ReceivedEvent => ({
  ...associated,
  name: customerOperationFailed.name,
  detail: { traceName, customerId: 'cus_1', outcome, code: 'SOME_CODE' },
});

const traceOf = (event: ReceivedEvent, now: Instant = NOON) => customerTraceOf(event, on, now);

describe('customerTraceOf', () => {
  it('ORD-152, ORD-171: an association says who did what, from where, to which account', () => {
    const generatedAt = plus(NOON, { seconds: 3 });
    expect(traceOf(associated, generatedAt)).toEqual({
      traceId: traceIdOf('evt_1', NOON),
      customerId: 'cus_1',
      traceName: 'customerEnter',
      traceType: 'ConsoleAction',
      traceSource: 'partner-center',
      traceStatus: 'normal',
      resourceType: 'csbchannelsales',
      resourceId: 'cus_1',
      resourceName: 'Atlas',
      operator: 'opr_1',
      sourceIp: '203.0.113.7',
      operationTime: NOON,
      generatedAt,
      eventId: 'evt_1',
      detail: associated.detail,
    });
  });

  it('ORD-151, ORD-154: nothing without tracing, or with tracing turned off', () => {
    expect(customerTraceOf(associated, undefined, NOON)).toBeUndefined();
    expect(customerTraceOf(associated, { ...on, enabled: false }, NOON)).toBeUndefined();
  });

  it('ORD-155: an operation that is told of after seven days leaves nothing', () => {
    expect(traceOf(associated, plus(NOON, { days: 7, seconds: -1 }))).toBeDefined();
    expect(traceOf(associated, plus(NOON, { days: 7 }))).toBeUndefined();
  });

  it.each([
    ['refused', 'warning'],
    ['failed', 'incident'],
  ])('ORD-156: %s is shown as %s', (outcome, traceStatus) => {
    expect(traceOf(failed('customerEnter', outcome))).toMatchObject({ traceStatus, code: 'SOME_CODE' });
  });

  it.each(TRACE_NAMES)('ORD-152: %s is known', (traceName) => {
    expect(traceOf(failed(traceName, 'refused'))).toMatchObject({ traceName, resourceType: 'csbchannelsales' });
  });

  it('ORD-152: no other operation is', () => {
    expect(TRACE_NAMES).toHaveLength(6);
    expect(() => traceOf(failed('deleteCustomer', 'refused'))).toThrow();
    expect(() => traceOf({ ...associated, name: 'customer.frozen' })).toThrow('no traced operation');
  });

  it('what nobody did, the system did', () => {
    const byJob = { ...associated, actor: { kind: 'system' as const, id: 'system' }, sourceIp: undefined };
    for (const event of [byJob, { ...byJob, actor: undefined }])
      expect(traceOf(event)).toMatchObject({ traceType: 'SystemAction', operator: 'system', sourceIp: undefined });
  });
});

describe('traceIdOf', () => {
  it('is a UUID of version 7 that follows from the event and begins with the time', () => {
    const id = traceIdOf('evt_1', NOON);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(traceIdOf('evt_1', NOON)).toBe(id);
    expect(traceIdOf('evt_2', NOON)).not.toBe(id);
    expect(traceIdOf('evt_0', plus(NOON, { seconds: 1 })) > id).toBe(true);
    expect(id.startsWith(`${timePart(NOON)}-`)).toBe(true);
    expect(timePart(instant('2022-02-22T14:22:22-05:00'))).toBe('017f22e2-79b0'); // the example of RFC 9562
  });
});

describe('isShown', () => {
  it.each([
    ['6 days 23:59:59', { days: 7, seconds: -1 }, true],
    ['exactly 7 days', { days: 7 }, false],
    ['7 days and 1 second', { days: 7, seconds: 1 }, false],
  ])('ORD-155: after %s', (_age, age, expected) => {
    expect(isShown(NOON, plus(NOON, age))).toBe(expected);
  });
});
