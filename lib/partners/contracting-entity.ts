import { transact } from '#lib/shared/transaction.ts';
import type { Partner } from './partner.ts';
import { replacePartner } from './partner-store.ts';

/** FIN-72: the platform's entity that the partner has its contract with. @throws Refusal VERSION_CONFLICT */
export async function setContractingEntity(
  before: Partner,
  contractingEntity: string,
  reason: string,
): Promise<Partner> {
  if (before.contractingEntity === contractingEntity) return before;
  const after = { ...before, contractingEntity, version: before.version + 1 };
  await transact({
    writes: [replacePartner(before, after)],
    trace: {
      partnerId: before.partnerId,
      before: { contractingEntity: before.contractingEntity },
      after: { contractingEntity, reason },
    },
  });
  return after;
}
