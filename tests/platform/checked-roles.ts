import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { maybeCall } from '#lib/shared/call.ts';
import { grantedStatements, type Statement } from '../../infra/roles.ts';
import { neededRights, type Right } from './needed-rights.ts';

/**
 * Every function runs under the role of its area here too: a call that the deployed role would not allow fails in the tests first.
 * Without this the local engines allow everything, and a missing grant is found in production.
 */
interface Client {
  send(
    command: { readonly constructor: { readonly name: string }; readonly input: object },
    ...rest: unknown[]
  ): Promise<unknown>;
}

const areas = new Map(
  globSync(join(import.meta.dirname, '../../functions/*/*.ts')).map((file) => [
    basename(file, '.ts'),
    basename(dirname(file)),
  ]),
);
const resources = inject('resources');
const statements = new Map<string, Statement[]>();

const everyClient: Client = Object.getPrototypeOf(DynamoDBClient).prototype;
const send = everyClient.send;

everyClient.send = function sendIfAllowed(this: Client, command, ...rest) {
  const area = areas.get(maybeCall()?.operation ?? '');
  const name = command.constructor.name.replace(/Command$/, '');
  const denied =
    area === undefined
      ? undefined
      : neededRights(name, command.input, process.env.RESOURCE_PREFIX ?? '').find((right) => !allows(area, right));
  if (denied)
    return Promise.reject(new Error(`infra/roles.ts does not grant ${area}: ${denied.action} on ${denied.resource}`));
  return send.call(this, command, ...rest);
};

function allows(area: string, { action, resource }: Right): boolean {
  const granted = statements.get(area) ?? grantedStatements(area, resources);
  statements.set(area, granted);
  return granted.some(
    ({ Action, Resource }) => Action.includes(action) && Resource.some((each) => matches(each, resource)),
  );
}

/** The text of a granted ARN ends with the resource, after the prefix of the stage; a sender's identity is whichever the stage has. */
const matches = (granted: Statement['Resource'][number], resource: string): boolean =>
  'Fn::Sub' in granted &&
  granted['Fn::Sub']
    .replace('${Prefix}-', '')
    .replace('identity/${MailIdentity}', 'identity')
    .endsWith(withSeparator(resource));

const withSeparator = (resource: string): string =>
  resource.startsWith('table/') || resource.endsWith('/*') ? resource : `:${resource}`;
