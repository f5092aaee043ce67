import { type OperatorIdentity, putIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { organizationErrors } from './errors.ts';

/** Gives a sign-in identity the operator's part. @throws Refusal OPERATOR_SUBJECT_TAKEN */
export async function createOperator(subject: string, name: string, now: Instant): Promise<OperatorIdentity> {
  const operator: OperatorIdentity = { kind: 'operator', subject, name, operatorId: newId('opr', now) };
  await transact({
    writes: [putIdentity(operator, organizationErrors.OPERATOR_SUBJECT_TAKEN)],
    trace: { after: { operatorId: operator.operatorId, name } },
  });
  return operator;
}
