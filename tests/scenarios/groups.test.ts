import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { consume } from '../budgets/story.ts';
import {
  activateGroup,
  aGroup,
  assigned,
  code,
  listPrice,
  moveTo,
  planFor,
  readGroup,
  treeOf,
  ungroupAccount,
  usageOf,
} from '../groups/world.ts';
import { aCustomer, aPartner, clock, useStack } from '../support/index.ts';

useStack();

it('CUS-234, CUS-236, CUS-237 (example 30): 780 of 1,000 is approaching, 1,080 exceeded, and 780 again', async () => {
  // given a group with a plan of 1,000 and members that used 400 and 380
  clock.set('2024-08-31T10:00:00+08:00');
  const partner = await aPartner();
  const [first, second, third] = [
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
  ];
  clock.set('2024-09-10T10:00:00+08:00');
  const [group, elsewhere] = [await aGroup(partner), await aGroup(partner)];
  expect(await planFor(partner, group, [listPrice('1000')])).toMatchObject({ status: 200 });
  await assigned(partner, group, first.customerId, second.customerId);
  await assigned(partner, elsewhere, third.customerId);
  await consume(first, '400');
  await consume(second, '380');
  await consume(third, '300');
  expect(await usageOf(partner, group)).toMatchObject({ used: '780.00000000', state: 'approaching' });

  // when a third one using 300 is moved in
  expect(await moveTo(partner, group, third.customerId)).toMatchObject({ status: 200 });
  expect(await usageOf(partner, group)).toMatchObject({ used: '1080.00000000', state: 'exceeded' });

  // then ungrouping it returns it to the partner level
  expect(await ungroupAccount(partner, third.customerId)).toMatchObject({ status: 200 });
  expect(await usageOf(partner, group)).toMatchObject({ used: '780.00000000', state: 'approaching' });
  expect((await treeOf(partner)).body.accounts).toMatchObject([{ accountId: third.customerId }]);
});

it('CUS-219, CUS-220 (example 31): no sign-in before activation; a partner is no customer', async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  const distributor = await aPartner({ type: 'distributor' });
  const reseller = await aPartner({ of: distributor });
  const user = { subject: `group-${randomUUID()}` };
  const group = await aGroup(distributor, user);
  expect(code(await readGroup(user, group))).toBe('SIGN_IN_LOCKED');
  expect(await activateGroup(distributor, group)).toMatchObject({ status: 200 });
  expect(await readGroup(user, group)).toMatchObject({ status: 200 });
  expect(await assigned(distributor, group, reseller.partnerId)).toEqual(['GROUP_KIND_MISMATCH']);
});
