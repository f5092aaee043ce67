import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../../infra/build.ts';
import { handlersOf, loadFunctions } from '../../infra/local/functions.ts';
import { at, packaged, packagedTemplates, referred, usePackaged } from './packaged.ts';
import './bundle.suite.ts'; // packaging takes seconds, so what reads its result is one test file
import './grants.suite.ts';
import './roles.suite.ts';

usePackaged();

const functions = await loadFunctions();

describe('every template', () => {
  it('keeps below the limits of CloudFormation and the gateway', () => {
    for (const [area, template] of packagedTemplates()) {
      const text = JSON.stringify(template);
      expect(Object.keys(template.Resources).length, area).toBeLessThanOrEqual(450);
      expect(text.length, `${area}: bytes`).toBeLessThan(1_000_000);
      expect(text.split('{{resolve:').length - 1, `${area}: dynamic references`).toBeLessThanOrEqual(60);
    }
    expect(packaged('AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(300);
  });

  it('holds a function and a route for each declaration, and no other', () => {
    const names = packaged('AWS::Lambda::Function').map(({ properties }) => properties.FunctionName);
    expect(names.sort()).toEqual(
      functions.map(({ handler }) => `partner-center-test-${handler.definition.name}`).sort(),
    );
    const routes = packaged('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey);
    expect(routes.sort()).toEqual(
      handlersOf(functions, 'operation')
        .map(({ definition }) => definition.route)
        .sort(),
    );
  });
});

describe('every function', () => {
  it('runs on Node 24 with its own timeout, role and kept log', () => {
    const kept = new Map(
      packaged('AWS::Logs::LogGroup').map(({ properties }) => [properties.LogGroupName, properties.RetentionInDays]),
    );
    for (const { properties } of packaged('AWS::Lambda::Function')) {
      const name = String(properties.FunctionName);
      expect(properties, name).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Role: { 'Fn::GetAtt': ['AreaRole', 'Arn'] },
      });
      expect(properties.Timeout, name).toBeGreaterThan(0);
      expect(kept.get(`/aws/lambda/${name}`), name).toBe(90);
      expect(name.length, name).toBeLessThanOrEqual(64);
    }
  });

  it('answers the gateway before that gives up', () => {
    for (const { definition } of handlersOf(functions, 'operation'))
      expect(definition.timeoutSeconds ?? 0, definition.name).toBeLessThan(30);
  });

  it('is behind the authorizer unless it is for anyone', () => {
    const open = packaged('AWS::ApiGatewayV2::Route').filter(
      ({ properties }) => properties.AuthorizationType !== 'CUSTOM',
    );
    const forAnyone = handlersOf(functions, 'operation').filter(({ definition }) => definition.actors === 'anyone');
    expect(open.map(({ properties }) => properties.RouteKey).sort()).toEqual(
      forAnyone.map(({ definition }) => definition.route).sort(),
    );
  });
});

describe('the API', () => {
  it("lets the portal's origin call every operation from a browser, without cookies", () => {
    const methods = handlersOf(functions, 'operation').map(({ definition }) => definition.route.split(' ')[0]);
    const part = (index: number) => ({ 'Fn::Select': [index, { 'Fn::Split': ['/', { Ref: 'PortalUrl' }] }] });
    const [api, ...others] = packaged('AWS::ApiGatewayV2::Api');
    expect(others).toEqual([]);
    expect(api?.properties.CorsConfiguration).toEqual({
      AllowOrigins: [{ 'Fn::Join': ['//', [part(0), part(2)]] }],
      AllowMethods: [...new Set(methods)].sort(),
      AllowHeaders: expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'if-match']),
      ExposeHeaders: expect.arrayContaining(['content-disposition', 'etag', 'retry-after', 'x-request-id']),
      MaxAge: 3_600,
    });
    const [bucket] = packaged('AWS::S3::Bucket').filter(({ id }) => id === 'FilesBucket');
    expect(at(bucket?.properties, 'CorsConfiguration', 'CorsRules', '0')).toMatchObject({
      AllowedOrigins: [{ 'Fn::Join': ['//', [part(0), part(2)]] }],
      AllowedMethods: ['GET', 'PUT'],
    });
  });
});

