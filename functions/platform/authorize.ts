import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerResult } from 'aws-lambda';
import { log } from '#lib/shared/log.ts';
import { verifiedSubject } from '#lib/shared/token.ts';

type Verdict = APIGatewaySimpleAuthorizerResult & { context: { subject?: string } };

/**
 * Says who calls. A request without a valid token goes on without a subject: the gateway's own refusal would be a 403 in a form of its
 * own, while the first step of every operation answers 401 as a problem document. Only a failure here keeps a request out.
 */
async function authorize(event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'>): Promise<Verdict> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(event.headers?.authorization ?? '')?.[1];
  const subject = token && (await verifiedSubject(token));
  if (!subject) log.info('no valid token');
  return { isAuthorized: true, context: subject ? { subject } : {} };
}

export const handler = Object.assign(authorize, {
  definition: {
    kind: 'authorizer' as const,
    name: 'authorize',
    summary: 'Verifies the bearer token of a request and names its subject.',
    rules: 'ORG-57',
    timeoutSeconds: 10,
  },
});
