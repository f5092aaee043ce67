import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { publish } from '#lib/shared/publisher.ts';

/** Outbox to topic: every event that was committed leaves at least once, in the order of its stream shard. */
export const handler = Object.assign((event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => publish(event), {
  definition: {
    kind: 'stream' as const,
    name: 'publish-events',
    summary: 'Publishes what the outbox holds to the event topic.',
    rules: 'CUS-267',
    table: 'platform' as const,
    pattern: { eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'EVENT#' }] } } } }, // idempotency keys lie there too
    timeoutSeconds: 30,
  },
});
