import * as z from 'zod';
import type { Actor } from '#lib/shared/actor.ts';
import { maskName, maskPhone } from '#lib/shared/masking.ts';
import { instant, instantText } from '#lib/shared/time.ts';
import { type AssociationRecord, PURPOSES, RECORD_STATUSES, SIDES } from './association-record.ts';
import type { Rejection } from './batch-reject.ts';
import type { Check } from './blocking-checks.ts';

const associationType = z.enum(['reseller', 'referral']);

export const recordView = z.object({
  recordId: z.string(),
  customerId: z.string(),
  partnerId: z.string().meta({ description: 'The partner that the customer deals with' }),
  distributorId: z.string().nullable().meta({ description: 'Of a reseller' }),
  accountName: z.string(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  mobileNumber: z.string().nullable().meta({ description: 'Masked' }),
  purpose: z.enum(PURPOSES),
  associationType,
  newAssociationType: associationType.nullable(),
  reason: z.string().nullable(),
  initiatedBy: z.enum(SIDES),
  status: z.enum(RECORD_STATUSES),
  accountManagerId: z.string().nullable().meta({ description: 'At the time of the request' }),
  requestedAt: z.string(),
  processedAt: z.string().nullable(),
});

/** A record as lists and answers show it; personal fields masked (ORD-06). */
export const toRecordView = (record: AssociationRecord): z.input<typeof recordView> => ({
  ...record,
  distributorId: record.distributorId ?? null,
  customerName: record.customerName ? maskName(record.customerName) : null,
  mobileNumber: record.mobileNumber ? maskPhone(record.mobileNumber) : null,
  newAssociationType: record.newAssociationType ?? null,
  reason: record.reason ?? null,
  accountManagerId: record.accountManagerId ?? null,
  processedAt: record.processedAt ?? null,
});

/** ORD-45: the same for the customer; whom the partner had look after it stays with the partner. */
export const ownRecordView = recordView.omit({ accountManagerId: true });

/** An answer to either side. */
export const answerView = recordView.partial({ accountManagerId: true });

export const toAnswerView = (actor: Actor, record: AssociationRecord): z.input<typeof answerView> => {
  const { accountManagerId, ...own } = toRecordView(record);
  return actor.kind === 'customer' ? own : { ...own, accountManagerId };
};

const time = instantText.transform(instant).optional();

export const recordFilter = {
  customerName: z.string().trim().min(1).max(64).optional().meta({ description: 'Any part of it' }),
  mobileNumber: z.string().min(1).max(32).optional(),
  accountManagerId: z.string().min(1).max(200).optional(),
  purpose: z.enum(PURPOSES).optional(),
  status: z.enum(RECORD_STATUSES).optional(),
  requestedFrom: time,
  requestedTo: time.meta({ description: 'Exclusive' }),
};

const checkView = z.object({
  code: z.string(),
  passed: z.boolean(),
  hint: z.string(),
  until: z.string().optional().meta({ description: 'When it passes by itself' }),
});
export const checksView = z.object({ checks: z.array(checkView) });
export const toChecksView = (checks: readonly Check[]): z.input<typeof checksView> => ({ checks: [...checks] });

const rejected = z.object({ recordId: z.string(), status: z.literal('done'), record: recordView });
const refused = z.object({ recordId: z.string(), status: z.literal('refused'), code: z.string(), detail: z.string() });
export const rejectionsView = z.object({ results: z.array(z.discriminatedUnion('status', [rejected, refused])) });

/** Each record with its own result, in the order of the request (ORD-40). */
export const toRejectionsView = (rejections: readonly Rejection[]): z.input<typeof rejectionsView> => ({
  results: rejections.map((each) => {
    const { recordId } = each;
    if ('done' in each) return { recordId, status: 'done', record: toRecordView(each.done) };
    const { code, message } = each.refused.definition;
    return { recordId, status: 'refused', code, detail: message };
  }),
});
