import { type ErrorDefinition, sharedErrors } from '#lib/shared/errors.ts';
import type { OperationDefinition } from '#lib/shared/operation.ts';
import { changesSomething } from '#lib/shared/route.ts';
import { neededGrant } from '#lib/shared/steps/partner-grant.ts';

/** Every refusal that an operation can answer with: those it declares and those of the steps before it (lib/shared/steps/). */
export function errorsOf(definition: OperationDefinition): ErrorDefinition[] {
  const all = [...definition.errors, ...stepErrors(definition), sharedErrors.INTERNAL_ERROR];
  const byCode = new Map(all.map((each) => [each.code, each]));
  return [...byCode.values()].sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
}

function stepErrors(definition: OperationDefinition): ErrorDefinition[] {
  const { actors, partnerTypes, scope, partnerGrant, critical } = definition;
  const errors: ErrorDefinition[] = [sharedErrors.INPUT_INVALID];
  if (actors !== 'anyone') {
    errors.push(
      sharedErrors.UNAUTHENTICATED,
      sharedErrors.NOT_A_MEMBER,
      sharedErrors.MEMBER_LOCKED,
      sharedErrors.SIGN_IN_LOCKED,
      sharedErrors.PERMISSION_DENIED,
    );
    if (definition.route.startsWith('POST ')) {
      errors.push(
        sharedErrors.IDEMPOTENCY_KEY_REUSED,
        sharedErrors.REQUEST_IN_PROGRESS,
        sharedErrors.REQUEST_ALREADY_APPLIED,
      );
    }
  }
  if (partnerTypes) errors.push(partnerTypes.error);
  if (scope) errors.push(scope.notFound);
  if (partnerGrant) errors.push(neededGrant(partnerGrant).error);
  if (critical) errors.push(sharedErrors.PARTNER_NOT_ENABLED);
  if (critical) errors.push(sharedErrors.VERIFICATION_REQUIRED, sharedErrors.VERIFICATION_FAILED);
  if (changesSomething(definition)) errors.push(sharedErrors.CONCURRENT_CHANGE);
  return errors;
}
