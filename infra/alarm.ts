import type { Resource } from './local/templates.ts';
import { sub } from './names.ts';

type Dimensions = Readonly<Record<string, unknown>>;

/** When somebody must look: a figure that is too high, or one that fails to appear. */
type Limit = { readonly above: number } | { readonly below: number };

export type Alarm = Limit & {
  /** Last part of the alarm's name. */
  readonly name: string;
  /** Page in docs/runbooks/. */
  readonly runbook: string;
  readonly namespace: string;
  readonly metric: string;
  /** Of what; several are added up. */
  readonly dimensions?: Dimensions | readonly Dimensions[];
  readonly statistic: 'Sum' | 'Maximum';
  readonly minutes?: number;
  /** How many periods in a row. */
  readonly periods?: number;
};

/** A limit of CloudWatch. */
const MOST_METRICS = 10;

export const alarmResource = (alarm: Alarm): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: sub(`\${Prefix}-${alarm.name}`),
    AlarmDescription: `docs/runbooks/${alarm.runbook}.md`,
    ...watchedBy(alarm),
    EvaluationPeriods: alarm.periods ?? 1,
    ...('above' in alarm
      ? { Threshold: alarm.above, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' }
      : { Threshold: alarm.below, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' }),
  },
});

function watchedBy({ name, namespace, metric, dimensions = {}, statistic, minutes = 1 }: Alarm): object {
  const period = minutes * 60;
  if (!isSeveral(dimensions))
    return {
      Namespace: namespace,
      MetricName: metric,
      Dimensions: pairs(dimensions),
      Statistic: statistic,
      Period: period,
    };
  if (dimensions.length > MOST_METRICS) throw new Error(`${name} adds up more than ${MOST_METRICS} metrics`);
  const single = dimensions.map((each, i) => ({
    Id: `m${i}`,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: metric, Dimensions: pairs(each) },
      Stat: statistic,
      Period: period,
    },
    ReturnData: false,
  }));
  // A metric of an event that never happened has no points; without FILL there would be no sum either.
  return { Metrics: [{ Id: 'all', Expression: 'SUM(FILL(METRICS(), 0))', ReturnData: true }, ...single] };
}

const isSeveral = (dimensions: Dimensions | readonly Dimensions[]): dimensions is readonly Dimensions[] =>
  Array.isArray(dimensions);

const pairs = (dimensions: Dimensions): object[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
