import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as reveal } from '../../functions/groups/reveal-group-field.ts';
import { handler as update } from '../../functions/groups/update-group.ts';
import { handler as getMe } from '../../functions/organization/get-me.ts';
import {
  aCustomer,
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
import {
  accountsIn,
  activateGroup,
  aGroup,
  assigned,
  code,
  createGroup,
  deactivateGroup,
  deleteGroup,
  listGroups,
  readGroup,
  usageOf,
} from './world.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
});

const updateGroup = (as: Caller, groupId: string, body: object) => invoke(update, { as, path: { groupId }, body });

describe('create-group', () => {
  it('CUS-218, CUS-219: a new group is inactive, empty and masked', async () => {
    const { status, body } = await createGroup(partner, { name: 'Hospitals' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'customer',
      parentId: partner.partnerId,
      name: 'Hospitals',
      status: 'inactive',
      members: 0,
      state: null,
      account: { contactName: 'G***p', email: 'gre***@example.com', phone: '+65****4567', countryRegion: 'SG' },
    });
    expect((await listGroups(partner)).body.items).toMatchObject([{ groupId: body.groupId }]);
  });

  it('CUS-218: the name is unique among siblings, whatever its case, and free for others', async () => {
    await aGroup(partner, { name: 'Hospitals' });
    expect(await createGroup(partner, { name: ' HOSPITALS ' })).toMatchObject({
      status: 409,
      body: { code: 'GROUP_NAME_TAKEN' },
    });
    expect(await createGroup(await aPartner(), { name: 'Hospitals' })).toMatchObject({ status: 201 });
  });

  it('CUS-218: two groups of one name at once are one', async () => {
    const answers = await Promise.all([createGroup(partner, { name: 'Twin' }), createGroup(partner, { name: 'Twin' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await listGroups(partner)).body.items).toHaveLength(1);
  });

  it('CUS-224: the 201st group is one too many, also when it comes at once with the 200th', async () => {
    for (let done = 0; done < 199; done += 20)
      await Promise.all(Array.from({ length: Math.min(20, 199 - done) }, () => aGroup(partner)));
    const answers = await Promise.all([createGroup(partner), createGroup(partner)]);
    expect(answers.map((answer) => code(answer) ?? answer.status).sort()).toEqual([201, 'GROUP_LIMIT']);
    const first = await listGroups(partner, { limit: 100 });
    const second = await listGroups(partner, { limit: 100, cursor: first.body.nextCursor });
    const ids = [...first.body.items, ...second.body.items].map(({ groupId }: { groupId: string }) => groupId);
    expect(new Set(ids).size).toBe(200);
    expect(second.body.nextCursor).toBeUndefined();
    expect(await deleteGroup(partner, String(ids[0]))).toMatchObject({ status: 204 });
    expect(await createGroup(partner)).toMatchObject({ status: 201 });
  }, 60_000);

  it('CUS-011, CUS-012: who may make which group', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const director = await aMember({ of: distributor, roles: ['account-director'] });
    const both = await aMember({ of: distributor, roles: ['account-director', 'finance-specialist'] });
    const manager = await aMember({ of: distributor, roles: ['account-manager'] });
    const operator = await anOperator();
    const outcome = async (as: Caller, kind: string) => {
      const answer = await createGroup(as, { kind });
      return code(answer) ?? answer.body.parentId;
    };
    expect(await outcome(director, 'customer')).toBe(distributor.partnerId);
    expect(await outcome(director, 'partner')).toBe('PERMISSION_DENIED');
    expect(await outcome(both, 'partner')).toBe('PERMISSION_DENIED');
    expect(await outcome(manager, 'customer')).toBe('PERMISSION_DENIED');
    expect(await outcome(distributor, 'partner')).toBe(distributor.partnerId);
    expect(await outcome(partner, 'partner')).toBe('PARTNER_NOT_ENABLED');
    expect(await outcome(operator, 'partner')).toBe('platform');
    expect(await outcome(operator, 'customer')).toBe('PERMISSION_DENIED');
  });

  it('CUS-218: a repeated request makes one group; bad fields are named at once', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const [first, again] = [
      await createGroup(partner, { name: 'Once' }, headers),
      await createGroup(partner, { name: 'Once' }, headers),
    ];
    expect(again.body).toEqual(first.body);
    const bad = await createGroup(partner, { name: '', account: { email: 'x' } });
    expect(bad.status).toBe(400);
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/name', '/account/email', '/account/phone']),
    );
  });
});

