import type * as z from 'zod';
import { CRITICAL_OPERATIONS } from '#lib/shared/critical.ts';
import type { OperationDefinition } from '#lib/shared/operation.ts';
import { neededGrant } from '#lib/shared/steps/partner-grant.ts';
import { responsesOf } from './openapi-responses.ts';
import { type Components, type JsonSchema, propertiesOf } from './openapi-schemas.ts';

/** One operation of the document, from its declaration alone. */
export function openApiOperation(definition: OperationDefinition, area: string, components: Components): JsonSchema {
  const { name, rules, actors, body } = definition;
  return {
    operationId: name,
    tags: [area],
    summary: readable(name),
    description: describe(definition),
    security: actors === 'anyone' ? [] : [{ bearer: [] }],
    parameters: parametersOf(definition, components),
    ...(body ? { requestBody: requestBodyOf(body, components) } : {}),
    responses: responsesOf(definition, components),
    'x-actors': actors,
    'x-rules': rules,
    ...extensionsOf(definition),
  };
}

function extensionsOf({ permission, partnerTypes, partnerGrant, critical }: OperationDefinition): JsonSchema {
  return {
    ...(permission ? { 'x-permission': permission } : {}),
    ...(partnerTypes ? { 'x-partner-types': partnerTypes.types } : {}),
    ...(partnerGrant ? { 'x-partner-grant': neededGrant(partnerGrant).grant } : {}),
    ...(critical
      ? {
          'x-critical': criticalKeys(critical).map((key) => ({
            operation: key,
            policy: CRITICAL_OPERATIONS[key].policy,
          })),
        }
      : {}),
  };
}

const criticalKeys = (critical: NonNullable<OperationDefinition['critical']>) =>
  typeof critical === 'string' ? [critical] : critical.keys;

/** `set-monthly-budget` as a heading. */
export const readable = (name: string): string => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('-', ' ');

function describe({
  summary,
  actors,
  permission,
  partnerTypes,
  partnerGrant,
  critical,
  rules,
}: OperationDefinition): string {
  const caller = actors === 'anyone' ? 'anyone, without a token' : actors.join(', ');
  const lines = [
    summary,
    `**Callers:** ${caller}`,
    permission ? `**Permission of a member:** \`${permission}\`` : '',
    partnerTypes ? `**Partners:** ${partnerTypes.types.join(', ')}` : '',
    partnerGrant ? `**Grant of the partner:** \`${neededGrant(partnerGrant).grant}\`` : '',
    critical ? '**Critical operation:** answers `VERIFICATION_REQUIRED` until it carries a verification code.' : '',
    `**Rules:** ${rules}`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function parametersOf(definition: OperationDefinition, components: Components): JsonSchema[] {
  const parameters = [...fields(definition.path, 'path', components), ...fields(definition.query, 'query', components)];
  if (definition.route.startsWith('POST ') && definition.actors !== 'anyone')
    parameters.push({ $ref: '#/components/parameters/IdempotencyKey' });
  if (definition.body && 'expectedVersion' in propertiesOf(components.request(definition.body)))
    parameters.push({ $ref: '#/components/parameters/IfMatch' });
  if (definition.critical) {
    parameters.push(
      { $ref: '#/components/parameters/VerificationChallenge' },
      { $ref: '#/components/parameters/VerificationCode' },
    );
  }
  return parameters;
}

function fields(schema: z.ZodType | undefined, place: 'path' | 'query', components: Components): JsonSchema[] {
  if (!schema) return [];
  const converted = components.request(schema);
  const required = Array.isArray(converted.required) ? converted.required : [];
  return Object.entries(propertiesOf(converted)).map(([name, { description, ...field }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: field,
  }));
}

/** `If-Match` may say the version instead of the body, so neither is required by itself. */
function requestBodyOf(body: z.ZodType, components: Components): JsonSchema {
  const converted = components.request(body);
  const required = Array.isArray(converted.required)
    ? converted.required.filter((name) => name !== 'expectedVersion')
    : [];
  const { required: _required, ...open } = converted;
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: required.length > 0 ? { ...open, required } : open } },
  };
}
