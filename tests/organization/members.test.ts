import { describe, expect, it } from 'vitest';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { handler as createMember } from '../../functions/organization/create-member.ts';
import { handler as getMe } from '../../functions/organization/get-me.ts';
import { handler as listMembers } from '../../functions/organization/list-members.ts';
import { handler as modifyMember } from '../../functions/organization/modify-member.ts';
import { aCustomer, aMember, anOperator, aPartner, invoke, useStack } from '../support/index.ts';

useStack();

let n = 0;
const aWish = (fields: object = {}) => {
  n += 1;
  return {
    subject: `new-${n}-${Date.now()}`,
    username: `member-${n}`,
    name: 'Mia Member',
    email: `mia${n}@example.com`,
    roles: ['account-manager'],
    ...fields,
  };
};

describe('create-member', () => {
  it.each([
    [[], 'ROLE_COUNT', 'ORG-03'],
    [['admin', 'finance-specialist'], 'ROLE_CONFLICT', 'ORG-04'],
    [['account-manager', 'account-director'], 'ROLE_CONFLICT', 'ORG-05'],
    [['finance-specialist', 'account-manager', 'account-director', 'admin'], 'ROLE_COUNT', 'ORG-03'],
  ])('ORG-03, ORG-04, ORG-05: roles %j are refused with %s', async (roles, code) => {
    const partner = await aPartner();
    const answer = await invoke(createMember, {
      as: partner,
      path: { partnerId: partner.partnerId },
      body: aWish({ roles }),
    });
    expect(answer).toMatchObject({ status: 422, body: { code } });
    const list = await invoke(listMembers, { as: partner, path: { partnerId: partner.partnerId } });
    expect(list.body.items).toHaveLength(1); // the owner alone
  });

  it('ORG-09: only the owner account or an admin grants admin', async () => {
    const partner = await aPartner();
    const admin = await aMember({ of: partner, roles: ['admin'] });
    const create = (as: { subject: string }) =>
      invoke(createMember, { as, path: { partnerId: partner.partnerId }, body: aWish({ roles: ['admin'] }) });
    expect(await create(partner)).toMatchObject({ status: 201 });
    expect(await create(admin)).toMatchObject({ status: 201 });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect(await create(manager)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('ORG-57: username, e-mail and identity are unique; a refusal leaves no claim behind', async () => {
    const partner = await aPartner();
    const wish = aWish();
    const create = (body: object) =>
      invoke(createMember, { as: partner, path: { partnerId: partner.partnerId }, body });
    expect(await create(wish)).toMatchObject({
      status: 201,
      body: { name: 'M***r', roles: ['account-manager'], status: 'normal' },
    });
    expect(await create(aWish({ username: wish.username.toUpperCase() }))).toMatchObject({
      status: 409,
      body: { code: 'USERNAME_TAKEN' },
    });
    expect(await create(aWish({ email: wish.email.toUpperCase() }))).toMatchObject({
      status: 409,
      body: { code: 'MEMBER_EMAIL_TAKEN' },
    });
    const other = aWish();
    expect(await create({ ...other, subject: wish.subject })).toMatchObject({
      status: 409,
      body: { code: 'MEMBER_SUBJECT_TAKEN' },
    });
    expect(await create(other)).toMatchObject({ status: 201 });
  });

  it('ORG-15: a director must be an account director of the same partner', async () => {
    const partner = await aPartner();
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const foreign = await aMember({ of: await aPartner(), roles: ['account-director'] });
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const create = (directorId: string) =>
      invoke(createMember, { as: partner, path: { partnerId: partner.partnerId }, body: aWish({ directorId }) });
    expect(await create(finance.memberId)).toMatchObject({ status: 422, body: { code: 'DIRECTOR_INVALID' } });
    expect(await create(foreign.memberId)).toMatchObject({ body: { code: 'DIRECTOR_INVALID' } });
    expect(await create(director.memberId)).toMatchObject({ status: 201, body: { directorId: director.memberId } });
  });

  it('ORG-18: another partner, its distributor included, cannot create or list members', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    for (const as of [distributor, await aPartner()]) {
      const path = { partnerId: reseller.partnerId };
      expect(await invoke(createMember, { as, path, body: aWish() })).toMatchObject({
        status: 404,
        body: { code: 'PARTNER_NOT_FOUND' },
      });
      expect(await invoke(listMembers, { as, path })).toMatchObject({ status: 404 });
    }
  });
});

describe('modify-member', () => {
  it('ORG-10: a role taken away is gone with the next request', async () => {
    const partner = await aPartner();
    const member = await aMember({ of: partner, roles: ['account-manager', 'finance-specialist'] });
    expect((await invoke(getMe, { as: member })).body.permissions).toContain('bill.view');
    const changed = await invoke(modifyMember, {
      as: partner,
      path: { memberId: member.memberId },
      body: { roles: ['account-manager'], expectedVersion: 1 },
    });
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect((await invoke(getMe, { as: member })).body.permissions).not.toContain('bill.view');
  });

  it('ORG-10: a locked member is refused with the next request', async () => {
    const partner = await aPartner();
    const member = await aMember({ of: partner });
    await invoke(modifyMember, {
      as: partner,
      path: { memberId: member.memberId },
      body: { status: 'locked', expectedVersion: 1 },
    });
    expect(await invoke(getMe, { as: member })).toMatchObject({ status: 403, body: { code: 'MEMBER_LOCKED' } });
  });

  it('ORG-10: a stale version changes nothing, also from If-Match', async () => {
    const partner = await aPartner();
    const member = await aMember({ of: partner });
    const modify = (headers: Record<string, string>) =>
      invoke(modifyMember, { as: partner, path: { memberId: member.memberId }, body: { status: 'locked' }, headers });
    expect(await modify({ 'If-Match': '"7"' })).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    expect(await invoke(getMe, { as: member })).toMatchObject({ status: 200 });
    expect(await modify({ 'If-Match': '"1"' })).toMatchObject({ status: 200 });
  });

  it('ORG-03, ORG-04: a change to roles that do not go together is refused', async () => {
    const partner = await aPartner();
    const member = await aMember({ of: partner });
    const modify = (body: object) =>
      invoke(modifyMember, { as: partner, path: { memberId: member.memberId }, body: { ...body, expectedVersion: 1 } });
    expect(await modify({ roles: [] })).toMatchObject({ body: { code: 'ROLE_COUNT' } });
    expect(await modify({ roles: ['admin', 'account-manager'] })).toMatchObject({ body: { code: 'ROLE_CONFLICT' } });
    expect(await modify({ directorId: member.memberId })).toMatchObject({ body: { code: 'DIRECTOR_INVALID' } });
  });

  it('ORG-08: the owner account cannot be locked', async () => {
    const partner = await aPartner();
    const owner = await invoke(getMe, { as: partner });
    const answer = await invoke(modifyMember, {
      as: partner,
      path: { memberId: owner.body.id },
      body: { status: 'locked', expectedVersion: 1 },
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'MEMBER_NOT_FOUND' } });
    expect(await invoke(getMe, { as: partner })).toMatchObject({ status: 200 });
  });

  it("ORG-18: another partner's member is not found", async () => {
    const member = await aMember({ of: await aPartner() });
    const answer = await invoke(modifyMember, {
      as: await aPartner(),
      path: { memberId: member.memberId },
      body: { status: 'locked', expectedVersion: 1 },
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'MEMBER_NOT_FOUND' } });
  });
});

