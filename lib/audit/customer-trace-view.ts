import * as z from 'zod';
import { TRACE_NAMES } from '#events/audit.ts';
import { type CustomerTrace, TRACE_STATUSES, TRACE_TYPES } from './customer-trace.ts';
import type { TraceCriteria } from './customer-trace-store.ts';
import type { Tracing } from './tracing.ts';

export const tracingView = z.object({
  enabled: z.boolean(),
  since: z.string().optional().meta({ description: 'When it was last turned on or off' }),
});

export const toTracingView = (tracing: Tracing | undefined): z.input<typeof tracingView> => ({
  enabled: tracing?.enabled ?? false, // ORD-151: nothing is traced before the customer wants it
  since: tracing?.since,
});

const searchBy = ['traceName', 'resourceId', 'resourceName'] as const;

/** ORD-170. Region and project are no criteria. */
export const traceCriteria = {
  traceType: z.enum(TRACE_TYPES).optional(),
  traceSource: z.string().max(64).optional(),
  resourceType: z.string().max(64).optional(),
  traceName: z.enum(TRACE_NAMES).optional(),
  resourceId: z.string().max(200).optional(),
  resourceName: z.string().max(256).optional(),
  operator: z.string().max(200).optional(),
  traceStatus: z.enum(TRACE_STATUSES).optional(),
};

/** "Search by" takes one of three (ORD-170). */
export const searchesByOne = (criteria: TraceCriteria): boolean =>
  searchBy.filter((name) => criteria[name] !== undefined).length <= 1;

/** Columns of the list; the id leads to the single trace. */
export const customerTraceView = z.object({
  traceId: z.string(),
  traceName: z.string(),
  resourceType: z.string(),
  traceSource: z.string(),
  resourceId: z.string().optional(),
  resourceName: z.string().optional(),
  traceStatus: z.enum(TRACE_STATUSES),
  operator: z.string(),
  operationTime: z.string(),
});

/** ORD-171. */
export const singleTraceView = customerTraceView.extend({
  traceType: z.enum(TRACE_TYPES),
  sourceIp: z.string().optional(),
  generatedAt: z.string(),
  record: z.record(z.string(), z.unknown()).meta({ description: 'The full record' }),
});

export const toCustomerTraceView = (trace: CustomerTrace): z.input<typeof customerTraceView> => trace;
export const toSingleTraceView = (trace: CustomerTrace): z.input<typeof singleTraceView> => ({
  ...trace,
  record: { ...trace },
});
