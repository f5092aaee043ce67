import type { Metric } from '#lib/shared/log.ts';
import { deadLettersId, PLATFORM } from './functions.ts';
import { type DeclaredFunction, handlersOf } from './local/functions.ts';
import type { Resource, Resources } from './local/templates.ts';
import { alarmsTopicArn, findNamed, pascalCase, sub } from './names.ts';

interface Alarm {
  /** Last part of the alarm's name. */
  readonly name: string;
  /** Page in docs/runbooks/. */
  readonly runbook: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Readonly<Record<string, unknown>>;
  readonly statistic: 'Sum' | 'Maximum';
  readonly above: number;
  readonly minutes?: number;
  /** How many periods in a row. */
  readonly periods?: number;
}

/** Figures of this service itself (lib/shared/log.ts) at which somebody must look, with the stack that the alarm belongs to. */
const WATCHED: readonly { area: string; metric: Metric; runbook: string }[] = [
  { area: 'billing', metric: 'BillsLate', runbook: 'bill-run-late' },
  { area: 'billing', metric: 'BillsParked', runbook: 'bill-parked' },
  { area: 'billing', metric: 'BillsUnreconciled', runbook: 'bill-unreconciled' },
  { area: 'notifications', metric: 'MessagesFailed', runbook: 'mail-provider-down' },
  { area: 'repayments', metric: 'TransferClaimsOverdue', runbook: 'transfer-claims-overdue' },
  { area: PLATFORM, metric: 'TraceFailed', runbook: 'trace-failed' },
];

/** Alarms that follow from the declarations; those of the queues of infra/<area>.yml stand beside them. */
export function alarmsOf(
  area: string,
  functions: readonly DeclaredFunction[],
  resources: Resources,
): Record<string, Resource> {
  const alarms = [
    ...handlersOf(functions, 'schedule').map(({ definition }) => deadLetters(definition.name, 'job-failed')),
    ...handlersOf(functions, 'stream').flatMap(({ definition }) => [
      deadLetters(definition.name, 'outbox-stuck'),
      streamAge(definition.name),
    ]),
    ...handlersOf(functions, 'consumer').map(({ definition }) => queueAge(definition.queue, resources)),
    ...WATCHED.filter((each) => each.area === area).map(({ metric, runbook }) => ownMetric(metric, runbook)),
    ...(area === PLATFORM ? apiAlarms : []),
  ];
  return Object.fromEntries(alarms.map((alarm) => [`${pascalCase(alarm.name)}Alarm`, toResource(alarm)]));
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

const ownMetric = (metric: Metric, runbook: string): Alarm => ({
  name: metric.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase(),
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

const toResource = ({
  name,
  runbook,
  namespace,
  metric,
  dimensions = {},
  statistic,
  above,
  minutes = 1,
  periods = 1,
}: Alarm): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: sub(`\${Prefix}-${name}`),
    AlarmDescription: `docs/runbooks/${runbook}.md`,
    Namespace: namespace,
    MetricName: metric,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: statistic,
    Period: minutes * 60,
    EvaluationPeriods: periods,
    Threshold: above,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  },
});
