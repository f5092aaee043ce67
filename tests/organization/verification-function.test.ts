import { beforeEach, describe, expect, it } from 'vitest';
import { sharedErrors } from '#lib/shared/errors.ts';
import { putIdentity } from '#lib/shared/identities.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as getVerificationFunction } from '../../functions/organization/get-verification-function.ts';
import { handler as setVerificationFunction } from '../../functions/organization/set-verification-function.ts';
import {
  aMember,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  type Request,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { askForCode, sentCode, withCode } from './critical-operation.ts';

useStack();

let partner: TestPartner;
let admin: TestMember;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  admin = await aMember({ of: partner });
});

const change = (as: Caller, enabled: boolean, expectedVersion: number, more: Partial<Request> = {}) =>
  invoke(setVerificationFunction, { as, body: { enabled, expectedVersion }, ...more });

const read = async (as: Caller) => (await invoke(getVerificationFunction, { as })).body;

describe('set-verification-function', () => {
  it('ORG-170: is off at first and is switched on without a code', async () => {
    expect(await read(admin)).toEqual({ enabled: false, version: 1 });
    expect(await change(admin, true, 1)).toMatchObject({ status: 200, body: { enabled: true, version: 2 } });
    expect(await read(admin)).toEqual({ enabled: true, version: 2 });
    expect(await tracesOf(partner.partnerId, 'set-verification-function')).toMatchObject([
      { outcome: 'done', before: { enabled: false }, after: { enabled: true } },
    ]);
  });

  it('ORG-171: is switched off with a code only', async () => {
    await change(admin, true, 1);
    const refused = await change(admin, false, 2);
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_REQUIRED', operationKey: 'disable-verification-function' },
    });
    expect(await read(admin)).toEqual({ enabled: true, version: 2 });

    const { challengeId } = refused.body;
    await askForCode(admin, challengeId);
    expect(await change(admin, false, 2, withCode(challengeId, sentCode(challengeId)))).toMatchObject({
      status: 200,
      body: { enabled: false },
    });
    expect(await change(admin, true, 3)).toMatchObject({ status: 200, body: { enabled: true } }); // ORG-170: freely on and off
  });

  it('ORG-170: saying again what already holds changes nothing and asks for nothing', async () => {
    expect(await change(admin, false, 1)).toMatchObject({ status: 200, body: { enabled: false, version: 1 } });
    await change(admin, true, 1);
    expect(await change(admin, true, 2)).toMatchObject({ status: 200, body: { enabled: true, version: 2 } });
  });

  it('ORG-171: is not switched on by somebody who could not get a code', async () => {
    const subject = `unreachable-${partner.partnerId}`;
    const unreachable = {
      kind: 'member' as const,
      subject,
      memberId: `mem-${subject}`,
      partnerId: partner.partnerId,
      username: 'unreachable',
      name: 'Una',
      email: '',
      owner: false,
      roles: ['admin' as const],
      status: 'normal' as const,
      createdAt: clock.now(),
      version: 1,
    };
    await asSystem(() => transact({ writes: [putIdentity(unreachable, sharedErrors.CONCURRENT_CHANGE)] }));
    expect(await change({ subject }, true, 1)).toMatchObject({ status: 422, body: { code: 'CONTACT_MISSING' } });
    expect(await read(admin)).toEqual({ enabled: false, version: 1 });
  });

  it('spec note 19: a stale version is refused', async () => {
    await change(admin, true, 1);
    expect(await change(admin, true, 1)).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
  });

  it('ORG-12: needs security.manage', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    for (const answer of [await change(finance, true, 1), await invoke(getVerificationFunction, { as: finance })]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    }
  });

  it("ORG-18: reaches the caller's own partner alone", async () => {
    const stranger = await aMember({ of: await aPartner() });
    await change(stranger, true, 1);
    expect(await read(admin)).toEqual({ enabled: false, version: 1 });
  });
});
