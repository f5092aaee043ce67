import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, expect, it } from 'vitest';
import { sendMessages } from '#lib/shared/queue.ts';
import { filesBucket, queueUrl } from '#lib/shared/resources.ts';
import { keepContents, restoreContents } from '../../infra/local/kept-contents.ts';
import { useStack, waitingMessages } from '../support/index.ts';

useStack();

const directory = mkdtempSync(join(tmpdir(), 'kept-contents-'));
afterAll(() => rmSync(directory, { recursive: true }));

const notifications = () => queueUrl('notifications').split('/').at(-1) ?? '';

it('what lies in queues and files comes back, once', async () => {
  const s3 = new S3Client();
  const file = { Bucket: filesBucket(), Key: 'imports/2024/usage of ü.csv' };
  await s3.send(new PutObjectCommand({ ...file, Body: Buffer.from([0, 255, 10]) }));
  await sendMessages('notifications', [{ id: 1 }, { id: 2 }]);
  await keepContents(directory, [notifications()]);

  await s3.send(new DeleteObjectCommand(file));
  await new SQSClient().send(new PurgeQueueCommand({ QueueUrl: queueUrl('notifications') }));
  await restoreContents(directory);
  await restoreContents(directory);

  const { Body } = await s3.send(new GetObjectCommand(file));
  expect(await Body?.transformToByteArray()).toEqual(new Uint8Array([0, 255, 10]));
  expect(await waitingMessages('notifications')).toEqual([{ id: 1 }, { id: 2 }]);
});
