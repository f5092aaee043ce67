import { beforeEach, describe, expect, it } from 'vitest';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { handler as markMessageRead } from '../../functions/notifications/mark-message-read.ts';
import { handler as modifyMember } from '../../functions/organization/modify-member.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  type Request,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { isFrozen } from './happenings.ts';

useStack();

let partner: TestPartner;
let admin: TestMember;
let manager: TestMember;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  [admin, manager] = await Promise.all([
    aMember({ of: partner }),
    aMember({ of: partner, roles: ['account-manager'] }),
  ]);
});

const list = async (as: Caller, query: Request['query'] = {}) => (await invoke(listMessages, { as, query })).body;
const titles = async (as: Caller, query: Request['query'] = {}): Promise<string[]> =>
  (await list(as, query)).items.map(({ title }: { title: string }) => title);
const markRead = (as: Caller, messageId: string) => invoke(markMessageRead, { as, path: { messageId } });

/** Customers of the manager, frozen one after the other: Admins and the manager read of each. */
async function frozen(...names: readonly string[]): Promise<void> {
  for (const accountName of names) {
    clock.advance({ minutes: 1 });
    const customer = await aCustomer({ of: partner, accountManagerId: manager.memberId, accountName });
    await isFrozen({ customer, partnerId: partner.partnerId });
  }
}

describe('list-messages', () => {
  it('CUS-150: newest first, own and role messages joined', async () => {
    await frozen('a', 'b', 'c');
    await drain();
    expect(await titles(admin)).toEqual(['c was frozen', 'b was frozen', 'a was frozen']);
    expect((await titles(manager)).filter((title) => title.endsWith('was frozen'))).toEqual(await titles(admin));
  });

  it('spec note 15: pages by cursor without gap or repetition, over several inboxes', async () => {
    await frozen('a', 'b', 'c', 'd', 'e'); // the manager reads of the assignment and of the freeze, the owner of the latter
    for (const reader of [manager, partner]) {
      const all = (await list(reader, { limit: 100 })).items;
      const paged: unknown[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(reader, { limit: 2, ...(cursor ? { cursor } : {}) });
        expect(page.items.length).toBeLessThanOrEqual(2);
        paged.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      expect(paged).toEqual(all);
    }
  });

  it('CUS-116: a cursor of somebody else, of the other filter or made up is refused', async () => {
    await frozen('a', 'b');
    const { nextCursor } = await list(admin, { limit: 1 });
    const requests: Request[] = [
      { as: partner, query: { limit: 1, cursor: nextCursor } },
      { as: admin, query: { limit: 1, cursor: nextCursor, unread: 'true' } },
      { as: admin, query: { cursor: 'made.up' } },
    ];
    for (const request of requests) {
      expect(await invoke(listMessages, request)).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
    }
  });

  it("ORG-18: another partner's member reads nothing of it, an operator neither", async () => {
    await frozen('a');
    expect(await titles(await aMember({ of: await aPartner() }))).toEqual([]);
    expect(await titles(await anOperator())).toEqual([]);
  });

  it('ORG-10: who becomes Admin reads what Admins were told, who is no longer does not', async () => {
    await frozen('a');
    const become = (roles: string[], expectedVersion: number) =>
      invoke(modifyMember, { as: partner, path: { memberId: admin.memberId }, body: { roles, expectedVersion } });
    await become(['finance-specialist'], 1);
    expect(await titles(admin)).toEqual([]);
    await become(['admin'], 2);
    expect(await titles(admin)).toEqual(['a was frozen']);
  });

  it('ORD-159: a customer has an inbox of its own, and reads nothing of what its partner is told', async () => {
    await frozen('a');
    expect(await invoke(listMessages, { as: await aCustomer({ of: partner }) })).toMatchObject({
      status: 200,
      body: { items: [] },
    });
  });
});

describe('mark-message-read', () => {
  it('CUS-116: marks it for the reader alone, twice as once', async () => {
    await frozen('a', 'b');
    const [{ messageId }] = (await list(admin)).items;
    for (let i = 0; i < 2; i += 1)
      expect(await markRead(admin, messageId)).toMatchObject({ status: 200, body: { messageId, read: true } });
    expect((await list(admin)).items.map(({ read }: { read: boolean }) => read)).toEqual([true, false]);
    expect(await titles(admin, { unread: 'true' })).toEqual(['a was frozen']);
    expect(await titles(partner, { unread: 'true' })).toEqual(['b was frozen', 'a was frozen']);
  });

  it('CUS-116: unread ones are found behind many read ones', async () => {
    await frozen('old', 'b', 'c', 'd');
    for (const { messageId, title } of (await list(admin)).items)
      if (title !== 'old was frozen') await markRead(admin, messageId);
    expect(await titles(admin, { unread: 'true', limit: 1 })).toEqual(['old was frozen']);
  });

  it("ORG-18: somebody else's message cannot be told from a missing one", async () => {
    await frozen('a');
    const [{ messageId }] = (await list(admin)).items;
    const stranger = await aMember({ of: await aPartner() });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    for (const reader of [stranger, finance, await anOperator()]) {
      expect(await markRead(reader, messageId)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    expect(await markRead(admin, 'msg_unknown')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
