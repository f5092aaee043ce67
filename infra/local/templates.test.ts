import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveProperties } from './resolve.ts';
import { loadResources } from './templates.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'templates-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const area = (name: string, text: string) => writeFileSync(join(directory, `${name}.yml`), text);

const QUEUE = `Resources:
  Notes:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub '\${Prefix}-notes'
      RedrivePolicy: { deadLetterTargetArn: !GetAtt NotesDead.Arn, maxReceiveCount: 5 }
  NotesDead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub '\${Prefix}-notes-dead' }
`;
const OTHERS = `Resources:
  NotesTable:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub '\${Prefix}-notes' }
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Sub 'arn:\${AWS::Partition}:sns:\${AWS::Region}:\${AWS::AccountId}:\${Prefix}-events'
      Endpoint: !GetAtt Notes.Arn
      FilterPolicy: { name: [a, b] }
      Names: [!Ref NotesTable, !GetAtt Notes.QueueName, !GetAtt NotesTable.Arn, !Sub '\${NotesTable.Arn}/index/x']
`;

const resolved = (name: string) => {
  const resources = loadResources(directory);
  const resource = resources[name];
  if (!resource) throw new Error(`no ${name}`);
  return resolveProperties(resource, resources, 'p');
};

describe('templates', () => {
  it('are joined, and their functions give what CloudFormation would', () => {
    area('notes', QUEUE);
    area('others', OTHERS);
    expect(resolved('Notes')).toEqual({
      QueueName: 'p-notes',
      RedrivePolicy: {
        deadLetterTargetArn: 'arn:aws:sqs:ap-southeast-1:000000000000:p-notes-dead',
        maxReceiveCount: 5,
      },
    });
    const table = 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/p-notes';
    expect(resolved('Subscription')).toEqual({
      TopicArn: 'arn:aws:sns:ap-southeast-1:000000000000:p-events',
      Endpoint: 'arn:aws:sqs:ap-southeast-1:000000000000:p-notes',
      FilterPolicy: { name: ['a', 'b'] },
      Names: ['p-notes', 'p-notes', table, `${table}/index/x`],
    });
  });

  it('name the area that declares what another has declared', () => {
    area('notes', QUEUE);
    area('other', QUEUE);
    expect(() => loadResources(directory)).toThrow('other.yml declares Notes, which another area has already declared');
  });

  it('refuse a name that nobody declares', () => {
    area('others', OTHERS);
    expect(() => resolved('Subscription')).toThrow('no template declares Notes');
  });
});
