import { defineErrors } from '#lib/shared/errors.ts';

export const auditErrors = defineErrors({
  TRACING_NOT_ENABLED: { status: 409, message: 'Tracing is off, and was off for the last seven days.' }, // ORD-151
  RANGE_TOO_OLD: { status: 422, message: 'Traces are kept for seven days; ask for a later time range.' }, // ORD-169
});
