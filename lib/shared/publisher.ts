import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { fromItem } from './dynamodb.ts';
import { count, log, publishMetrics } from './log.ts';
import type { EventEnvelope } from './outbox.ts';
import { eventTopicArn } from './resources.ts';

const sns = new SNSClient({ maxAttempts: 6 });
const BATCH = 10; // a limit of the service

/**
 * Publishes the new outbox items of a stream batch. On a failure the batch is repeated from the first event that did not leave;
 * consumers bear what leaves twice.
 */
export async function publish(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const outgoing = event.Records.filter(isNewEvent);
  for (let start = 0; start < outgoing.length; start += BATCH) {
    const batch = outgoing.slice(start, start + BATCH);
    const failed = await send(batch.map(toEnvelope));
    const first = batch[failed];
    if (first) {
      count('ConsumerFailed');
      publishMetrics();
      return { batchItemFailures: [{ itemIdentifier: first.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

/** @returns the index of the first event that did not leave, or the length when all did */
async function send(envelopes: readonly EventEnvelope[]): Promise<number> {
  try {
    const answer = await sns.send(
      new PublishBatchCommand({
        TopicArn: eventTopicArn(),
        PublishBatchRequestEntries: envelopes.map((envelope, i) => ({
          Id: String(i),
          Message: JSON.stringify(envelope),
          MessageAttributes: { name: { DataType: 'String', StringValue: envelope.name } },
        })),
      }),
    );
    const failed = (answer.Failed ?? []).map((each) => Number(each.Id));
    return Math.min(envelopes.length, ...failed);
  } catch (error) {
    log.error('events not published', error);
    return 0;
  }
}

const isNewEvent = (record: DynamoDBRecord): boolean =>
  record.eventName === 'INSERT' && record.dynamodb?.NewImage?.pk?.S?.startsWith('EVENT#') === true;

function toEnvelope(record: DynamoDBRecord): EventEnvelope {
  const item = fromItem(record.dynamodb?.NewImage as Record<string, AttributeValue>);
  return {
    id: String(item.id),
    name: String(item.name),
    version: Number(item.version),
    occurredAt: String(item.occurredAt),
    requestId: String(item.requestId),
    actor: item.actor as EventEnvelope['actor'],
    sourceIp: item.sourceIp as EventEnvelope['sourceIp'],
    detail: JSON.parse(String(item.detail)) as Record<string, unknown>,
  };
}
