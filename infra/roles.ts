import type { QueueName, TableName } from '#lib/shared/resources.ts';
import { AREA_ROLE, deadLettersId } from './functions.ts';
import { type DeclaredFunction, handlersOf } from './local/functions.ts';
import type { Resource, Resources } from './local/templates.ts';
import {
  arnOf,
  eventsTopicArn,
  findNamed,
  type Intrinsic,
  indexArn,
  logStreamsArn,
  queueArn,
  senderArn,
  sub,
  tableArn,
} from './names.ts';

/** What the functions of an area may do beyond what every function may; a change here is a change of rights, to be reviewed as one. */
export interface Grants {
  readonly reads?: readonly TableName[];
  readonly changes?: readonly TableName[];
  /** Joined as a condition to transactions that change others. */
  readonly checks?: readonly TableName[];
  readonly sends?: readonly QueueName[];
  readonly files?: 'read' | 'change';
  readonly mails?: boolean;
}

export const GRANTS: Readonly<Record<string, Grants>> = {
  platform: {},
  partners: { changes: ['partners'] },
  organization: { reads: ['partners'] },
  customers: {
    changes: ['customers', 'budgets', 'jobs'],
    reads: ['coupons', 'customer-alerts', 'expenditures', 'groups', 'partners'],
    sends: ['assignment-endings', 'customer-exports', 'expenditure-summaries'],
    files: 'change',
  },
  'customer-alerts': {
    changes: ['customer-alerts', 'customers'],
    reads: ['expenditures', 'partners'],
    sends: ['churn-detections'],
  },
  'customer-development': {
    changes: ['budgets', 'customer-development', 'customers', 'jobs'],
    reads: ['partners'],
    sends: ['invitation-exports'],
    files: 'change',
  },
  budgets: {
    changes: ['budgets', 'customers'],
    reads: ['partners', 'expenditures'],
    checks: ['expenditures'],
    sends: ['budget-evaluations'],
  },
  groups: {
    changes: ['groups', 'customers'],
    reads: ['expenditures', 'partners'],
    sends: ['group-roll-ups'],
  },
  expenditures: {
    changes: ['expenditures', 'jobs'],
    reads: ['customers', 'partners'],
    sends: ['expenditure-imports', 'expenditure-summaries'],
    files: 'change',
  },
  ledger: { changes: ['ledger'], reads: ['partners'] },
  billing: {
    changes: ['billing', 'coupons', 'expenditures', 'jobs', 'ledger'],
    reads: ['customers', 'partners'],
    sends: ['bill-runs', 'bill-parts', 'bill-estimates', 'reconciliations', 'bill-previews', 'exports'],
    files: 'change',
  },
  coupons: {
    changes: ['coupons', 'ledger'],
    reads: ['billing', 'customers', 'partners'],
    checks: ['customers'],
    sends: ['coupon-lapses', 'test-coupon-reports'],
  },
  repayments: {
    changes: ['repayments', 'billing', 'ledger'],
    reads: ['expenditures', 'partners'],
    sends: ['bill-reminders', 'quota-checks'],
    files: 'change',
  },
  invoices: {
    changes: ['invoices', 'billing', 'ledger', 'repayments'],
    reads: ['partners'],
    files: 'change',
  },
  resellers: {
    changes: ['resellers', 'partners', 'customer-development'],
    reads: ['budgets', 'customers'],
  },
  notifications: {
    changes: ['notifications'],
    reads: ['budgets', 'customers', 'customer-development', 'partners', 'resellers', 'invoices'],
    sends: ['deliveries'],
    files: 'read',
    mails: true,
  },
  audit: { reads: ['audit'] },
};

/** Identities are read and challenges kept with them; idempotency keys and the outbox lie in `platform`. Traces are only ever added. */
const COMMON = { changes: ['identities', 'platform'], appends: ['audit'] } as const satisfies Record<
  string,
  readonly TableName[]
>;

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const CHANGE = [
  ...READ,
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
];
const RECEIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];
const FOLLOW = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly Intrinsic[];
  readonly Condition?: object;
}

/** The role under which all functions of an area run. */
export function roleOf(
  area: string,
  functions: readonly DeclaredFunction[],
  resources: Resources,
): Record<string, Resource> {
  const statements = [...ownStatements(functions, resources), ...grantedStatements(area, resources)];
  const logs = logPolicies(functions);
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: [
        { PolicyName: sub(`\${Prefix}-${area}`), PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      ],
      ManagedPolicyArns: Object.keys(logs).map((id) => ({ Ref: id })),
    },
  };
  return { [AREA_ROLE]: role, ...logs };
}

