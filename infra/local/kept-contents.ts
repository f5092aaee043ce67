import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { filesBucket } from '#lib/shared/resources.ts';
import type { PlatformAccount } from './platform-engine.ts';
import { bodiesIn } from './queue-inspection.ts';

/** The engine of queues and files lives in memory: what lies there is written out at the end and put back at the next start. */
export async function keepContents(directory: string, queueNames: readonly string[]): Promise<void> {
  const queues = await Promise.all(queueNames.map(async (name) => [name, await bodiesIn(name)] as const));
  writeFileSync(queuesFile(directory), JSON.stringify(Object.fromEntries(queues)));
  await keepFiles(directory);
}

export async function restoreContents(directory: string): Promise<void> {
  await restoreQueues(directory);
  await restoreFiles(directory);
}

const accountsFile = (directory: string): string => join(directory, 'platform-accounts.json');

export const keepAccounts = (directory: string, accounts: readonly PlatformAccount[]): void =>
  writeFileSync(accountsFile(directory), JSON.stringify(accounts));

export const restoreAccounts = (directory: string): readonly PlatformAccount[] =>
  existsSync(accountsFile(directory)) ? JSON.parse(readFileSync(accountsFile(directory), 'utf8')) : [];

async function keepFiles(directory: string): Promise<void> {
  const s3 = new S3Client();
  rmSync(filesDirectory(directory), { recursive: true, force: true });
  mkdirSync(filesDirectory(directory));
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: filesBucket(), ContinuationToken }));
    for (const { Key = '' } of page.Contents ?? []) {
      const object = await s3.send(new GetObjectCommand({ Bucket: filesBucket(), Key }));
      const bytes = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      writeFileSync(join(filesDirectory(directory), encodeURIComponent(Key)), bytes);
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  s3.destroy();
}

async function restoreQueues(directory: string): Promise<void> {
  if (!existsSync(queuesFile(directory))) return;
  const sqs = new SQSClient();
  const queues: Record<string, string[]> = JSON.parse(readFileSync(queuesFile(directory), 'utf8'));
  for (const [name, bodies] of Object.entries(queues)) {
    const QueueUrl = `${process.env.QUEUE_URL_BASE}/${name}`;
    for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  sqs.destroy();
  rmSync(queuesFile(directory)); // after a crash an old list must not come again
}

async function restoreFiles(directory: string): Promise<void> {
  if (!existsSync(filesDirectory(directory))) return;
  const s3 = new S3Client();
  for (const name of readdirSync(filesDirectory(directory))) {
    const Body = readFileSync(join(filesDirectory(directory), name));
    await s3.send(new PutObjectCommand({ Bucket: filesBucket(), Key: decodeURIComponent(name), Body }));
  }
  s3.destroy();
}

const queuesFile = (directory: string): string => join(directory, 'queues.json');
const filesDirectory = (directory: string): string => join(directory, 'files');