describe('every queue', () => {
  it('CUS-267: gives up after five deliveries into a dead-letter queue that keeps it for 14 days', () => {
    const queues = packaged('AWS::SQS::Queue');
    for (const { area, id, properties } of queues.filter(({ id }) => !id.endsWith('DeadLetters'))) {
      expect(at(properties, 'RedrivePolicy', 'maxReceiveCount'), id).toBe(5);
      const target = referred(at(properties, 'RedrivePolicy', 'deadLetterTargetArn'));
      const dead = queues.find((each) => each.area === area && each.id === target);
      expect(dead?.properties.MessageRetentionPeriod, id).toBe(1_209_600);
    }
  });

  it('CUS-267: raises an alarm with the first dead letter', () => {
    const watched = packaged('AWS::CloudWatch::Alarm').filter(
      ({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible',
    );
    for (const { area, id } of packaged('AWS::SQS::Queue').filter(({ id }) => id.endsWith('DeadLetters'))) {
      const alarm = watched.find((each) => each.area === area && dimensionsOf(each.properties).includes(id));
      expect(alarm?.properties, `${area}: ${id}`).toMatchObject({
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      });
    }
  });

  it('raises an alarm when its oldest message waits too long', () => {
    const watched = packaged('AWS::CloudWatch::Alarm').filter(
      ({ properties }) => properties.MetricName === 'ApproximateAgeOfOldestMessage',
    );
    for (const { area, id } of packaged('AWS::SQS::Queue').filter(({ id }) => !id.endsWith('DeadLetters')))
      expect(watched.filter((each) => each.area === area && dimensionsOf(each.properties).includes(id))).toHaveLength(
        1,
      );
  });

  it('hides a message for six times the timeout of the one function that reads it', () => {
    const sources = packaged('AWS::Lambda::EventSourceMapping');
    for (const { area, id, properties } of packaged('AWS::SQS::Queue').filter(
      ({ id }) => !id.endsWith('DeadLetters'),
    )) {
      const readers = sources.filter((each) => each.area === area && referred(each.properties.EventSourceArn) === id);
      expect(readers.length, `${id}: readers`).toBe(1);
      const reader = referred(readers[0]?.properties.FunctionName) ?? '';
      const timeout = packagedTemplates().get(area)?.Resources[reader]?.Properties.Timeout;
      expect(properties.VisibilityTimeout, id).toBe(6 * Number(timeout));
      expect(readers[0]?.properties.FunctionResponseTypes, id).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('gets from the topic exactly the events that its consumer declares', () => {
    const subscriptions = packaged('AWS::SNS::Subscription');
    const filters = subscriptions.map(({ area, properties }) => {
      const queue = packagedTemplates().get(area)?.Resources[referred(properties.Endpoint) ?? '']?.Properties.QueueName;
      expect(properties, String(queue)).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
      return [nameText(queue), texts(at(properties, 'FilterPolicy', 'name'))];
    });
    const declared = handlersOf(functions, 'consumer')
      .filter(({ definition }) => definition.events)
      .map(({ definition }) => [`\${Prefix}-${definition.queue}`, definition.events?.map(({ name }) => name).sort()]);
    expect(filters.sort()).toEqual(declared.sort());
  });
});

describe('every job', () => {
  it('CUS-252, FIN-165: is told when it was due, is repeated, and ends in a queue of its own', () => {
    const schedules = packaged('AWS::Scheduler::Schedule');
    const invocations = packaged('AWS::Lambda::EventInvokeConfig');
    expect(schedules.length).toBe(handlersOf(functions, 'schedule').length);
    for (const { area, id, properties } of schedules) {
      const { Target: target } = properties;
      expect(JSON.parse(String(at(target, 'Input'))), id).toEqual({
        time: '<aws.scheduler.scheduled-time>',
        id: '<aws.scheduler.execution-id>',
      });
      expect(properties.ScheduleExpressionTimezone, id).toBeTruthy();
      expect(at(target, 'RetryPolicy'), id).toBeDefined();
      const job = referred(at(target, 'Arn'));
      const config = invocations.find((each) => each.area === area && referred(each.properties.FunctionName) === job);
      expect(config?.properties, id).toMatchObject({
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: at(target, 'DeadLetterConfig', 'Arn') } },
      });
    }
  });
});

describe('every schedule', () => {
  it('raises an alarm when its job is not started, unless it runs less than once a week', () => {
    const missed = packaged('AWS::CloudWatch::Alarm').filter(
      ({ properties }) => properties.MetricName === 'Invocations',
    );
    const monthly = [
      'apply-unassignments',
      'expire-cards',
      'reconcile-bills',
      'restore-monthly-budgets',
      'start-monthly-billing',
      'watch-bill-run',
    ];
    const watched = handlersOf(functions, 'schedule')
      .map(({ definition }) => definition.name)
      .filter((name) => !monthly.includes(name));
    expect(missed.map(({ properties }) => nameText(properties.AlarmName)).sort()).toEqual(
      watched.map((name) => `\${Prefix}-${name}-missed`).sort(),
    );
    for (const { id, properties } of missed)
      expect(properties, id).toMatchObject({ ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' });
  });
});

describe('every alarm', () => {
  const alarms = () => packaged('AWS::CloudWatch::Alarm');

  it('tells somebody', () => {
    for (const { id, properties } of alarms()) expect(properties.AlarmActions, id).toHaveLength(1);
  });

  it('names a page of docs/runbooks/ that exists, and every page for an alarm is named by one', () => {
    const named = alarms().map(({ properties }) => String(properties.AlarmDescription));
    for (const page of named) expect(existsSync(join(ROOT, page)), page).toBe(true);
    const pages = globSync(join(ROOT, 'docs', 'runbooks', '*.md')).map((file) => `docs/runbooks/${basename(file)}`);
    const forOperators = ['README', 'deploy', 'rollback'].map((page) => `docs/runbooks/${page}.md`);
    expect(pages.filter((page) => !forOperators.includes(page)).sort()).toEqual([...new Set(named)].sort());
  });

  it('looks back no further than CloudWatch does', () => {
    for (const { id, properties } of alarms()) {
      const seconds = Number(properties.EvaluationPeriods) * Number(properties.Period ?? 0);
      expect(seconds, id).toBeLessThanOrEqual(Number(properties.Period) >= 3_600 ? 604_800 : 86_400);
    }
  });

  it('stands in its stack once', () => {
    const names = alarms().map(({ properties }) => nameText(properties.AlarmName));
    expect(names).toHaveLength(new Set(names).size);
  });
});

describe('every table', () => {
  it('is paid by use, can be restored and outlives its stack', () => {
    for (const [area, { Resources }] of packagedTemplates()) {
      for (const [id, resource] of Object.entries(Resources).filter(
        ([, each]) => each.Type === 'AWS::DynamoDB::Table',
      )) {
        expect(resource, `${area}: ${id}`).toMatchObject({
          DeletionPolicy: 'Retain',
          Properties: {
            BillingMode: 'PAY_PER_REQUEST',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        });
      }
    }
  });
});

describe('a table or an index that is throttled', () => {
  const placesOf = (metric: string) =>
    packaged('AWS::CloudWatch::Alarm').flatMap(({ area, properties }) =>
      metricsOf(properties)
        .filter((each) => at(each, 'MetricStat', 'Metric', 'MetricName') === metric)
        .map((each) => {
          const dimensions = at(each, 'MetricStat', 'Metric', 'Dimensions');
          return `${area} ${JSON.stringify(dimensions)}`;
        }),
    );

  it.each(['ReadThrottleEvents', 'WriteThrottleEvents'])('is counted by an alarm: %s', (metric) => {
    const places = packaged('AWS::DynamoDB::Table').flatMap(({ area, id, properties }) => {
      const table = { Name: 'TableName', Value: { Ref: id } };
      const indexes = z.array(z.object({ IndexName: z.string() })).parse(properties.GlobalSecondaryIndexes ?? []);
      const ofIndexes = indexes.map(({ IndexName }) => [table, { Name: 'GlobalSecondaryIndexName', Value: IndexName }]);
      return [[table], ...ofIndexes].map((dimensions) => `${area} ${JSON.stringify(dimensions)}`);
    });
    expect(places.length).toBeGreaterThan(0);
    expect(placesOf(metric).sort()).toEqual(places.sort());
  });
});

const metricsOf = ({ Metrics }: Readonly<Record<string, unknown>>): unknown[] =>
  Array.isArray(Metrics) ? Metrics : [];

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String).sort() : []);

const nameText = (name: unknown): string =>
  typeof name === 'object' && name !== null && 'Fn::Sub' in name ? String(name['Fn::Sub']) : String(name);

const dimensionsOf = ({ Dimensions }: Readonly<Record<string, unknown>>): (string | undefined)[] =>
  Array.isArray(Dimensions) ? Dimensions.map((dimension: { Value: unknown }) => referred(dimension.Value)) : [];
