import type { SQSClient } from '@aws-sdk/client-sqs';
import { type QueueName, queueUrl } from './resources.ts';
import { backoff } from './retry.ts';

let client: SQSClient | undefined;

/** Loaded by the first message: most operations reach this file and send none, and a second client costs a cold start dearly. */
async function queueClient() {
  const { SendMessageBatchCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  client ??= new SQSClient({ maxAttempts: 6 });
  return { sqs: client, SendMessageBatchCommand };
}

/** Sends commands to a queue, ten at a time; returns when the queue has all of them. */
export async function sendMessages(
  queue: QueueName,
  messages: readonly object[],
  options: { delaySeconds?: number } = {},
): Promise<void> {
  if (messages.length === 0) return;
  const { sqs, SendMessageBatchCommand } = await queueClient();
  for (let start = 0; start < messages.length; start += 10) {
    let entries = messages.slice(start, start + 10).map((message, i) => ({
      Id: String(i),
      MessageBody: JSON.stringify(message),
      DelaySeconds: options.delaySeconds,
    }));
    for (let attempt = 0; entries.length > 0; attempt += 1) {
      if (attempt > 0) await backoff(attempt);
      if (attempt > 6) throw new Error(`queue ${queue} does not take messages`);
      const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(queue), Entries: entries }));
      const failed = new Set((answer.Failed ?? []).map((each) => each.Id));
      entries = entries.filter((entry) => failed.has(entry.Id));
    }
  }
}
