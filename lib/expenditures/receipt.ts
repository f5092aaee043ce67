import type { FieldError } from '#lib/shared/errors.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { RefusalCode } from './classify.ts';
import type { Charge, ExpenditureRecord } from './record.ts';

/** One record as it came in. */
export interface Delivery {
  readonly raw: unknown;
  /** Way in and place, such as `import:job_…:17`; the same delivery repeated after a crash counts as the first one did. */
  readonly mark: string;
}

export const RECEIPTS = ['counted', 'late', 'duplicate', 'conflict', 'rejected'] as const;
export type ReceiptKind = (typeof RECEIPTS)[number];

/** What became of one delivered record; nothing is dropped in silence. */
export interface Receipt {
  readonly receipt: ReceiptKind;
  readonly recordId?: string;
  /** The bill it is on, and the month whose usage it moved; those of the stored record for a duplicate or conflict. */
  readonly billingCycle?: BillingMonth;
  readonly consumptionMonth?: BillingMonth;
  /** Why it was not counted, and where it is kept. */
  readonly code?: RefusalCode;
  readonly reasons?: readonly FieldError[];
  readonly quarantineEntryId?: string;
  /** The charge, once it could be read as one. */
  readonly charge?: Charge;
}

/** A record that is stored, seen from one delivery of it. */
export interface StoredRecord {
  readonly record: ExpenditureRecord;
  readonly digest: string;
  readonly mark: string;
}

export interface Delivered {
  readonly charge: Charge;
  readonly digest: string;
  readonly mark: string;
}

/** CUS-096: what a delivery means when its record id is stored already. */
export function receiptBeside(stored: StoredRecord, delivered: Delivered): Receipt {
  const { recordId, billingCycle, consumptionMonth, late } = stored.record;
  const months = { recordId, billingCycle, consumptionMonth, charge: delivered.charge };
  if (stored.digest !== delivered.digest) {
    const reasons = [{ pointer: '/recordId', detail: 'a record with this id and other content is stored' }];
    return { receipt: 'conflict', ...months, code: 'CONTENT_CONFLICT', reasons };
  }
  if (stored.mark === delivered.mark) return { receipt: late ? 'late' : 'counted', ...months };
  return { receipt: 'duplicate', ...months };
}
