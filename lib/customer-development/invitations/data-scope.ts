import type { Member } from '#lib/shared/actor.ts';
import { loadMember } from '#lib/shared/identities.ts';

/** Who stands behind a lead, an invitation or a link. */
export interface Owned {
  readonly partnerId: string;
  readonly accountManagerId?: string;
  /** Who made or sent it. */
  readonly by: string;
}

/**
 * Does a member work with this? An account manager with what is its own, a director also with that of its team, others with all of the
 * partner (DEV-01, DEV-02).
 */
export async function isInDataScope(
  member: Pick<Member, 'id' | 'partnerId' | 'dataScope'>,
  owned: Owned,
  directorOf = directorById,
): Promise<boolean> {
  if (owned.partnerId !== member.partnerId) return false;
  if (member.dataScope === 'all') return true;
  const people = [owned.by, ...(owned.accountManagerId ? [owned.accountManagerId] : [])];
  if (people.includes(member.id)) return true;
  if (member.dataScope === 'own') return false;
  const directors = await Promise.all(people.map(directorOf));
  return directors.includes(member.id);
}

const directorById = async (memberId: string): Promise<string | undefined> => (await loadMember(memberId))?.directorId;

/** Asks for each member once; for lists, where a few people stand behind many rows. */
export function rememberedDirectors(): typeof directorById {
  const known = new Map<string, Promise<string | undefined>>();
  return (memberId) => {
    const answer = known.get(memberId) ?? directorById(memberId);
    known.set(memberId, answer);
    return answer;
  };
}
