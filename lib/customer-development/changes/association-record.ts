import type { AssociationType } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';

export const PURPOSES = ['association', 'disassociation', 'association-type-change'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const RECORD_STATUSES = ['pending-confirmation', 'completed', 'rejected', 'canceled'] as const;
export type RecordStatus = (typeof RECORD_STATUSES)[number];

export const SIDES = ['partner', 'customer'] as const;
export type Side = (typeof SIDES)[number];

/** One row per association, disassociation or type change between a partner and a customer, kept for good (ORD-158). */
export interface AssociationRecord {
  readonly recordId: string;
  readonly customerId: string;
  /** The partner that the customer deals with: the reseller where there is one. */
  readonly partnerId: string;
  /** For a reseller's customer. */
  readonly distributorId?: string;
  readonly accountName: string;
  readonly customerName?: string;
  readonly mobileNumber?: string;
  readonly purpose: Purpose;
  readonly associationType: AssociationType;
  readonly newAssociationType?: AssociationType;
  readonly reason?: string;
  readonly acknowledged?: boolean;
  readonly initiatedBy: Side;
  /** The member, or the customer itself. */
  readonly initiatorId: string;
  readonly status: RecordStatus;
  /** The partner's account manager at that time. */
  readonly accountManagerId?: string;
  /** When the association began that the record is about. */
  readonly associatedSince: Instant;
  readonly requestedAt: Instant;
  readonly processedAt?: Instant;
  readonly processedBy?: string;
  readonly version: number;
}

type Ended = Exclude<RecordStatus, 'pending-confirmation'>;

/** The record after somebody answered or withdrew. */
export const ended = (
  record: AssociationRecord,
  { status, by }: { readonly status: Ended; readonly by: string },
  now: Instant,
): AssociationRecord => ({
  ...record,
  status,
  processedAt: now,
  processedBy: by,
  version: record.version + 1,
});
