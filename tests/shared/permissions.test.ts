import { beforeAll, describe, expect, it } from 'vitest';
import { loadActor } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import type { OperationHandler } from '#lib/shared/operation.ts';
import { SYSTEM_ROLES } from '#lib/shared/permissions.ts';
import { mayCall } from '#lib/shared/steps/permission.ts';
import { loadFunctions } from '../../infra/local/functions.ts';
import { aCustomer, aMember, anOperator, aPartner, type Caller, clock, invoke, useStack } from '../support/index.ts';

useStack();

const isOperation = (handler: unknown): handler is OperationHandler =>
  (handler as OperationHandler).definition.kind === 'operation';

const functions = await loadFunctions();
const operations = functions.map(({ handler }) => handler).filter(isOperation);
const named = operations.map((handler) => [handler.definition.name, handler] as const);

/** Ids that exist nowhere: whatever the path, the caller must be judged before anything is looked up or parsed. */
const nowhere = (handler: OperationHandler): Record<string, string> =>
  Object.fromEntries(
    [...handler.definition.route.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => [
      name as string,
      newId('nil', clock.now()),
    ]),
  );

async function everyKindOfCaller(): Promise<[string, Caller][]> {
  const partner = await aPartner();
  const members = await Promise.all(
    SYSTEM_ROLES.map(async (role) => [role, await aMember({ of: partner, roles: [role] })] as [string, Caller]),
  );
  return [
    ['owner', partner],
    ...members,
    ['customer', await aCustomer({ of: partner })],
    ['operator', await anOperator()],
  ];
}

describe('the declared permission matrix', () => {
  let callers: [string, Caller][];
  beforeAll(async () => {
    callers = await everyKindOfCaller(); // no call changes them: none names anything that exists
  });

  it('ORG-12: names every operation once and gives each its callers', () => {
    const names = operations.map((handler) => handler.definition.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { definition } of operations) {
      if (definition.actors !== 'anyone' && definition.actors.includes('member'))
        expect(definition.permission, definition.name).toBeTruthy();
    }
  });

  it.each(named)('ORG-11, ORG-12: %s admits exactly whom it declares', async (_name, handler) => {
    for (const [label, caller] of callers) {
      const answer = await invoke(handler, { as: caller, path: nowhere(handler), body: {} });
      const actor = await loadActor(caller.subject, { consistent: true, unknown: 'refused' });
      const admitted = mayCall(handler.definition, actor);
      const denied = answer.status === 403 && answer.body.code === 'PERMISSION_DENIED';
      expect([label, denied]).toEqual([label, !admitted]);
    }
  });

  it.each(named)('ORG-57: %s refuses a missing token and a stranger', async (_name, handler) => {
    const { actors } = handler.definition;
    const open = actors === 'anyone';
    const answers = [
      await invoke(handler, { path: nowhere(handler), body: {} }),
      await invoke(handler, { as: { subject: 'a-stranger' }, path: nowhere(handler), body: {} }),
    ];
    expect(answers.map((answer) => answer.body?.code)).toEqual(
      open
        ? answers.map((answer) => answer.body?.code)
        : ['UNAUTHENTICATED', actors.includes('account') ? answers[1]?.body?.code : 'NOT_A_MEMBER'],
    );
    if (open) for (const answer of answers) expect(answer.status).not.toBe(401);
    if (!open && actors.includes('account')) expect(answers[1]?.status).not.toBeOneOf([401, 403]);
  });
});
