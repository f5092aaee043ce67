import { beforeEach, expect, it } from 'vitest';
import { loadStanding } from '#lib/shared/standing.ts';
import { handler as listBills } from '../../functions/billing/list-bills.ts';
import { handler as setPermission } from '../../functions/budgets/set-reseller-budget-permission.ts';
import { handler as registerPartner } from '../../functions/partners/register-partner.ts';
import { handler as grantDelegation } from '../../functions/resellers/grant-reseller-delegation.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  authorize,
  freeze,
  readBudget,
  setMonthly,
  unfreeze,
  withCode,
  withdrawAuthorization,
} from '../budgets/story.ts';
import { aDistributor, anAccount, anAddress, aReseller, inviteAt } from '../resellers/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
let customer: TestCustomer;
beforeEach(async () => {
  clock.set('2024-07-01T10:00:00+08:00');
  distributor = await aDistributor();
  reseller = await aPartner({ of: distributor });
  customer = await aCustomer({ of: reseller });
});

it('case 19 (DEV-126, DEV-127, DEV-128): the grant decides who controls, and its quota how far', async () => {
  expect((await unfreeze(reseller, [customer])).body.results).toMatchObject([{ code: 'CONTROL_NOT_AUTHORIZED' }]);
  await authorize(distributor, reseller.partnerId, '100.00');
  expect(await setMonthly(reseller, customer, '100.01')).toMatchObject({ body: { code: 'QUOTA_EXCEEDED' } });
  const second = await aCustomer({ of: reseller });
  expect(await setMonthly(reseller, customer, '60.00')).toMatchObject({ status: 200 });
  expect(await setMonthly(reseller, second, '40.01')).toMatchObject({ body: { code: 'QUOTA_EXCEEDED' } });
  expect(await setMonthly(reseller, second, '40.00')).toMatchObject({ status: 200 });
  expect((await unfreeze(reseller, [customer])).body.results).toMatchObject([{ status: 'done' }]);
  expect(await setMonthly(distributor, customer, '1.00')).toMatchObject({ body: { code: 'CONTROL_DELEGATED' } });
  expect((await freeze(distributor, [customer])).body.results).toMatchObject([{ code: 'CONTROL_DELEGATED' }]);
});

it('case 20 (DEV-130, DEV-131): withdrawn with a valid code the budget stays; with a wrong one nothing changes', async () => {
  await authorize(distributor, reseller.partnerId, '100.00');
  await setMonthly(reseller, customer, '100.00');
  const path = { resellerId: reseller.partnerId };
  const { body } = await invoke(setPermission, { as: distributor, path, body: { authorized: false } });
  const headers = { 'verification-challenge': body.challengeId, 'verification-code': 'wrong!' };
  expect(await invoke(setPermission, { as: distributor, path, body: { authorized: false }, headers })).toMatchObject({
    status: 403,
    body: { code: 'VERIFICATION_FAILED' },
  });
  expect(await setMonthly(distributor, customer, '1.00')).toMatchObject({ body: { code: 'CONTROL_DELEGATED' } });
  clock.advance({ minutes: 2 });
  expect(await withdrawAuthorization(distributor, reseller.partnerId)).toMatchObject({ status: 200 });
  expect(await readBudget(distributor, customer)).toMatchObject({ amount: '100.00' });
  expect(await setMonthly(distributor, customer, '250.00')).toMatchObject({ status: 200 });
});

it('case 21 (DEV-133): the first grant needs the letter, the second, to another reseller, only the code', async () => {
  const grant = (of: TestPartner, body: object, headers = {}) =>
    invoke(grantDelegation, { as: distributor, path: { resellerId: of.partnerId }, body, headers });
  expect(await grant(reseller, {})).toMatchObject({ body: { code: 'LETTER_NOT_ACCEPTED' } });
  const accepted = { acceptedLetterVersion: 'V1001' };
  expect(await withCode(distributor, (headers) => grant(reseller, accepted, headers))).toMatchObject({ status: 200 });
  clock.advance({ minutes: 2 });
  const other = await aPartner({ of: distributor });
  expect(await withCode(distributor, (headers) => grant(other, {}, headers))).toMatchObject({ status: 200 });
  expect((await loadStanding(other.partnerId))?.grants).toContain('act-on-behalf');
});

it('case 22 (DEV-116): the address of a reseller cannot be invited', async () => {
  const { email } = await aReseller(distributor);
  expect(await inviteAt(distributor, email)).toMatchObject({ status: 409, body: { code: 'ALREADY_RESELLER' } });
});

it('DEV-19: what the customers of an invited reseller consume is billed to its distributor, and nothing to the reseller', async () => {
  await aTaxRule('SG');
  const { resellerId, subject } = await aReseller(distributor, await anAccount({ email: anAddress() }));
  const invited = { ...reseller, subject, partnerId: resellerId };
  const own = await aCustomer({
    of: { ...invited, partner: { ...reseller.partner, partnerId: resellerId } },
  });
  clock.set('2024-07-20T10:00:00+08:00');
  await consume(own, { list: '100', at: '2024-07-10T10:00:00+08:00' });
  clock.set('2024-08-05T02:00:00+08:00');
  await runBilling();
  const bills = await invoke(listBills, { as: distributor });
  expect(bills.body.items).toMatchObject([{ cycle: '2024-07', amountDue: '100.00' }]);
  expect(await invoke(listBills, { as: { subject } })).toMatchObject({ body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
});

it('DEV-20: a distributor is made by an operator alone, and cannot join as a solution-provider afterwards', async () => {
  const body = {
    type: 'distributor',
    companyName: 'Distribution Ltd',
    accountName: 'distribution',
    registrationArea: { countryRegion: 'SG' },
    contact: { name: 'Dora', email: anAddress() },
    owner: { subject: `account:${anAddress()}`, name: 'Dora', email: anAddress() },
  };
  for (const as of [distributor, reseller, customer])
    expect(await invoke(registerPartner, { as, body })).toMatchObject({ body: { code: 'PERMISSION_DENIED' } });
  const operator = await anOperator();
  expect(await invoke(registerPartner, { as: operator, body })).toMatchObject({ status: 201 });
  const again = { ...body, type: 'solution-provider' };
  expect(await invoke(registerPartner, { as: operator, body: again })).toMatchObject({
    body: { code: 'SUBJECT_TAKEN' },
  });
});
