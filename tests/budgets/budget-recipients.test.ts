import { beforeEach, describe, expect, it } from 'vitest';
import { recipientsAt } from '#lib/budgets/index.ts';
import { handler as add } from '../../functions/budgets/add-budget-recipient.ts';
import { handler as list } from '../../functions/budgets/list-budget-recipients.ts';
import { handler as remove } from '../../functions/budgets/remove-budget-recipient.ts';
import { aMember, aPartner, type Caller, clock, invoke, type TestPartner, useStack } from '../support/index.ts';

useStack();

let partner: TestPartner;
beforeEach(async () => {
  partner = await aPartner();
});

const addTo = (as: Caller, email: string, fields: object = {}) =>
  invoke(add, { as, body: { name: 'Rita Recipient', email, phone: '+6591234567', ...fields } });
const listed = async (as: Caller) => (await invoke(list, { as })).body.items;

describe('budget recipients', () => {
  it('CUS-121: name, e-mail and phone; the last two masked in every answer', async () => {
    const answer = await addTo(partner, 'rita.recipient@example.com');
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'Rita Recipient', email: 'rita***@example.com', phone: '+65****4567', addedAt: clock.now() },
    });
    expect(await listed(partner)).toEqual([answer.body]);
  });

  it('CUS-122: the same e-mail address twice is RECIPIENT_EXISTS, in capitals too', async () => {
    await addTo(partner, 'rita@example.com');
    for (const email of ['rita@example.com', 'RITA@example.com'])
      expect(await addTo(partner, email)).toMatchObject({ status: 409, body: { code: 'RECIPIENT_EXISTS' } });
  });

  it('CUS-122: twenty are taken, the twenty-first is not, and a removed one makes room', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 20; i += 1) ids.push((await addTo(partner, `r${i}@example.com`)).body.recipientId);
    expect(await addTo(partner, 'r20@example.com')).toMatchObject({ status: 422, body: { code: 'RECIPIENT_LIMIT' } });
    const recipientId = ids[7] ?? '';
    expect(await invoke(remove, { as: partner, path: { recipientId } })).toMatchObject({ status: 204 });
    expect((await addTo(partner, 'r20@example.com')).status).toBe(201);
    expect(await listed(partner)).toHaveLength(20);
  });

  it('CUS-122: of many additions at once no more than twenty stay', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => addTo(partner, `r${i}@example.com`)));
    expect(answers.filter(({ status }) => status === 201).length).toBe((await listed(partner)).length);
    expect((await listed(partner)).length).toBeLessThanOrEqual(20);
  });

  it('CUS-006: distributor and reseller keep lists of their own; nobody removes from another list', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const { body } = await addTo(distributor, 'rita@example.com');
    expect((await addTo(reseller, 'rita@example.com')).status).toBe(201);
    for (const stranger of [reseller, partner]) {
      expect(await invoke(remove, { as: stranger, path: { recipientId: body.recipientId } })).toMatchObject({
        status: 404,
        body: { code: 'RECIPIENT_NOT_FOUND' },
      });
    }
    expect(await listed(distributor)).toHaveLength(1);
    expect(await listed(partner)).toEqual([]);
  });

  it('CUS-006: admin and finance specialist maintain the list, others do not', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect((await addTo(finance, 'rita@example.com')).status).toBe(201);
    for (const role of ['account-director', 'account-manager'] as const) {
      const member = await aMember({ of: partner, roles: [role] });
      expect(await addTo(member, 'x@example.com')).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
      expect((await invoke(list, { as: member })).status).toBe(403);
      expect((await invoke(remove, { as: member, path: { recipientId: 'brc_1' } })).status).toBe(403);
    }
  });

  it('CUS-121: bad fields are named all at once', async () => {
    const answer = await addTo(partner, 'no address', { phone: '123', name: '' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/email',
      '/name',
      '/phone',
    ]);
  });

  it('CUS-123: gets the notices from the moment of adding on, none from before', async () => {
    const before = clock.now();
    clock.advance({ minutes: 1 });
    const { body } = await addTo(partner, 'rita@example.com');
    expect(await recipientsAt(partner.partnerId, before)).toEqual([]);
    expect(await recipientsAt(partner.partnerId, body.addedAt)).toMatchObject([{ email: 'rita@example.com' }]);
  });
});
