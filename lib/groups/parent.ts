import { loadPartner } from '#lib/partners/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import { type GroupKind, PLATFORM } from './group.ts';
import { isAdmin } from './group-scope.ts';

/** Below whom groups and accounts stand. */
export interface Parent {
  readonly parentId: string;
  readonly name: string;
  /** Absent of the platform. */
  readonly type?: PartnerType;
}

/**
 * A member's parent is its partner; an operator reads any partner's, and the platform's when it names none (CUS-011 to CUS-013).
 * @throws Refusal PARTNER_NOT_FOUND, PERMISSION_DENIED
 */
export async function parentOf(actor: Actor, kind: GroupKind, partnerId: string | undefined): Promise<Parent> {
  if (actor.kind === 'operator' && partnerId === undefined) return { parentId: PLATFORM, name: PLATFORM };
  if (actor.kind === 'member' && kind === 'partner' && !isAdmin(actor))
    throw new Refusal(sharedErrors.PERMISSION_DENIED);
  const wanted = partnerId ?? (actor.kind === 'member' ? actor.partnerId : '');
  const visible = actor.kind === 'operator' || (actor.kind === 'member' && wanted === actor.partnerId);
  const partner = visible ? await loadPartner(wanted) : undefined;
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  return { parentId: partner.partnerId, name: partner.companyName, type: partner.type };
}
