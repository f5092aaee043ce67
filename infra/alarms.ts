import * as z from 'zod';
import type { Metric } from '#lib/shared/log.ts';
import { type Alarm, alarmResource } from './alarm.ts';
import { deadLettersId, PLATFORM } from './functions.ts';
import { jobMissed } from './job-missed.ts';
import { type DeclaredFunction, handlersOf } from './local/functions.ts';
import type { Resource, Resources } from './local/templates.ts';
import { alarmsTopicArn, findNamed, kebabCase, pascalCase, sub } from './names.ts';

/** Figures of this service itself (lib/shared/log.ts) at which somebody must look, with the stack that the alarm belongs to. */
const WATCHED: readonly { area: string; metric: Metric; runbook: string }[] = [
  { area: 'billing', metric: 'BillsLate', runbook: 'bill-run-late' },
  { area: 'billing', metric: 'BillsParked', runbook: 'bill-parked' },
  { area: 'billing', metric: 'BillsUnreconciled', runbook: 'bill-unreconciled' },
  { area: 'notifications', metric: 'MessagesFailed', runbook: 'mail-provider-down' },
  { area: 'repayments', metric: 'TransferClaimsOverdue', runbook: 'transfer-claims-overdue' },
  { area: PLATFORM, metric: 'TraceFailed', runbook: 'trace-failed' },
];

const indexed = z.object({ GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).optional() });

/** Alarms that follow from the declarations; those of the queues of infra/<area>.yml stand beside them. */
export function alarmsOf(
  area: string,
  functions: readonly DeclaredFunction[],
  resources: Resources,
): Record<string, Resource> {
  const alarms = [
    ...handlersOf(functions, 'schedule').flatMap(({ definition }) => [
      deadLetters(definition.name, 'job-failed'),
      ...jobMissed(definition),
    ]),
    ...handlersOf(functions, 'stream').flatMap(({ definition }) => [
      deadLetters(definition.name, 'outbox-stuck'),
      streamAge(definition.name),
    ]),
    ...handlersOf(functions, 'consumer').map(({ definition }) => queueAge(definition.queue, resources)),
    ...Object.entries(resources).flatMap(([id, resource]) => tableThrottled(id, resource)),
    ...WATCHED.filter((each) => each.area === area).map(({ metric, runbook }) => ownMetric(metric, runbook)),
    ...(area === PLATFORM ? apiAlarms : []),
  ];
  return Object.fromEntries(alarms.map((alarm) => [`${pascalCase(alarm.name)}Alarm`, alarmResource(alarm)]));
}

/** Who looks after the stage subscribes to this topic. */
export const alarmsTopic: Resource = { Type: 'AWS::SNS::Topic', Properties: { TopicName: sub('${Prefix}-alarms') } };

/** Every alarm of a stack tells the topic, those of infra/<area>.yml too. */
export function withActions(resources: Resources): Resources {
  const wired = Object.entries(resources).map(([id, resource]) => {
    if (resource.Type !== 'AWS::CloudWatch::Alarm') return [id, resource];
    return [
      id,
      {
        ...resource,
        Properties: { ...resource.Properties, AlarmActions: [alarmsTopicArn], OKActions: [alarmsTopicArn] },
      },
    ];
  });
  return Object.fromEntries(wired);
}

const deadLetters = (name: string, runbook: string): Alarm => ({
  name: `${name}-dead`,
  runbook,
  namespace: 'AWS/SQS',
  metric: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: { 'Fn::GetAtt': [deadLettersId(name), 'QueueName'] } },
  statistic: 'Maximum',
  above: 0,
});

const streamAge = (name: string): Alarm => ({
  name: `${name}-late`,
  runbook: 'outbox-stuck',
  namespace: 'AWS/Lambda',
  metric: 'IteratorAge',
  dimensions: { FunctionName: sub(`\${Prefix}-${name}`) },
  statistic: 'Maximum',
  above: 300_000, // milliseconds
  periods: 3,
});

function queueAge(queue: string, resources: Resources): Alarm {
  const id = findNamed(resources, 'AWS::SQS::Queue', queue) ?? queue;
  return {
    name: `${queue}-queue-late`,
    runbook: 'queue-late',
    namespace: 'AWS/SQS',
    metric: 'ApproximateAgeOfOldestMessage',
    dimensions: { QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } },
    statistic: 'Maximum',
    above: 3_600, // seconds
    minutes: 5,
    periods: 3,
  };
}

/**
 * A table throttles for its indexes as well: an index that cannot take a write holds up that of the table. CloudWatch counts each apart.
 * A single refusal is repeated by the client and means nothing.
 */
function tableThrottled(id: string, { Type, Properties }: Resource): Alarm[] {
  if (Type !== 'AWS::DynamoDB::Table') return [];
  const TableName = { Ref: id };
  const { GlobalSecondaryIndexes: indexes = [] } = indexed.parse(Properties);
  const places = [{ TableName }, ...indexes.map((each) => ({ TableName, GlobalSecondaryIndexName: each.IndexName }))];
  return (['Read', 'Write'] as const).map((kind) => ({
    name: `${kebabCase(id)}-${kind.toLowerCase()}s-throttled`,
    runbook: 'tables-throttled',
    namespace: 'AWS/DynamoDB',
    metric: `${kind}ThrottleEvents`,
    dimensions: places,
    statistic: 'Sum',
    above: 0,
    minutes: 5,
    periods: 2,
  }));
}

const ownMetric = (metric: Metric, runbook: string): Alarm => ({
  name: kebabCase(metric),
  runbook,
  namespace: 'PartnerCenter',
  metric,
  dimensions: { service: 'partner-center' },
  statistic: 'Sum',
  above: 0,
  minutes: 5,
});

const apiAlarms: readonly Alarm[] = [
  {
    name: 'api-errors',
    runbook: 'api-errors',
    namespace: 'AWS/ApiGateway',
    metric: '5xx',
    dimensions: { ApiId: { Ref: 'HttpApi' } },
    statistic: 'Sum',
    above: 5,
    minutes: 5,
  },
  // No dimension: all functions of the account share one pool of concurrent invocations, so it is the pool that runs dry.
  {
    name: 'functions-throttled',
    runbook: 'functions-throttled',
    namespace: 'AWS/Lambda',
    metric: 'Throttles',
    statistic: 'Sum',
    above: 0,
    minutes: 5,
    periods: 2,
  },
];
