import { beforeEach, describe, expect, it } from 'vitest';
import { expectCertificate, moveDebt } from '#lib/billing/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as setPaymentTerms } from '../../functions/partners/set-payment-terms.ts';
import { handler as listOverdueBills } from '../../functions/repayments/list-overdue-bills.ts';
import { handler as remind } from '../../functions/repayments/remind-of-unpaid-bills.ts';
import {
  anOperator,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aDebtor, billOf, credit, owe } from './owing.ts';

useStack();
beforeEach(() => void clock.set('2024-08-05T02:30:00+08:00'));

const july = { cycle: '2024-07', amount: '500.00' }; // due 20 August
const at = (day: string, time = '00:10:00') => `${day}T${time}+08:00`;

/** What was told of a partner's bills so far: the days overdue of each reminder, and what became overdue. */
async function told({ partnerId }: TestPartner) {
  const of = async (name: string) =>
    (await publishedEvents(name)).filter(({ detail }) => detail.partnerId === partnerId).map(({ detail }) => detail);
  return {
    reminders: (await of('bill.reminder-due')).map(({ daysOverdue }) => daysOverdue),
    overdue: await of('bill.overdue'),
  };
}
const run = async (time: string) => {
  await runSchedule(remind, time);
  await drain();
};
const runOn = (...days: string[]) => days.reduce((before, day) => before.then(() => run(at(day))), Promise.resolve());

describe('remind-of-unpaid-bills', () => {
  it('FIN-163: three days before the due day, one day after it, then every seven days; each once', async () => {
    const partner = await aDebtor([july]);
    await runOn('2024-08-16');
    expect((await told(partner)).reminders).toEqual([]);
    await runOn('2024-08-17', '2024-08-17', '2024-08-18', '2024-08-20');
    expect((await told(partner)).reminders).toEqual([0]);
    await runOn('2024-08-21', '2024-08-21', '2024-08-27');
    expect((await told(partner)).reminders).toEqual([0, 1]);
    await runOn('2024-08-28', '2024-09-03', '2024-09-04');
    expect((await told(partner)).reminders).toEqual([0, 1, 8, 15]);
  });

  it('FIN-162: overdue is marked once, on the day after the due day', async () => {
    const partner = await aDebtor([july]);
    await runOn('2024-08-20');
    expect((await told(partner)).overdue).toEqual([]);
    await runOn('2024-08-21', '2024-08-22', '2024-08-28');
    expect((await told(partner)).overdue).toMatchObject([
      { cycle: '2024-07', outstanding: '500.00', currency: 'USD', overdueSince: '2024-08-20T16:00:00.000Z' },
    ]);
  });

  it('FIN-165: days that were missed are made up for with one reminder, not with many', async () => {
    const partner = await aDebtor([july]);
    await runOn('2024-08-30');
    expect(await told(partner)).toMatchObject({ reminders: [10], overdue: [{ cycle: '2024-07' }] });
  });

  it('FIN-163: paid, or covered by a certificate under review (FIN-126), nobody is reminded; what is outstanding now is named', async () => {
    const [paid, part, reviewed] = [await aDebtor([july]), await aDebtor([july]), await aDebtor([july])];
    await credit(paid, '500.00');
    await credit(part, '499.99');
    await credit(reviewed, '450.00');
    await drain();
    const bill = await billOf(reviewed, '2024-07');
    const after = expectCertificate(bill.debt, parseMoney('50.00'));
    await asSystem(() => transact({ writes: [moveDebt(bill, after)] }));
    await runOn('2024-08-21');
    for (const partner of [paid, reviewed]) expect(await told(partner)).toEqual({ reminders: [], overdue: [] });
    expect((await told(part)).overdue).toMatchObject([{ outstanding: '0.01' }]);
    clock.set(at('2024-08-21'));
    const path = { billId: bill.billId };
    expect((await invoke(getBill, { as: reviewed, path })).body).toMatchObject({
      overdue: false,
      outstanding: '50.00',
    });
  });

  it.each(['before', 'after'] as const)(
    'FIN-165: a crash %s the write loses no reminder and repeats none',
    async (when) => {
      const partner = await aDebtor([july]);
      {
        using crash = crashAtWrite(1, when);
        await runOn('2024-08-21').catch(() => {}); // the scheduler starts it again
        expect(crash.struck).toBe(true);
      }
      await Promise.all([runOn('2024-08-21'), runOn('2024-08-21')]);
      expect(await told(partner)).toMatchObject({ reminders: [1], overdue: [{}] });
    },
  );

  it('FIN-163: by mail to the account address and the financial contact, when the partner works, in its language', async () => {
    const financialContact = { name: 'Fred Finance', email: 'fred@example.com' };
    const partner = await aDebtor([july], { language: 'de', financialContact });
    clock.set(at('2024-08-21'));
    await runOn('2024-08-21');
    await drain();
    expect((await sentMails()).filter(({ to }) => to.includes(financialContact.email))).toEqual([]);
    const waiting = await publishedEvents('bill.reminder-due');
    expect(waiting.length).toBeGreaterThan(0);
    clock.set(at('2024-08-21', '09:00:00'));
    const { handler: sendDue } = await import('../../functions/notifications/send-due-messages.ts');
    await runSchedule(sendDue, at('2024-08-21', '09:00:00'));
    await drain();
    const addresses = [financialContact.email, partner.partner.contact.email ?? ''];
    const mails = (await sentMails()).filter(
      ({ to, subject }) => to.some((one) => addresses.includes(one)) && subject.includes('überfällig'),
    );
    expect(mails.map(({ subject }) => subject)).toEqual(
      Array(2).fill('Ihre Abrechnung für 2024-07 ist überfällig: 500.00 USD'),
    );
  });
});