describe('the sign-in of a group', () => {
  it('CUS-011, CUS-219, CUS-046: its account signs in only while the group is active, and sees that group alone', async () => {
    const subject = `group-${randomUUID()}`;
    const user = { subject };
    const customer = await aCustomer({ of: partner });
    const groupId = await aGroup(partner, { subject });
    const other = await aGroup(partner);
    await assigned(partner, groupId, customer.customerId); // before activation
    expect(code(await readGroup(user, groupId))).toBe('SIGN_IN_LOCKED');
    expect(code(await invoke(getMe, { as: user }))).toBe('SIGN_IN_LOCKED');

    expect(await activateGroup(partner, groupId)).toMatchObject({ status: 200, body: { status: 'active' } });
    expect(await invoke(getMe, { as: user })).toMatchObject({ status: 200, body: { kind: 'group', id: groupId } });
    expect(await readGroup(user, groupId)).toMatchObject({ status: 200 });
    expect((await accountsIn(user, groupId)).body.items).toMatchObject([{ accountId: customer.customerId }]);
    expect((await usageOf(user, groupId)).members).toMatchObject([{ accountId: customer.customerId }]);
    expect(code(await readGroup(user, other))).toBe('GROUP_NOT_FOUND');
    expect(code(await listGroups(user))).toBe('PERMISSION_DENIED');
    expect(code(await deactivateGroup(user, groupId))).toBe('PERMISSION_DENIED');

    expect(await deactivateGroup(partner, groupId)).toMatchObject({ body: { status: 'inactive', members: 1 } });
    expect(code(await readGroup(user, groupId))).toBe('SIGN_IN_LOCKED');
    expect((await accountsIn(partner, groupId)).body.items).toHaveLength(1);
  });

  it('CUS-219: a subject acts as one identity; it is free again when the group is deleted', async () => {
    const subject = `group-${randomUUID()}`;
    const groupId = await aGroup(partner, { subject });
    expect(code(await createGroup(partner, { subject }))).toBe('GROUP_SUBJECT_TAKEN');
    expect(code(await createGroup(partner, { subject: partner.subject }))).toBe('GROUP_SUBJECT_TAKEN');
    expect(await deleteGroup(partner, groupId)).toMatchObject({ status: 204 });
    expect(code(await readGroup({ subject }, groupId))).toBe('NOT_A_MEMBER');
    expect(await createGroup(partner, { subject })).toMatchObject({ status: 201 });
  });

  it('CUS-045, CUS-046: what is active is not activated again', async () => {
    const groupId = await aGroup(partner);
    expect(code(await deactivateGroup(partner, groupId))).toBe('GROUP_STATUS_UNCHANGED');
    const answers = await Promise.all([activateGroup(partner, groupId), activateGroup(partner, groupId)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('update-group', () => {
  it('CUS-218, CUS-221: name and account change; kind and parent do not', async () => {
    const groupId = await aGroup(partner, { name: 'Old' });
    const parent = await aGroup(partner, { name: 'Parent' });
    const body = { name: 'New', account: { email: 'new@example.com' }, expectedVersion: 1 };
    expect(await updateGroup(partner, groupId, { ...body, parentId: parent, kind: 'partner' })).toMatchObject({
      status: 400,
      body: { code: 'INPUT_INVALID', errors: [{ pointer: '/parentId' }, { pointer: '/kind' }] },
    });
    expect(await updateGroup(partner, groupId, body)).toMatchObject({
      status: 200,
      body: { name: 'New', kind: 'customer', parentId: partner.partnerId, version: 2 },
    });
    expect(code(await updateGroup(partner, groupId, { name: 'Late', expectedVersion: 1 }))).toBe('VERSION_CONFLICT');
    expect(code(await updateGroup(partner, groupId, { name: 'PARENT', expectedVersion: 2 }))).toBe('GROUP_NAME_TAKEN');
    expect(await updateGroup(partner, groupId, { name: 'NEW', expectedVersion: 2 })).toMatchObject({ status: 200 });
    expect(await createGroup(partner, { name: 'Old' })).toMatchObject({ status: 201 }); // given back
    const names = (await listGroups(partner)).body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['NEW', 'Old', 'Parent']);
  });

  it('CUS-020, ORG-182: traces carry no personal field in clear; revealing leaves one', async () => {
    const groupId = await aGroup(partner);
    const answer = await invoke(reveal, { as: partner, path: { groupId }, body: { field: 'phone' } });
    expect(answer.body).toEqual({ groupId, field: 'phone', value: '+6591234567' });
    const traces = await tracesOf(partner.partnerId);
    expect(traces.at(-1)).toMatchObject({ operation: 'reveal-group-field', after: { groupId, field: 'phone' } });
    expect(JSON.stringify(traces)).not.toContain('+6591234567');
    expect(JSON.stringify(traces)).not.toContain('greta@example.com');
  });
});

describe('delete-group', () => {
  it('CUS-223: only an empty one', async () => {
    const customer = await aCustomer({ of: partner });
    const groupId = await aGroup(partner, { name: 'Gone' });
    await assigned(partner, groupId, customer.customerId);
    expect(await deleteGroup(partner, groupId)).toMatchObject({ status: 409, body: { code: 'GROUP_NOT_EMPTY' } });
    const empty = await aGroup(partner);
    expect(await deleteGroup(partner, empty)).toMatchObject({ status: 204 });
    expect(code(await readGroup(partner, empty))).toBe('GROUP_NOT_FOUND');
    expect(code(await deleteGroup(partner, empty))).toBe('GROUP_NOT_FOUND');
  });

  it('CUS-223: at the same instant as an assignment one of the two comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const customer = await aCustomer({ of: partner });
      const groupId = await aGroup(partner);
      const [deleted, [outcome]] = await Promise.all([
        deleteGroup(partner, groupId),
        assigned(partner, groupId, customer.customerId).catch(() => ['GROUP_NOT_FOUND']),
      ]);
      expect([
        [204, 'GROUP_NOT_FOUND'],
        [409, 'done'],
      ]).toContainEqual([deleted.status, outcome]);
    }
  });
});

describe('somebody else', () => {
  it("CUS-011 to CUS-013: another partner's group is not there; an operator reads it and changes nothing", async () => {
    const groupId = await aGroup(partner);
    const stranger = await aPartner();
    const operator = await anOperator();
    for (const act of [readGroup, activateGroup, deactivateGroup, deleteGroup])
      expect(code(await act(stranger, groupId))).toBe('GROUP_NOT_FOUND');
    expect((await listGroups(stranger)).body.items).toEqual([]);
    expect(await readGroup(operator, groupId)).toMatchObject({ status: 200 });
    expect((await listGroups(operator, { partnerId: partner.partnerId })).body.items).toMatchObject([{ groupId }]);
    expect(code(await deleteGroup(operator, groupId))).toBe('GROUP_NOT_FOUND');
    expect(code(await listGroups(stranger, { partnerId: partner.partnerId }))).toBe('PARTNER_NOT_FOUND');
  });
});
