import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { ACCOUNT_ID, REGION } from './environment.ts';
import { resolveProperties } from './resolve.ts';
import { loadResources, type Resources } from './templates.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.looseObject({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']) }),
});

/** What the engines are told of a table. Protection and backups mean nothing here; TTL would follow the wall clock, not the movable one. */
const table = z.object({
  TableName: z.string(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']) })
    .optional(),
});
const queue = z.object({
  QueueName: z.string(),
  VisibilityTimeout: z.number().optional(),
  DelaySeconds: z.number().optional(),
  MessageRetentionPeriod: z.number(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
});
const topic = z.object({ TopicName: z.string() });
const bucket = z.object({ BucketName: z.string() });
const subscription = z.object({
  TopicArn: z.string(),
  Protocol: z.literal('sqs'),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
  FilterPolicy: z.record(z.string(), z.unknown()).optional(),
});

/** The clients read their endpoints from the environment, like those of the functions. */
const clients = () => ({
  dynamodb: new DynamoDBClient(),
  sqs: new SQSClient(),
  sns: new SNSClient(),
  s3: new S3Client(),
});

/** Creates the tables, queues, topics, subscriptions and buckets of the templates; what exists already is kept. */
export async function provision(prefix: string, resources: Resources = loadResources()): Promise<void> {
  const { dynamodb, sqs, sns, s3 } = clients();
  const declared = declaredIn(resources, prefix);
  await Promise.all(declared.tables.map((each) => createTable(dynamodb, each)));
  for (const each of deadLettersFirst(declared.queues))
    await sqs.send(new CreateQueueCommand({ QueueName: each.QueueName, Attributes: queueAttributes(each) }));
  for (const each of declared.topics) await sns.send(new CreateTopicCommand({ Name: each.TopicName }));
  for (const each of declared.subscriptions) await sns.send(new SubscribeCommand(subscribeInput(each)));
  for (const each of declared.buckets) await s3.send(new CreateBucketCommand({ Bucket: each.BucketName }));
  for (const client of [dynamodb, sqs, sns, s3]) client.destroy();
}

/** Removes tables, queues and topics; files go with their engine. */
export async function unprovision(prefix: string, resources: Resources = loadResources()): Promise<void> {
  const { dynamodb, sqs, sns } = clients();
  const declared = declaredIn(resources, prefix);
  for (const each of declared.topics)
    await sns.send(new DeleteTopicCommand({ TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT_ID}:${each.TopicName}` }));
  for (const each of declared.queues)
    await sqs.send(new DeleteQueueCommand({ QueueUrl: `${process.env.QUEUE_URL_BASE}/${each.QueueName}` }));
  await Promise.all(
    declared.tables.map((each) => dynamodb.send(new DeleteTableCommand({ TableName: each.TableName }))),
  );
  for (const client of [dynamodb, sqs, sns]) client.destroy();
}

/** Every queue of the templates, dead-letter queues included. */
export const queueNames = (prefix: string, resources: Resources): string[] =>
  declaredIn(resources, prefix).queues.map((each) => each.QueueName);

function declaredIn(resources: Resources, prefix: string) {
  const ofType = <Output>(type: string, schema: z.ZodType<Output>): Output[] =>
    Object.values(resources)
      .filter((resource) => resource.Type === type)
      .map((resource) => schema.parse(resolveProperties(resource, resources, prefix)));
  return {
    tables: ofType('AWS::DynamoDB::Table', table),
    queues: ofType('AWS::SQS::Queue', queue),
    topics: ofType('AWS::SNS::Topic', topic),
    subscriptions: ofType('AWS::SNS::Subscription', subscription),
    buckets: ofType('AWS::S3::Bucket', bucket),
  };
}

async function createTable(dynamodb: DynamoDBClient, declared: z.output<typeof table>): Promise<void> {
  const { StreamSpecification: stream, ...rest } = declared;
  try {
    await dynamodb.send(
      new CreateTableCommand({ ...rest, StreamSpecification: stream && { StreamEnabled: true, ...stream } }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error; // kept from an earlier run
  }
}

const deadLettersFirst = (queues: readonly z.output<typeof queue>[]) =>
  queues.toSorted((a, b) => Number(a.RedrivePolicy !== undefined) - Number(b.RedrivePolicy !== undefined));

function queueAttributes({
  QueueName: _name,
  RedrivePolicy,
  ...numbers
}: z.output<typeof queue>): Record<string, string> {
  const attributes = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
  return RedrivePolicy ? { ...attributes, RedrivePolicy: JSON.stringify(RedrivePolicy) } : attributes;
}

const subscribeInput = (declared: z.output<typeof subscription>) => ({
  TopicArn: declared.TopicArn,
  Protocol: declared.Protocol,
  Endpoint: declared.Endpoint,
  Attributes: {
    RawMessageDelivery: String(declared.RawMessageDelivery),
    ...(declared.FilterPolicy ? { FilterPolicy: JSON.stringify(declared.FilterPolicy) } : {}),
  },
});