/** Functions that one policy names: it may have 6,144 characters. */
const LOGS_PER_POLICY = 25;

/** The rights to the functions' own logs, apart: with an area's fifty names the role's own policies would be longer than allowed. */
function logPolicies(functions: readonly DeclaredFunction[]): Record<string, Resource> {
  const streams = functions.map((each) => logStreamsArn(each.handler.definition.name));
  const parts = Array.from({ length: Math.ceil(streams.length / LOGS_PER_POLICY) }, (_, part) =>
    streams.slice(part * LOGS_PER_POLICY, (part + 1) * LOGS_PER_POLICY),
  );
  return Object.fromEntries(parts.map((part, i) => [`LogPolicy${i + 1}`, logPolicy(part)]));
}

const logPolicy = (streams: readonly Intrinsic[]): Resource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: allow(['logs:CreateLogStream', 'logs:PutLogEvents'], streams),
    },
  },
});

export const trust = (service: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

export const allow = (actions: readonly string[], on: readonly Intrinsic[], condition?: object): Statement[] =>
  on.length > 0
    ? [{ Effect: 'Allow', Action: actions, Resource: on, ...(condition ? { Condition: condition } : {}) }]
    : [];

/** Follows from the declarations: own log, own queues, own stream, own dead letters. */
function ownStatements(functions: readonly DeclaredFunction[], resources: Resources): Statement[] {
  const streams = handlersOf(functions, 'stream').map(({ definition }) => definition);
  const failing = [...streams, ...handlersOf(functions, 'schedule').map(({ definition }) => definition)];
  return [
    ...allow(
      RECEIVE,
      handlersOf(functions, 'consumer').map(({ definition }) => queueArn(definition.queue)),
    ),
    ...allow(
      FOLLOW,
      streams.map(({ table }) => ({
        'Fn::GetAtt': [findNamed(resources, 'AWS::DynamoDB::Table', table) ?? table, 'StreamArn'],
      })),
    ),
    ...allow(['sns:Publish'], streams.length > 0 ? [eventsTopicArn] : []),
    ...allow(
      ['sqs:SendMessage'],
      failing.map(({ name }) => arnOf(deadLettersId(name))),
    ),
  ];
}

/** What an area may do with tables, other areas' queues, files and mail. */
export function grantedStatements(area: string, resources: Resources): Statement[] {
  const { reads = [], changes = [], checks = [], sends = [], files, mails } = GRANTS[area] ?? {};
  return [
    ...allow(
      READ,
      reads.flatMap((table) => withIndexes(table, resources)),
    ),
    ...allow(
      CHANGE,
      [...COMMON.changes, ...changes].flatMap((table) => withIndexes(table, resources)),
    ),
    ...allow(['dynamodb:ConditionCheckItem'], checks.map(tableArn)),
    ...allow(['dynamodb:PutItem'], COMMON.appends.map(tableArn)),
    ...allow(['sqs:SendMessage'], sends.map(queueArn)),
    ...(files ? fileStatements(files) : []),
    ...allow(['ses:SendEmail'], mails ? [senderArn] : []),
  ];
}

/** Listing is needed for one thing: without it a missing file answers 403 instead of 404. */
const fileStatements = (files: 'read' | 'change'): Statement[] => [
  ...allow(
    files === 'read' ? ['s3:GetObject'] : ['s3:GetObject', 's3:PutObject'],
    FILE_FOLDERS.map((folder) => sub(`${BUCKET}/${folder}/*`)),
  ),
  ...allow(['s3:ListBucket'], [sub(BUCKET)], {
    StringLike: { 's3:prefix': FILE_FOLDERS.map((folder) => `${folder}/*`) },
  }),
];

const BUCKET = 'arn:${AWS::Partition}:s3:::${Prefix}-files-${AWS::AccountId}';
const FILE_FOLDERS = ['imports', 'exports', 'uploads', 'attachments', 'invoices'];

function withIndexes(table: TableName, resources: Resources): Intrinsic[] {
  const id = findNamed(resources, 'AWS::DynamoDB::Table', table);
  const indexes = id ? resources[id]?.Properties.GlobalSecondaryIndexes : [];
  const names = Array.isArray(indexes) ? indexes.map((index: { IndexName: string }) => index.IndexName) : [];
  return [tableArn(table), ...names.map((index) => indexArn(table, index))];
}
