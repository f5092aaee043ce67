import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { dynamodb } from '#lib/shared/dynamodb.ts';
import { queueUrl, tableName } from '#lib/shared/resources.ts';
import { provision } from '../../infra/local/provision.ts';
import { useStack } from '../support/index.ts';

useStack();

const platform = async () =>
  (await dynamodb.send(new DescribeTableCommand({ TableName: tableName('platform') }))).Table;

describe('provision', () => {
  it('creates tables with their indexes and streams as the templates say', async () => {
    const identities = await dynamodb.send(new DescribeTableCommand({ TableName: tableName('identities') }));
    expect(identities.Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName).sort()).toEqual([
      'byMember',
      'byPartner',
    ]);
    expect((await platform())?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
  });

  it('CUS-267: creates queues that give a message up after five deliveries', async () => {
    const { Attributes } = await new SQSClient().send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl('notifications'), AttributeNames: ['All'] }),
    );
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: expect.stringMatching(/:t\w+-notifications-dead$/),
      maxReceiveCount: 5,
    });
  });

  it('keeps what exists, so that a kept stack can start again', async () => {
    const before = await platform();
    await provision(process.env.RESOURCE_PREFIX ?? '');
    expect((await platform())?.CreationDateTime).toEqual(before?.CreationDateTime);
  });
});
