import { expect, it } from 'vitest';
import { queryAll } from '#lib/shared/dynamodb.ts';
import { aCustomer, aPartner, deadLetters, mailProvider, useStack } from '../support/index.ts';
import { isFrozen } from './happenings.ts';

useStack();

it('CUS-120: a provider that nobody reaches is down: the mail waits, nothing is given up', async () => {
  mailProvider().stop();
  const partner = await aPartner();
  await isFrozen({ customer: await aCustomer({ of: partner }), partnerId: partner.partnerId });

  const waiting: unknown[] = [];
  for (let shard = 0; shard < 8; shard += 1) {
    const keys = { pk: 'dueKey', sk: 'dueTime' };
    for await (const { pk } of queryAll({ table: 'notifications', index: 'byDue', keys, pk: `DUE#${shard}` })) {
      for await (const item of queryAll({ table: 'notifications', pk: String(pk) })) waiting.push(item);
    }
  }
  expect(waiting).toMatchObject([{ status: 'waiting', delays: 1, rejections: 0 }]);
  expect(await deadLetters('deliveries')).toEqual([]);
});
