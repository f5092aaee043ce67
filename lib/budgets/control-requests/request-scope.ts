import type { Scope } from '#lib/shared/operation.ts';
import type { ControlRequest } from './control-request.ts';
import { controlRequestErrors } from './errors.ts';
import { loadRequest } from './request-store.ts';

/** The request named in the path, to the distributor that is asked. */
export const controlRequestScope: Scope<ControlRequest> = {
  name: 'control-request',
  parameter: 'requestId',
  notFound: controlRequestErrors.CONTROL_REQUEST_NOT_FOUND,
  load: async (actor, requestId) => {
    const request = await loadRequest(requestId);
    return actor.kind === 'member' && actor.partnerId === request?.distributorId ? request : undefined;
  },
};
