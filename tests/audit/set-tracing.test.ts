import { beforeEach, describe, expect, it } from 'vitest';
import { handler as getTracing } from '../../functions/audit/get-tracing.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  clock,
  invoke,
  type TestCustomer,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { turn } from './tracing.ts';

useStack();

let customer: TestCustomer;
const NOW = '2024-09-10T02:00:00.000Z';

beforeEach(async () => {
  clock.set(NOW);
  customer = await aCustomer();
});

const state = async (as = customer) => (await invoke(getTracing, { as })).body;
const turns = async () =>
  (await tracesOf('platform', 'set-tracing')).filter(({ actorId }) => actorId === customer.customerId);

describe('set-tracing', () => {
  it('ORD-151: is off until the customer turns it on', async () => {
    expect(await state()).toEqual({ enabled: false });
    expect(await turn(customer, true)).toMatchObject({ status: 200, body: { enabled: true, since: NOW } });
    expect(await state()).toEqual({ enabled: true, since: NOW });
  });

  it('ORD-151: turned twice is turned once, and says since when', async () => {
    await turn(customer, true);
    clock.advance({ hours: 1 });
    expect(await turn(customer, true)).toMatchObject({ status: 200, body: { enabled: true, since: NOW } });
    expect(await turns()).toMatchObject([{ outcome: 'done', before: { enabled: false }, after: { enabled: true } }]);
  });

  it('ORD-151: turned off before it was ever on changes nothing', async () => {
    expect(await turn(customer, false)).toMatchObject({ status: 200, body: { enabled: false } });
    expect(await turns()).toEqual([]);
  });

  it('ORD-151: two turns at the same time are one turn', async () => {
    const answers = await Promise.all([turn(customer, true), turn(customer, true), turn(customer, true)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await turns()).toHaveLength(1);
  });

  it('ORD-08: one customer does not turn the switch of another', async () => {
    const other = await aCustomer();
    await turn(other, true);
    expect(await state()).toEqual({ enabled: false });
    expect(await state(other)).toMatchObject({ enabled: true });
  });

  it('ORD-151: partners and operators do not turn it', async () => {
    for (const as of [await aMember({ of: await aPartner() }), await anOperator()])
      expect(await turn(as, true)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });
});
