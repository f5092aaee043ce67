import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { ControlRequestKind } from './control-request.ts';
import { controlRequestErrors } from './errors.ts';
import { closeRequest } from './request-change.ts';
import { findOpenRequest } from './request-store.ts';

/** That somebody changed what a reseller may have asked for. */
export interface ControlHappening {
  readonly kind: ControlRequestKind;
  readonly customerId: string;
  readonly resellerId?: string;
  readonly by: string;
  readonly occurredAt: Instant;
}

/** CUS-177: the change itself closes the request; one that was made after the change waits for the next. */
export async function closeCarriedOut(happening: ControlHappening, now: Instant): Promise<void> {
  const { kind, customerId, resellerId, by, occurredAt } = happening;
  const request = resellerId === undefined ? undefined : await findOpenRequest({ kind, customerId, resellerId });
  if (!request || request.requestedAt > occurredAt) return;
  try {
    await closeRequest(request, 'carried-out', by, now);
  } catch (error) {
    if (!(error instanceof Refusal) || error.definition !== controlRequestErrors.CONTROL_REQUEST_CLOSED) throw error;
  }
}
