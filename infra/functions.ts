import type { ConsumerDefinition } from '#lib/shared/consumer.ts';
import type { OperationDefinition } from '#lib/shared/operation.ts';
import type { DeclaredFunction, FunctionHandler } from './local/functions.ts';
import type { Resources } from './local/templates.ts';
import { arnOf, camelCase, findNamed, pascalCase } from './names.ts';

/** One entry of the function map, in the form that serverless.yml takes. */
export interface MappedFunction {
  readonly name: string;
  readonly description: string;
  readonly handler: string;
  readonly role: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly logRetentionInDays: number;
  readonly events: readonly object[];
  readonly [setting: string]: unknown;
}

const LOG_RETENTION_DAYS = 90;
/** More memory is more processor: half a gigabyte doubles the time of a cold start. */
const MEMORY_MEGABYTES = 1024;
/** The gateway gives up after 30 seconds; an operation should say so itself, before. */
const OPERATION_TIMEOUT_SECONDS = 15;
/** An outage of the topic is outlived for half of the day that a stream keeps its records. */
const STREAM_PATIENCE_SECONDS = 43_200;

export const PLATFORM = 'platform';
export const AUTHORIZER = 'bearer';
export const AUTHORIZER_EXPORT = 'partner-center-${sls:stage}-authorizer';
/** One role per area; infra/roles.ts says what it may do. */
export const AREA_ROLE = 'AreaRole';

/** The function map of one area, derived from what the files of functions/<area>/ declare. */
export function functionMap(
  functions: readonly DeclaredFunction[],
  resources: Resources,
): Record<string, MappedFunction> {
  return Object.fromEntries(
    functions.map((each) => [camelCase(each.handler.definition.name), mapped(each, resources)]),
  );
}

function mapped({ area, file, handler: { definition } }: DeclaredFunction, resources: Resources): MappedFunction {
  return {
    name: `partner-center-\${sls:stage}-${definition.name}`,
    description: 'summary' in definition ? definition.summary.slice(0, 256) : definition.name,
    handler: `${file.replace(/\.ts$/, '')}.handler`,
    role: AREA_ROLE,
    timeout: definition.timeoutSeconds ?? OPERATION_TIMEOUT_SECONDS,
    memorySize: 'memoryMegabytes' in definition ? (definition.memoryMegabytes ?? MEMORY_MEGABYTES) : MEMORY_MEGABYTES,
    logRetentionInDays: LOG_RETENTION_DAYS,
    // The environment quotes the secret by name, which CloudFormation does not see as a dependency.
    ...(area === PLATFORM ? { dependsOn: ['Secrets'] } : {}),
    ...trigger(definition, area, resources),
  };
}

function trigger(
  definition: FunctionHandler['definition'],
  area: string,
  resources: Resources,
): { events: object[] } & Record<string, unknown> {
  switch (definition.kind) {
    case 'operation':
      return { events: [{ httpApi: httpRoute(definition, area) }] };
    case 'consumer':
      return { events: [{ sqs: queueSource(definition, resources) }] };
    case 'stream':
      return { events: [{ stream: streamSource(definition, resources) }] };
    case 'schedule': // EventBridge Scheduler calls asynchronously: Lambda repeats a failed run and keeps what failed for good
      return {
        events: [],
        maximumRetryAttempts: 2,
        maximumEventAge: 3_600,
        destinations: { onFailure: { type: 'sqs', arn: arnOf(deadLettersId(definition.name)) } },
      };
    case 'authorizer':
      return { events: [] };
  }
}

function httpRoute({ route, actors }: OperationDefinition, area: string): object {
  const [method, path] = route.split(' ');
  return { method, path, ...(actors === 'anyone' ? {} : { authorizer: { type: 'request', ...authorizerFor(area) } }) };
}

/** The platform stack owns the API and its authorizer; the other stacks import both. */
const authorizerFor = (area: string): object =>
  area === PLATFORM ? { name: AUTHORIZER } : { id: { 'Fn::ImportValue': AUTHORIZER_EXPORT } };

function queueSource({ name, queue, batchSize, maximumConcurrency }: ConsumerDefinition, resources: Resources): object {
  const queueId = findNamed(resources, 'AWS::SQS::Queue', queue);
  if (!queueId) throw new Error(`${name} reads the queue ${queue}, which its area does not declare`);
  return {
    arn: arnOf(queueId),
    batchSize: batchSize ?? 10,
    maximumConcurrency,
    functionResponseType: 'ReportBatchItemFailures',
  };
}

function streamSource(
  definition: Extract<FunctionHandler['definition'], { kind: 'stream' }>,
  resources: Resources,
): object {
  const { name, table } = definition;
  const tableId = findNamed(resources, 'AWS::DynamoDB::Table', table);
  if (!tableId) throw new Error(`${name} follows the table ${table}, which its area does not declare`);
  return {
    type: 'dynamodb',
    arn: { 'Fn::GetAtt': [tableId, 'StreamArn'] },
    startingPosition: 'TRIM_HORIZON',
    batchSize: 100,
    filterPatterns: 'pattern' in definition ? [definition.pattern] : undefined,
    functionResponseType: 'ReportBatchItemFailures',
    bisectBatchOnFunctionError: true,
    maximumRecordAgeInSeconds: STREAM_PATIENCE_SECONDS,
    destinations: { onFailure: { type: 'sqs', arn: arnOf(deadLettersId(name)) } },
  };
}

export const deadLettersId = (name: string): string => `${pascalCase(name)}DeadLetters`;
