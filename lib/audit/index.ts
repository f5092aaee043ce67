export { customerTraceScope } from './customer-trace-scope.ts';
export {
  customerTraceView,
  searchesByOne,
  singleTraceView,
  toCustomerTraceView,
  toSingleTraceView,
  toTracingView,
  traceCriteria,
  tracingView,
} from './customer-trace-view.ts';
export { auditErrors } from './errors.ts';
export { queryCustomerTraces } from './query-customer-traces.ts';
export { recordTrace } from './record-trace.ts';
export { setTracing } from './set-tracing.ts';
export { ordered, RANGES, rangeFields, toTimeRange } from './time-range.ts';
export { listTraces } from './trace-store.ts';
export { toTraceView, traceView } from './trace-view.ts';
export { TRACED_EVENTS } from './traced-operations.ts';
export { loadTracing } from './tracing-store.ts';
export { whoseTraces } from './whose-traces.ts';
