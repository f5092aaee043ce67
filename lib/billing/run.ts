import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Terms } from './bill.ts';
import type { Frozen } from './frozen.ts';

/** The monthly run of a cycle; there is one, however often it is started (FIN-15). */
export interface BillRun {
  readonly cycle: BillingMonth;
  readonly startedAt: Instant;
  /** Operator id, or `system` for the schedule. */
  readonly startedBy: string;
  /** Every billed partner has its place in the run. */
  readonly planned: boolean;
  /** Where the next page of partners begins. */
  readonly startKey?: Record<string, unknown>;
  readonly version: number;
}

export const PARTNER_STATES = [
  'expected',
  'generating',
  'issued',
  'nothing-to-bill',
  'parked',
  'voiding',
  'voided',
] as const;
export type PartnerState = (typeof PARTNER_STATES)[number];

/** Not final: the watchdog counts these. A parked partner waits for an operator, and so does one whose bill was voided. */
export const OPEN_STATES = [
  'expected',
  'generating',
  'parked',
  'voiding',
  'voided',
] as const satisfies readonly PartnerState[];

export interface Cause {
  readonly code: string;
  readonly detail: string;
}

/** One partner in a run: from `expected` over `generating` to a bill, to nothing to bill, or parked with the cause (FIN-19). */
export interface PartnerRun {
  readonly cycle: BillingMonth;
  readonly partnerId: string;
  /** Of the bill that is made, or that was made last. */
  readonly revision: number;
  readonly state: PartnerState;
  /** The customers up to this one are closed and have their part. */
  readonly plannedTo?: string;
  /** All customers are closed; no part comes any more. */
  readonly planned: boolean;
  readonly parts: number;
  readonly partsDone: number;
  /** Parts whose lines coupons know of. */
  readonly partsCollected: number;
  /** What coupons pay on the bill; absent until they have been over all its lines. */
  readonly couponsCovered?: Money;
  /** Sum of the closed months of its customers. */
  readonly frozen: Frozen;
  /** What the finished parts wrote; moved in the transaction that finishes a part. */
  readonly lineCount: number;
  readonly linesDue: Money;
  readonly terms?: Terms;
  readonly cause?: Cause;
  readonly billId?: string;
  readonly finishedAt?: Instant;
  /** Moved by changes of state and plan, not by finished parts. */
  readonly version: number;
}

/** Of the valid bill of the cycle, or of the one that is to come. */
export const revisionToCome = ({ revision, state }: Pick<PartnerRun, 'revision' | 'state'>): number =>
  state === 'voiding' || state === 'voided' ? revision + 1 : revision;

/** Nothing comes after it: a bill, or nothing to bill. */
export const isFinal = ({ state }: Pick<PartnerRun, 'state'>): boolean =>
  !(OPEN_STATES as readonly PartnerState[]).includes(state);

export const isUnderWay = ({ state }: PartnerRun): boolean => state === 'expected' || state === 'generating';
