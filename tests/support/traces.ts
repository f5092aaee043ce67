import { queryAll } from '#lib/shared/dynamodb.ts';

interface StoredTrace {
  readonly operation: string;
  readonly outcome: string;
  readonly code?: string;
  readonly actorId: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What the audit table holds of a partner, or of the platform's own people, oldest first, optionally of one operation. */
export async function tracesOf(partnerId: string | 'platform', operation?: string): Promise<StoredTrace[]> {
  const traces: StoredTrace[] = [];
  for await (const item of queryAll({
    table: 'audit',
    pk: partnerId === 'platform' ? 'PLATFORM' : `PARTNER#${partnerId}`,
    sk: { beginsWith: 'TRACE#' },
  })) {
    const { before, after, ...trace } = item;
    const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);
    traces.push({ ...(trace as unknown as StoredTrace), before: parsed(before), after: parsed(after) });
  }
  return traces.filter((trace) => operation === undefined || trace.operation === operation);
}
