import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { maybeCall } from './call.ts';

const logger = new Logger({ serviceName: 'partner-center' });
const metrics = new Metrics({ namespace: 'PartnerCenter', serviceName: 'partner-center' });

type Fields = Readonly<Record<string, unknown>>;

/** Structured lines; request, operation and actor come from the call under way. Never put a secret or a masked field into `fields`. */
export const log = {
  info: (message: string, fields: Fields = {}): void => logger.info(message, { ...context(), ...fields }),
  warn: (message: string, fields: Fields = {}): void => logger.warn(message, { ...context(), ...fields }),
  error: (message: string, error: unknown, fields: Fields = {}): void =>
    logger.error(message, {
      ...context(),
      ...fields,
      error: error instanceof Error ? error : new Error(String(error)),
    }),
};

/** The figures that operators watch; alarms in infra/ name them. */
export type Metric =
  | 'RecordsCounted'
  | 'RecordsDuplicate'
  | 'RecordsQuarantined'
  | 'AlertsRaised'
  | 'GroupAlertsRaised'
  | 'AccountsFrozen'
  | 'BillsIssued'
  | 'BillsParked'
  | 'BillsLate'
  | 'BillsUnreconciled'
  | 'BillsVoided'
  | 'TransferClaimsOverdue'
  | 'MessagesSent'
  | 'MessagesDelayed'
  | 'MessagesFailed'
  | 'JobFailed'
  | 'ConsumerFailed'
  | 'TraceFailed';

/** Adds to a metric; written out in embedded metric format when the invocation ends. */
export const count = (metric: Metric, value = 1): void => {
  metrics.addMetric(metric, MetricUnit.Count, value);
};

export const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics(); // with none it would write a warning instead
};

function context(): Fields {
  const call = maybeCall();
  return call
    ? { operation: call.operation, requestId: call.requestId, actor: call.actor.kind, actorId: call.actor.id }
    : {};
}
