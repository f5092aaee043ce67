import type { Actor, Member } from '#lib/shared/actor.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { groupErrors } from './errors.ts';
import { type Group, PLATFORM } from './group.ts';
import { loadGroup } from './group-store.ts';

/**
 * The group named in the path, if the caller may know of it: a member its partner's, of resellers the Admin alone; an operator every
 * group; the group's own account itself (CUS-011 to CUS-013).
 */
export const groupScope: Scope<Group> = scopeOf(maySee);

/** As above where something is changed: an operator has the platform's own groups alone (CUS-013). */
export const ownGroupScope: Scope<Group> = scopeOf(mayChange);

function scopeOf(allowed: (actor: Actor, group: Group) => boolean): Scope<Group> {
  return {
    name: 'group',
    parameter: 'groupId',
    notFound: groupErrors.GROUP_NOT_FOUND,
    load: async (actor, groupId) => {
      const group = await loadGroup(groupId);
      return group && allowed(actor, group) ? group : undefined;
    },
  };
}

function maySee(actor: Actor, group: Group): boolean {
  if (actor.kind === 'operator') return true;
  if (actor.kind === 'group') return actor.groupId === group.groupId;
  return mayChange(actor, group);
}

function mayChange(actor: Actor, { parentId, kind }: Group): boolean {
  if (actor.kind === 'operator') return parentId === PLATFORM;
  return actor.kind === 'member' && actor.partnerId === parentId && (kind === 'customer' || isAdmin(actor));
}

/** CUS-012: an account director's team are customers, so groups of resellers are the Admin's. */
export const isAdmin = ({ owner, roles }: Member): boolean => owner || roles.includes('admin');
