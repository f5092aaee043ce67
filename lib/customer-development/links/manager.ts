import type { Member } from '#lib/shared/actor.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';

/** DEV-71: an account manager or account director is assigned the customers of its links and e-mails; nobody else is. */
export const isManager = ({ roles }: Pick<MemberIdentity, 'roles'>): boolean =>
  roles.includes('account-manager') || roles.includes('account-director');

/** The member itself if it is one that customers are assigned to. */
export const managerAmong = ({ id, roles }: Member): string | undefined => (isManager({ roles }) ? id : undefined);

/** Whom a customer is assigned to on association (DEV-71, DEV-73); somebody who left or changed roles since gets nobody. */
export async function managerOf(of: {
  readonly partnerId: string;
  readonly accountManagerId?: string;
}): Promise<string | undefined> {
  if (!of.accountManagerId) return undefined;
  const manager = await loadMember(of.accountManagerId);
  const fits = manager?.partnerId === of.partnerId && manager.status === 'normal' && isManager(manager);
  return fits ? manager.memberId : undefined;
}
