import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { permissionsOfRoles, type SystemRole } from '#lib/shared/permissions.ts';
import { organizationErrors } from './errors.ts';

const MAX_ROLES = 3;

/** Which roles go together (ORG-03 to ORG-05). @throws Refusal ROLE_COUNT, ROLE_CONFLICT */
export function checkRoles(roles: readonly SystemRole[]): void {
  if (roles.length < 1 || roles.length > MAX_ROLES) throw new Refusal(organizationErrors.ROLE_COUNT);
  const alone = roles.includes('admin') && roles.length > 1;
  const both = roles.includes('account-manager') && roles.includes('account-director');
  if (alone || both) throw new Refusal(organizationErrors.ROLE_CONFLICT);
}

/**
 * ORG-09: nobody grants what goes beyond the own permissions; `admin` is granted by the owner account or an admin. An operator sets a
 * partner's members up and is not bound.
 * @throws Refusal PERMISSION_DENIED
 */
export function checkGrant(actor: Actor, roles: readonly SystemRole[]): void {
  if (actor.kind !== 'member' || actor.owner) return;
  const adminByOther = roles.includes('admin') && !actor.roles.includes('admin');
  const beyond = [...permissionsOfRoles(roles)].some((permission) => !actor.permissions.has(permission));
  if (adminByOther || beyond) throw new Refusal(sharedErrors.PERMISSION_DENIED);
}
