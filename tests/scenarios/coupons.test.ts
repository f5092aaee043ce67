import { expect, it } from 'vitest';
import { handler as listCoupons } from '../../functions/coupons/list-coupons.ts';
import { handler as planReports } from '../../functions/coupons/plan-test-coupon-reports.ts';
import { handler as setNotification } from '../../functions/coupons/set-test-coupon-notification.ts';
import { aCoupon } from '../coupons/world.ts';
import { aPartner, clock, drain, invoke, runSchedule, sentMails, useStack } from '../support/index.ts';

useStack();

it('acceptance 32, FIN-138 to FIN-141: mails on 24 and 28 August 2024 and on 23 and 27 April, none after switching off', async () => {
  clock.set('2024-01-01T00:00:00+08:00');
  const contact = { name: 'Ada Admin', email: 'ada@example.com' };
  const partner = await aPartner({ contact });
  await aCoupon(partner, { kind: 'test', source: 'poc-request' });
  const told = async () => (await sentMails()).filter((mail) => JSON.stringify(mail).includes(contact.email)).length;
  const daysOf = async (month: string, length: number) => {
    const days: number[] = [];
    for (let day = 20; day <= length; day += 1) {
      const before = await told();
      const nine = `${month}-${day}T09:00:00+08:00`;
      clock.set(nine);
      await runSchedule(planReports, nine);
      await drain();
      if ((await told()) > before) days.push(day);
    }
    return days;
  };
  expect(await daysOf('2024-04', 30)).toEqual([23, 27]);
  expect(await daysOf('2024-08', 31)).toEqual([24, 28]);
  await invoke(setNotification, { as: partner, body: { enabled: false, expectedVersion: 0 } });
  expect(await daysOf('2024-09', 30)).toEqual([]);
  expect((await invoke(listCoupons, { as: partner, query: { tab: 'test' } })).body).toMatchObject({
    items: [{ kind: 'test', status: 'available', balance: '100.00' }],
  });
});
