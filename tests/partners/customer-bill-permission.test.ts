import { beforeEach, describe, expect, it } from 'vitest';
import { handler as getPermission } from '../../functions/partners/get-customer-bill-permission.ts';
import { handler as setPermission } from '../../functions/partners/set-customer-bill-permission.ts';
import { anOldCustomer, details } from '../expenditures/views.ts';
import { askForCode, giveStanding, sentCode, withCode } from '../organization/critical-operation.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  invoke,
  type Request,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
});

const set = (as: Caller, revokeBillAndCostAccess: boolean, expectedVersion: number, more: Partial<Request> = {}) =>
  invoke(setPermission, { as, body: { revokeBillAndCostAccess, expectedVersion }, ...more });
const read = async (as: Caller) => (await invoke(getPermission, { as })).body;
const statusFor = async (customer: Caller & { customerId: string }) =>
  (await details(customer, customer, '2024-09')).status;

describe('set-customer-bill-permission', () => {
  it('ORG-73: takes the view from all reseller-model customers, later ones included, and gives it back', async () => {
    const before = await anOldCustomer(partner);
    expect(await read(partner)).toEqual({ revokeBillAndCostAccess: false, version: 1 });
    expect(await statusFor(before)).toBe(200);

    expect(await set(partner, true, 1)).toMatchObject({
      status: 200,
      body: { revokeBillAndCostAccess: true, version: 2 },
    });
    const later = await aCustomer({ of: partner });
    const ofAnother = await aCustomer({ of: await aPartner() });
    expect(await Promise.all([before, later, ofAnother].map(statusFor))).toEqual([403, 403, 200]);

    await set(partner, false, 2);
    expect(await Promise.all([before, later].map(statusFor))).toEqual([200, 200]);
    expect(await tracesOf(partner.partnerId, 'set-customer-bill-permission')).toMatchObject([
      { outcome: 'done', before: { revokeBillAndCostAccess: false }, after: { revokeBillAndCostAccess: true } },
      { outcome: 'done', before: { revokeBillAndCostAccess: true }, after: { revokeBillAndCostAccess: false } },
    ]);
  });

  it('ORG-73: saying the same again changes nothing', async () => {
    expect(await set(partner, false, 1)).toMatchObject({
      status: 200,
      body: { revokeBillAndCostAccess: false, version: 1 },
    });
  });

  it('VERSION_CONFLICT: needs the version last read', async () => {
    await set(partner, true, 1);
    expect(await set(partner, false, 1)).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    expect(await read(partner)).toEqual({ revokeBillAndCostAccess: true, version: 2 });
  });

  it('ORG-178: asks for a code once the partner has the function on', async () => {
    const admin = await aMember({ of: partner });
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    const refused = await set(admin, true, 2);
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_REQUIRED', operationKey: 'set-customer-bill-permission' },
    });
    const { challengeId } = refused.body;
    await askForCode(admin, challengeId);
    expect(await set(admin, true, 2, withCode(challengeId, sentCode(challengeId)))).toMatchObject({ status: 200 });
  });

  it('ORD-141: PARTNER_NOT_ENABLED: the setting is offered to solution-providers alone', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    for (const as of [distributor, await aPartner({ of: distributor })]) {
      expect(await set(as, true, 1)).toMatchObject({ status: 403, body: { code: 'PARTNER_NOT_ENABLED' } });
      expect(await read(as)).toMatchObject({ code: 'PARTNER_NOT_ENABLED' });
    }
  });
});
