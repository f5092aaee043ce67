import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { SYSTEM } from '#lib/shared/actor.ts';
import { inCall } from '#lib/shared/call.ts';
import { clock } from '#lib/shared/clock.ts';
import { dynamodb, getItem } from '#lib/shared/dynamodb.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { type TableName, tableName } from '#lib/shared/resources.ts';
import { transact } from '#lib/shared/transaction.ts';
import { useStack } from '../support/index.ts';

useStack();

const key = { pk: 'X', sk: 'X' };
const within = <T>(operation: string, work: () => Promise<T>): Promise<T> =>
  inCall({ operation, requestId: randomUUID(), now: clock.now(), actor: SYSTEM }, work);
const put = (table: TableName) =>
  dynamodb.send(new PutItemCommand({ TableName: tableName(table), Item: { pk: { S: 'X' }, sk: { S: 'X' } } }));

it('a function that touches a table beyond its role fails here as it would in AWS', async () => {
  await expect(within('get-customer', () => put('billing'))).rejects.toThrow(
    'infra/roles.ts does not grant customers: dynamodb:PutItem on table/billing',
  );
  await expect(within('get-customer', () => getItem('notifications', key))).rejects.toThrow(
    'dynamodb:GetItem on table/notifications',
  );
});

it('so does one whose transaction does, and one that writes to a queue', async () => {
  const trace = { table: 'audit', remove: key } as const;
  await expect(within('get-customer', () => transact({ writes: [trace] }))).rejects.toThrow(
    'dynamodb:DeleteItem on table/audit',
  );
  await expect(within('get-customer', () => sendMessages('bill-runs', [{}]))).rejects.toThrow(
    'sqs:SendMessage on bill-runs',
  );
});

it('what the role allows goes through', async () => {
  await expect(within('get-customer', () => put('customers'))).resolves.toBeDefined();
  await expect(
    within('get-customer', () => transact({ writes: [{ table: 'audit', put: key }] })),
  ).resolves.toBeUndefined();
});
