import { beforeAll, describe, expect, it } from 'vitest';
import { associateCustomer, registerCustomer } from '#lib/customers/index.ts';
import { loadRecord } from '#lib/expenditures/index.ts';
import { handler as get } from '../../functions/expenditures/get-expenditure-quarantine-entry.ts';
import { handler as list } from '../../functions/expenditures/list-expenditure-quarantine.ts';
import { handler as record } from '../../functions/expenditures/record-expenditures.ts';
import { handler as release } from '../../functions/expenditures/release-expenditure-quarantine-entry.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCharge } from './charges.ts';
import { aLongCustomer, at, monthOf } from './world.ts';

useStack();

let operator: Awaited<ReturnType<typeof anOperator>>;
let partner: TestPartner;

beforeAll(async () => {
  clock.set('2024-09-19T10:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
});

const deliver = async (...records: unknown[]) =>
  (await invoke(record, { as: operator, body: { records } })).body.receipts;
const entry = async (entryId: string) => (await invoke(get, { as: operator, path: { entryId } })).body;
const released = (entryId: string) => invoke(release, { as: operator, path: { entryId } });
const openOf = async (query: Record<string, string | number>) => (await invoke(list, { as: operator, query })).body;

/** The account of a charge that came before its customer was registered. */
async function registerLater(accountId: string) {
  const wish = { accountId, accountName: accountId, userType: 'enterprise' } as const;
  const customer = await asSystem((now) => registerCustomer(wish, now));
  await at('2024-06-01T00:00:00+08:00', () =>
    asSystem((now) => associateCustomer(customer.customerId, { partnerId: partner.partnerId, type: 'reseller' }, now)),
  );
  return customer;
}

const ofAccount = (accountId: string, fields = {}) =>
  aCharge({ customerId: '' }, { customerId: undefined, accountId, ...fields });

describe('quarantine', () => {
  it('CUS-096: an unknown customer is kept, and counted once it is known and released', async () => {
    const charge = ofAccount('later-1', { listPrice: '3' });
    const [receipt] = await deliver(charge);
    expect(receipt).toMatchObject({ receipt: 'rejected', code: 'UNKNOWN_CUSTOMER' });
    expect(await released(receipt.quarantineEntryId)).toMatchObject({
      status: 422,
      body: { code: 'RELEASE_REFUSED', reason: 'UNKNOWN_CUSTOMER', errors: [{ pointer: '/accountId' }] },
    });

    const customer = await registerLater('later-1');
    clock.advance({ minutes: 1 });
    expect(await released(receipt.quarantineEntryId)).toMatchObject({
      status: 200,
      body: { status: 'released', outcome: 'counted', releasedBy: operator.operatorId, releasedAt: clock.now() },
    });
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '3.00', count: 1 });
    expect(await deliver(charge)).toMatchObject([{ receipt: 'duplicate' }]);
  });

  it('CUS-096: a second release answers the first one and counts nothing', async () => {
    const [receipt] = await deliver(ofAccount('later-2'));
    const customer = await registerLater('later-2');
    const [first, second] = await Promise.all([
      released(receipt.quarantineEntryId),
      released(receipt.quarantineEntryId),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    clock.advance({ minutes: 1 });
    const third = await released(receipt.quarantineEntryId);
    expect(third.body).toEqual(await entry(receipt.quarantineEntryId));
    expect(await monthOf({ partner, customer })).toMatchObject({ count: 1 });
  });

  it.each(['before', 'after'] as const)(
    'CUS-096: a crash %s any write of a release, then the release again, comes to the same',
    async (when) => {
      for (let n = 1; ; n += 1) {
        const accountId = `crash-${when}-${n}`;
        const charge = ofAccount(accountId);
        const [receipt] = await deliver(charge);
        const customer = await registerLater(accountId);
        {
          using crash = crashAtWrite(n, when);
          await released(receipt.quarantineEntryId);
          if (!crash.struck) return;
        }
        expect(await released(receipt.quarantineEntryId)).toMatchObject({ status: 200, body: { outcome: 'counted' } });
        expect(await monthOf({ partner, customer })).toMatchObject({ count: 1 });
        expect(await loadRecord(charge.recordId)).toBeDefined();
      }
    },
  );

  it('CUS-096: the same bad record again is one entry, delivered twice; the delivery is kept as it came', async () => {
    const bad = { ...ofAccount('nobody-1'), note: 'unexpected' };
    const [first] = await deliver(bad);
    clock.advance({ minutes: 5 });
    const [again, inSameBatch] = await deliver(bad, bad);
    expect([again.quarantineEntryId, inSameBatch.quarantineEntryId]).toEqual([
      first.quarantineEntryId,
      first.quarantineEntryId,
    ]);
    const kept = await entry(first.quarantineEntryId);
    expect(kept).toMatchObject({
      code: 'RECORD_INVALID',
      deliveries: 3,
      status: 'open',
      record: JSON.parse(JSON.stringify(bad)),
    });
    expect(kept.lastSeenAt > kept.firstSeenAt).toBe(true);
  });

  it('CUS-096: a conflict keeps the other content beside the stored record, and cannot be released', async () => {
    const customer = await aLongCustomer({ of: partner });
    const charge = aCharge(customer);
    const [, conflict] = await deliver(charge, { ...charge, listPrice: '9' });
    expect(await released(conflict.quarantineEntryId)).toMatchObject({
      status: 422,
      body: { reason: 'CONTENT_CONFLICT' },
    });
    expect(await entry(conflict.quarantineEntryId)).toMatchObject({
      record: { listPrice: '9' },
      recordId: charge.recordId,
    });
  });

  it('CUS-098: usage from before the association stays refused', async () => {
    const customer = await at('2024-09-19T00:00:00+08:00', () => aLongCustomer({ of: partner }));
    const [receipt] = await deliver(
      aCharge(customer, { spentFrom: '2024-05-01T00:00:00+08:00', spentTo: '2024-05-02T00:00:00+08:00' }),
    );
    expect(await released(receipt.quarantineEntryId)).toMatchObject({
      body: { reason: 'NOT_ASSOCIATED_AT_CONSUMPTION' },
    });
  });

  it('CUS-096: a record too large to keep whole is kept cut, and is not released', async () => {
    const [receipt] = await deliver({ recordId: 'large', note: 'x'.repeat(40_000) });
    const kept = await entry(receipt.quarantineEntryId);
    expect(kept.record).toHaveLength(30_000);
    expect(await released(receipt.quarantineEntryId)).toMatchObject({
      status: 422,
      body: { reason: 'RECORD_INVALID' },
    });
  });

  it('CUS-096: is listed newest first, by cause and status, page by page', async () => {
    const seen: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      clock.advance({ minutes: 1 });
      const [receipt] = await deliver(ofAccount(`nobody-listed-${i}`));
      seen.unshift(receipt.quarantineEntryId);
    }
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await openOf({ code: 'UNKNOWN_CUSTOMER', limit: 3, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(3);
      pages.push(...page.items.map(({ entryId }: { entryId: string }) => entryId));
      cursor = page.nextCursor;
    } while (cursor);
    expect(pages.slice(0, 7)).toEqual(seen);
    expect(new Set(pages).size).toBe(pages.length);
    expect((await openOf({ limit: 1 })).items).toMatchObject([{ entryId: seen[0] }]);
    expect((await openOf({ code: 'EXCHANGE_RATE_MISSING' })).items).toEqual([]);
    expect((await openOf({ status: 'released', limit: 1 })).items).toMatchObject([{ status: 'released' }]);
    const foreign = await openOf({ code: 'UNKNOWN_CUSTOMER', limit: 1 });
    expect(await openOf({ limit: 1, cursor: foreign.nextCursor })).toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('CUS-096: an unknown entry answers 404, a member is refused', async () => {
    expect(await invoke(get, { as: operator, path: { entryId: 'qua_none' } })).toMatchObject({ status: 404 });
    expect(await released('qua_none')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const member = await aMember({ of: partner });
    expect(await invoke(list, { as: member })).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });
});
