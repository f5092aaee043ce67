import * as z from 'zod';
import type { MemberIdentity } from '#lib/shared/identities.ts';
import { maskEmail, maskName, maskPhone } from '#lib/shared/masking.ts';
import { SYSTEM_ROLES } from '#lib/shared/permissions.ts';

export const memberView = z.object({
  memberId: z.string(),
  partnerId: z.string(),
  username: z.string(),
  name: z.string().meta({ description: 'Masked' }),
  email: z.string().meta({ description: 'Masked' }),
  mobileNumber: z.string().optional().meta({ description: 'Masked' }),
  owner: z.boolean(),
  roles: z.array(z.enum(SYSTEM_ROLES)),
  directorId: z.string().optional(),
  status: z.enum(['normal', 'locked']),
  createdAt: z.string(),
  version: z.number().int(),
});

/** A member as lists show it: personal fields masked (ORG-182). */
export const toMemberView = (member: MemberIdentity): z.input<typeof memberView> => ({
  ...member,
  roles: [...member.roles],
  name: maskName(member.name),
  email: maskEmail(member.email),
  mobileNumber: member.mobileNumber && maskPhone(member.mobileNumber),
});
