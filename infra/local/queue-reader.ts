import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { ConsumerHandler } from '#lib/shared/consumer.ts';
import { queueUrl } from '#lib/shared/resources.ts';
import { ACCOUNT_ID, REGION } from './environment.ts';

const MOST_PER_RECEIVE = 10; // a limit of the service

export interface Redelivery {
  /** Failed messages come again at once; else when their visibility timeout is over, as in AWS. */
  readonly redeliverAtOnce: boolean;
}

/** Hands one batch of a queue to its consumer, as the event source mapping does. @returns how many messages were handed over */
export async function deliverBatch(sqs: SQSClient, consumer: ConsumerHandler, options: Redelivery): Promise<number> {
  const url = queueUrl(consumer.definition.queue);
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(consumer.definition.batchSize ?? MOST_PER_RECEIVE, MOST_PER_RECEIVE),
      MessageSystemAttributeNames: ['All'],
    }),
  );
  if (messages.length === 0) return 0;
  const failed = await invoke(consumer, messages);
  await remove(
    sqs,
    url,
    messages.filter((message) => !failed.has(message.MessageId)),
  );
  if (options.redeliverAtOnce)
    await showAgain(
      sqs,
      url,
      messages.filter((message) => failed.has(message.MessageId)),
    );
  return messages.length;
}

/** @returns the ids of the messages that failed; all of them when the invocation itself failed */
async function invoke(
  consumer: ConsumerHandler,
  messages: readonly Message[],
): Promise<ReadonlySet<string | undefined>> {
  try {
    const { batchItemFailures } = await consumer({
      Records: messages.map((message) => toRecord(message, consumer.definition.queue)),
    });
    return new Set(batchItemFailures.map((failure) => failure.itemIdentifier));
  } catch (error) {
    console.error(`${consumer.definition.name} failed:`, error);
    return new Set(messages.map((message) => message.MessageId));
  }
}

async function remove(sqs: SQSClient, url: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map((message, i) => ({ Id: String(i), ReceiptHandle: message.ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
}

async function showAgain(sqs: SQSClient, url: string, messages: readonly Message[]): Promise<void> {
  for (const { ReceiptHandle } of messages) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
  }
}

function toRecord(message: Message, queue: string): SQSRecord {
  const { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', Attributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    md5OfBody: MD5OfBody,
    attributes: {
      ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? '1',
      SentTimestamp: Attributes.SentTimestamp ?? '',
      SenderId: Attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${queue}`,
    awsRegion: REGION,
  };
}
