import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './actor.ts';
import type { Instant } from './time.ts';
import type { Write } from './transaction.ts';

/** What is known about the invocation under way; log lines, traces, events and the commit read it. */
export interface Call {
  readonly operation: string;
  readonly requestId: string;
  readonly now: Instant;
  actor: Actor;
  sourceIp?: string;
  /** Joined to the first commit of the call: marks the idempotency key as applied together with the change itself. */
  applied?: Write;
  /** Set when a verification code was checked for this call (CUS entity FreezeRecord.verificationUsed). */
  verified?: boolean;
}

const storage = new AsyncLocalStorage<Call>();

export const inCall = <T>(call: Call, work: () => Promise<T>): Promise<T> => storage.run(call, work);

export function currentCall(): Call {
  const call = storage.getStore();
  if (!call) throw new Error('no call is under way');
  return call;
}

export const maybeCall = (): Call | undefined => storage.getStore();
