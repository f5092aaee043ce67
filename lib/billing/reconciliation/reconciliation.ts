import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { type Frozen, NOTHING } from '../frozen.ts';
import { NO_LINES, type Totals } from '../totals.ts';

/** How far it is: behind which record of which customer, and behind which line. */
export interface Progress {
  readonly customerId: string;
  /** Where the customer goes on; when absent, the next customer is next. */
  readonly startKey?: Record<string, unknown>;
  /** What was read of this customer. */
  readonly read: Frozen;
  /** Sort key of the last line that was compared. */
  readonly after: string;
}

/** Records, lines and ledger of a partner's bill of one cycle, compared once. */
export interface Reconciliation {
  readonly cycle: BillingMonth;
  readonly partnerId: string;
  readonly billId: string;
  readonly state: 'running' | 'done';
  /** Asked for at this time; what was asked for later replaces it. */
  readonly askedAt: Instant;
  /** Version of the partner's run that asked before its issue. */
  readonly runVersion?: number;
  readonly progress: Progress;
  /** At list prices. */
  readonly records: Frozen;
  /** At list prices, beside the totals that the header is made of. */
  readonly linesAtList: Frozen;
  readonly lines: Totals;
  readonly differences: number;
  readonly finishedAt?: Instant;
  readonly version: number;
}

export type Asked = Pick<Reconciliation, 'cycle' | 'partnerId' | 'billId' | 'askedAt' | 'runVersion'>;

/** Later ones sort behind earlier ones. */
export const markOf = ({ askedAt, runVersion = 0 }: Pick<Asked, 'askedAt' | 'runVersion'>): string =>
  `${askedAt}#${String(runVersion).padStart(9, '0')}`;

export const begun = (asked: Asked): Reconciliation => ({
  ...asked,
  state: 'running',
  progress: { customerId: '', read: NOTHING, after: '' },
  records: NOTHING,
  linesAtList: NOTHING,
  lines: NO_LINES,
  differences: 0,
  version: 1,
});