describe('list-overdue-bills', () => {
  it('FIN-163, FIN-164: of all partners, the longest overdue first, page by page; for operators', async () => {
    const operator = await anOperator();
    const owed = { cycle: '2019-06', amount: '10.00' };
    const days = ['2019-07-09', '2019-07-05', '2019-07-07', '2019-07-06', '2019-07-08'];
    const debtors: TestPartner[] = [];
    for (const day of days) debtors.push(await aDebtor([{ ...owed, issuedAt: at(day) }]));
    const reviewed = await billOf(debtors[2] ?? (await aPartner()), '2019-06');
    const after = expectCertificate(reviewed.debt, parseMoney('10.00'));
    await asSystem(() => transact({ writes: [moveDebt(reviewed, after)] }));
    clock.set(at('2019-07-24')); // what was issued on the 8th was due on the 23rd
    const page = async (query = {}) => (await invoke(listOverdueBills, { as: operator, query })).body;
    const expected = [1, 3, 4].map((i) => debtors[i]?.partnerId);
    const ids = ({ items }: { items: { partnerId: string }[] }) => items.map(({ partnerId }) => partnerId);
    const whole = await page();
    expect(ids(whole)).toEqual(expected);
    expect(whole.items[0]).toMatchObject({ outstanding: '10.00', overdue: true, dueAt: '2019-07-20T15:59:59.000Z' });
    const found: string[] = [];
    for (let cursor: string | undefined = 'first'; cursor !== undefined; ) {
      const next: { items: { partnerId: string }[]; nextCursor?: string } = await page({
        limit: 1,
        ...(cursor === 'first' ? {} : { cursor }),
      });
      found.push(...ids(next));
      cursor = next.nextCursor;
    }
    expect(found).toEqual(expected);
    expect((await page({ cursor: 'x.y' })).code).toBe('CURSOR_INVALID');
    expect((await invoke(listOverdueBills, { as: await aPartner() })).body.code).toBe('PERMISSION_DENIED');
  });
});

describe('set-payment-terms', () => {
  it('FIN-162: an operator agrees 0 to 90 days with a partner, with a reason', async () => {
    const [operator, partner] = [await anOperator(), await aPartner()];
    const path = { partnerId: partner.partnerId };
    const set = (body: object, as = operator as { subject: string }) => invoke(setPaymentTerms, { as, path, body });
    for (const paymentDays of [-1, 91, 1.5]) {
      expect((await set({ paymentDays, reason: 'x' })).body.code).toBe('INPUT_INVALID');
    }
    expect((await set({ paymentDays: 30 })).body.code).toBe('INPUT_INVALID');
    expect((await set({ paymentDays: 30, reason: 'x' }, partner)).body.code).toBe('PERMISSION_DENIED');
    expect((await set({ paymentDays: 0, reason: 'prepays' })).body.paymentDays).toBe(0);
    expect((await set({ paymentDays: 90, reason: 'contract' })).body.paymentDays).toBe(90);
    expect((await set({ reason: 'as usual' })).body.paymentDays).toBeUndefined();
    const traces = await tracesOf(partner.partnerId, 'set-payment-terms');
    expect(traces.filter(({ outcome }) => outcome === 'done')).toMatchObject([
      { after: { paymentDays: 0, reason: 'prepays' } },
      { before: { paymentDays: 0 }, after: { paymentDays: 90 } },
      { before: { paymentDays: 90 } },
    ]);
  });

  it('FIN-162: a bill with agreed days is overdue after them', async () => {
    const partner = await aPartner();
    await owe(partner, { ...july, paymentDays: 0 });
    await runOn('2024-08-06');
    expect(await told(partner)).toMatchObject({ reminders: [1], overdue: [{ dueAt: '2024-08-05T15:59:59.000Z' }] });
  });
});
