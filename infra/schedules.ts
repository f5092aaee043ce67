import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import { deadLettersId } from './functions.ts';
import { type DeclaredFunction, handlersOf } from './local/functions.ts';
import type { Resource } from './local/templates.ts';
import { arnOf, functionLogicalId, pascalCase, sub } from './names.ts';
import { allow, trust } from './roles.ts';

type ScheduleDefinition = ScheduleHandler['definition'];

/** What a job gets: the time it was due, not the time it runs (CUS-252, FIN-165). */
const INPUT = JSON.stringify({ time: '<aws.scheduler.scheduled-time>', id: '<aws.scheduler.execution-id>' });
const PATIENCE_SECONDS = 3_600;
const RETENTION_SECONDS = 1_209_600;

/** Schedules of an area's jobs, the role under which EventBridge Scheduler starts them, and a queue for each job that failed for good. */
export function scheduleResources(functions: readonly DeclaredFunction[]): Record<string, Resource> {
  const jobs = handlersOf(functions, 'schedule').map(({ definition }) => definition);
  if (jobs.length === 0) return {};
  return {
    SchedulerRole: schedulerRole(jobs),
    ...Object.fromEntries(jobs.map((job) => [`${pascalCase(job.name)}Schedule`, scheduleOf(job)])),
  };
}

/** A queue for what a job or the follower of a stream gives up. */
export const deadLetterQueue = (name: string): Resource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: sub(`\${Prefix}-${name}-dead`), MessageRetentionPeriod: RETENTION_SECONDS },
});

const scheduleOf = ({ name, schedule, timezone, summary }: ScheduleDefinition): Resource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: sub(`\${Prefix}-${name}`),
    Description: summary.slice(0, 512),
    ScheduleExpression: schedule,
    ScheduleExpressionTimezone: timezone,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: arnOf(functionLogicalId(name)),
      RoleArn: arnOf('SchedulerRole'),
      Input: INPUT,
      RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: PATIENCE_SECONDS },
      DeadLetterConfig: { Arn: arnOf(deadLettersId(name)) },
    },
  },
});

const schedulerRole = (jobs: readonly ScheduleDefinition[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust('scheduler.amazonaws.com'),
    Policies: [
      {
        PolicyName: 'start-jobs',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            ...allow(
              ['lambda:InvokeFunction'],
              jobs.map(({ name }) => arnOf(functionLogicalId(name))),
            ),
            ...allow(
              ['sqs:SendMessage'],
              jobs.map(({ name }) => arnOf(deadLettersId(name))),
            ),
          ],
        },
      },
    ],
  },
});