describe('data scope', () => {
  it('ORG-13, ORG-14: manager M with customers A and B of 10 lists 2; with finance-specialist too, 10 on the next request', async () => {
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    for (let i = 0; i < 10; i += 1)
      await aCustomer({ of: partner, accountManagerId: i < 2 ? manager.memberId : undefined });
    const list = async () => (await invoke(queryCustomers, { as: manager })).body.items.length;
    expect(await list()).toBe(2);
    await invoke(modifyMember, {
      as: partner,
      path: { memberId: manager.memberId },
      body: { roles: ['account-manager', 'finance-specialist'], expectedVersion: 1 },
    });
    expect(await list()).toBe(10);
  });

  it('ORG-15, ORG-16: a director sees the team, a finance specialist everything', async () => {
    const partner = await aPartner();
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const managed = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const other = await aMember({ of: partner, roles: ['account-manager'] });
    const own = await aCustomer({ of: partner, accountManagerId: director.memberId });
    const team = await aCustomer({ of: partner, accountManagerId: managed.memberId });
    await aCustomer({ of: partner, accountManagerId: other.memberId });
    await aCustomer({ of: partner });
    const ids = async (as: { subject: string }) =>
      (await invoke(queryCustomers, { as })).body.items.map((item: { customerId: string }) => item.customerId).sort();
    expect(await ids(director)).toEqual([own.customerId, team.customerId].sort());
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await ids(finance)).toHaveLength(4);
  });

  it('ORG-57: a token whose subject nobody registered is refused', async () => {
    const operator = await anOperator();
    expect(await invoke(getMe, { as: { subject: `${operator.subject}-stranger` } })).toMatchObject({
      status: 403,
      body: { code: 'NOT_A_MEMBER' },
    });
    expect(await invoke(getMe)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });
});
