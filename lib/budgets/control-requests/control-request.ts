import { Refusal } from '#lib/shared/errors.ts';
import { type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { controlRequestErrors } from './errors.ts';

export const CONTROL_REQUEST_KINDS = ['adjust-budget', 'freeze', 'unfreeze'] as const;
export type ControlRequestKind = (typeof CONTROL_REQUEST_KINDS)[number];
export const CONTROL_REQUEST_STATUSES = ['open', 'carried-out', 'rejected'] as const;
export type ControlRequestStatus = (typeof CONTROL_REQUEST_STATUSES)[number];

/** A reseller's wish that its distributor changes something that it may not change itself; changes nothing by itself (CUS-176, CUS-177). */
export interface ControlRequest {
  readonly requestId: string;
  readonly customerId: string;
  readonly accountName: string;
  readonly distributorId: string;
  readonly resellerId: string;
  readonly kind: ControlRequestKind;
  readonly wishedAmount?: Money;
  readonly note: string;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly status: ControlRequestStatus;
  readonly closedBy?: string;
  readonly closedAt?: Instant;
}

const CENT = parseMoney('0.01');

/** An amount belongs to the wish for a budget and to no other. @throws Refusal WISHED_AMOUNT_INVALID */
export function checkWishedAmount(kind: ControlRequestKind, amount: Money | undefined): void {
  const fits = kind === 'adjust-budget' ? amount !== undefined && isAmount(amount) : amount === undefined;
  if (!fits) throw new Refusal(controlRequestErrors.WISHED_AMOUNT_INVALID);
}

const isAmount = (amount: Money): boolean => amount > ZERO && amount % CENT === 0n;
