import { expect, it } from 'vitest';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { handler as listDetails } from '../../functions/expenditures/list-expenditure-details.ts';
import { anInvited, enable, registered } from '../customer-development/association-story.ts';
import { assign, attributionOf, historyOf, outcomes, pick, sees, unassign } from '../customers/managers.ts';
import { aCustomer, aMember, aPartner, clock, drain, invoke, useStack } from '../support/index.ts';

useStack();

const at = (time: string) => clock.set(`${time}+08:00`);

async function world() {
  at('2024-08-01T09:00:00');
  const partner = await aPartner();
  const [M, N] = [
    await aMember({ of: partner, roles: ['account-manager'] }),
    await aMember({ of: partner, roles: ['account-manager'] }),
  ];
  const C = await aCustomer({ of: partner });
  at('2024-08-10T10:00:00');
  expect((await assign(partner, C, M)).status).toBe(200);
  return { partner, M, N, C };
}

it('CUS example 25: assigned on Aug 10, M sees C at once; days count from Aug 11, the monthly view from Aug 1', async () => {
  const { partner, M, C } = await world();
  expect(await sees(M, C)).toBe(true);
  expect(await attributionOf(partner, C, '2024-08')).toMatchObject({
    monthly: M.memberId,
    daily: [{ memberId: M.memberId, first: '2024-08-11', last: '2024-08-31' }],
  });
  expect(await attributionOf(partner, C, '2024-07')).toMatchObject({ monthly: null, daily: [] });
});

it('CUS example 26: unassigned on Aug 15, M has C until Aug 31 24:00; N cannot pick C before', async () => {
  const { partner, M, N, C } = await world();
  at('2024-08-15T10:00:00');
  expect(outcomes(await unassign(partner, M, [C]))).toEqual(['ending']);
  at('2024-08-20T10:00:00');
  expect(outcomes(await pick(partner, N, [C]))).toEqual(['ALREADY_ASSIGNED']);
  at('2024-08-31T23:59:59');
  expect(await sees(M, C)).toBe(true);
  at('2024-09-01T00:00:00');
  expect(await sees(M, C)).toBe(false);
  expect((await attributionOf(partner, C, '2024-08')).daily).toEqual([
    { memberId: M.memberId, first: '2024-08-11', last: '2024-08-31' },
  ]);
  expect(await attributionOf(partner, C, '2024-09')).toMatchObject({ monthly: null, daily: [] });
});

it('CUS example 27, CUS-188: invited by M, the customer is assigned to M on association', async () => {
  at('2024-08-10T10:00:00');
  const partner = await aPartner();
  const M = await aMember({ of: partner, roles: ['account-manager'] });
  const { token, email } = await anInvited(M);
  const customer = await registered(token, email);
  await enable(token, customer);
  await drain();
  const { items } = (await invoke(queryCustomers, { as: M })).body;
  expect(items).toHaveLength(1);
  expect(await historyOf(partner, items[0])).toMatchObject([
    { memberId: M.memberId, assignedBy: 'invitation', countedFrom: '2024-08-11', status: 'active' },
  ]);
});

it('CUS-207: an account manager reads the expenditures of its own customers, of no others', async () => {
  const { M, N, C } = await world();
  const read = (as: typeof M) => invoke(listDetails, { as, query: { customerId: C.customerId, cycle: '2024-08' } });
  expect((await read(M)).status).toBe(200);
  expect((await read(N)).status).toBe(404);
});
