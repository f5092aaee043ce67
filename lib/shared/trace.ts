import { currentCall } from './call.ts';
import { newId } from './ids.ts';
import { maskPersonal } from './masking.ts';
import { exactText, type Money } from './money.ts';
import type { Write } from './transaction.ts';

/**
 * The audit trace of one change (CUS-020, ORG-177): who did what to whom, before and after. Written in the transaction of the
 * change; a refused request leaves one too, written by the operation builder.
 */
export interface Trace {
  /** What was done, when it is not the operation under way itself but a step of it. */
  readonly operation?: string;
  readonly partnerId?: string;
  readonly customerId?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly outcome?: 'done' | 'refused' | 'failed';
  readonly code?: string;
}

export function traceWrite(trace: Trace): Write {
  const call = currentCall();
  const traceId = newId('trc', call.now);
  const partnerId = trace.partnerId ?? (call.actor.kind === 'member' ? call.actor.partnerId : undefined);
  return {
    table: 'audit',
    put: {
      pk: partnerId ? `PARTNER#${partnerId}` : 'PLATFORM',
      sk: `TRACE#${call.now}#${traceId}`,
      ...(trace.customerId
        ? { customerKey: `CUSTOMER#${trace.customerId}`, customerTime: `${call.now}#${traceId}` }
        : {}),
      traceId,
      operation: trace.operation ?? call.operation,
      requestId: call.requestId,
      at: call.now,
      actor: call.actor.kind,
      actorId: call.actor.id,
      partnerId,
      customerId: trace.customerId,
      outcome: trace.outcome ?? 'done',
      code: trace.code,
      sourceIp: call.sourceIp,
      verificationUsed: call.verified,
      before: trace.before === undefined ? undefined : stringify(trace.before),
      after: trace.after === undefined ? undefined : stringify(trace.after),
    },
    condition: 'attribute_not_exists(pk)', // append only
  };
}

/** Nobody takes a trace back, so personal fields never enter one in clear (spec note 13). Every bigint is an amount (`Money`). */
const stringify = (value: unknown): string =>
  JSON.stringify(value, (key, member: unknown) =>
    typeof member === 'bigint' ? exactText(member as Money) : maskPersonal(key, member),
  );
