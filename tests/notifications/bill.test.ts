import { beforeEach, describe, expect, it } from 'vitest';
import { billNoPaymentDue, billParked } from '#events/billing.ts';
import { invoiceCreated } from '#events/invoices.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { handler as sendDueMessages } from '../../functions/notifications/send-due-messages.ts';
import {
  anOperator,
  aPartner,
  clock,
  drain,
  invoke,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { happens, mailsTo } from './happenings.ts';

useStack();

beforeEach(() => {
  clock.set('2024-10-04T10:00:00+08:00'); // a Friday
});

const bill = ({ partnerId }: TestPartner) => ({
  billId: `bill_${partnerId}`,
  partnerId,
  cycle: '2024-09',
  currency: 'USD',
  billAmountExact: '1234.5649',
  amountDue: '1234.56',
  paymentCurrency: 'USD',
  exchangeRate: '1',
  amountDuePayment: '1234.56',
  issuedAt: clock.now(),
  dueAt: '2024-11-03T15:59:59.000Z',
  late: false,
});

/** The event that brings the mail: the invoice of the bill is there (FIN-18). */
const invoiced = ({
  billId,
  partnerId,
  cycle,
  currency,
  amountDue,
  issuedAt,
  dueAt,
  late,
  ...payment
}: ReturnType<typeof bill>) => ({
  invoiceNo: 'CSER24000007',
  partnerId,
  content: 'Monthly bill' as const,
  period: '202409',
  currency: payment.paymentCurrency,
  amount: payment.amountDuePayment,
  issuedOn: '2024-10-05',
  fileKey: 'none',
  mail: false,
  bill: { billId, cycle, currency, amountDue, issuedAt, dueAt, late },
  createdAt: issuedAt,
});

const aBilledPartner = (wish: Parameters<typeof aPartner>[0] = {}) =>
  aPartner({ financialContact: { name: 'Fin Ance', email: `finance-${Math.random()}@example.com` }, ...wish });

describe('a bill was issued', () => {
  it('FIN-18: account address and financial contact get cycle, amount due, due date and invoice number', async () => {
    const partner = await aBilledPartner();
    await happens(invoiceCreated, invoiced(bill(partner)));
    for (const address of [partner.partner.contact.email, partner.partner.financialContact?.email ?? '']) {
      const [mail, ...more] = await mailsTo(address);
      expect(more).toEqual([]);
      expect(mail?.subject).toBe('Your bill for 2024-09: 1234.56 USD');
      expect(mail?.text).toContain('Billing cycle: 2024-09');
      expect(mail?.text).toContain('Invoice: CSER24000007');
      expect(mail?.attachments).toEqual([]);
      expect(mail?.text).toContain('Due until: 2024-11-03 23:59:59 (GMT+08:00)');
      expect(mail?.text).not.toContain('In your payment currency');
      expect(mail?.text).not.toContain('Note:');
    }
  });

  it('FIN-18: one mail where both are the same address', async () => {
    const email = `same-${Math.random()}@example.com`;
    const partner = await aPartner({ contact: { name: 'Ada', email }, financialContact: { name: 'Ada', email } });
    await happens(invoiceCreated, invoiced(bill(partner)));
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it('FIN-18: in language and zone of the partner, with the other currency and that it is late', async () => {
    const partner = await aBilledPartner({ language: 'de', timeZone: 'Europe/Berlin', paymentCurrency: 'EUR' });
    clock.set('2024-10-07T15:30:00+08:00'); // 09:30 in Berlin
    await happens(
      invoiceCreated,
      invoiced({ ...bill(partner), paymentCurrency: 'EUR', amountDuePayment: '1111.10', late: true }),
    );
    const [mail] = await mailsTo(partner.partner.contact.email);
    expect(mail?.subject).toBe('Ihre Abrechnung für 2024-09: 1234.56 USD');
    expect(mail?.text).toContain('In Ihrer Zahlungswährung: 1111.10 EUR');
    expect(mail?.text).toContain('Ausgestellt: 2024-10-07 09:30:00 (GMT+02:00)');
    expect(mail?.text).toContain('Hinweis: Diese Abrechnung wurde später als üblich ausgestellt');
  });

  it('FIN-18: issued on Saturday the 5th at 02:00 it leaves on Monday at 09:00 of the partner', async () => {
    clock.set('2024-10-05T02:05:00+08:00');
    const [singapore, berlin] = await Promise.all([aBilledPartner(), aBilledPartner({ timeZone: 'Europe/Berlin' })]);
    for (const partner of [singapore, berlin]) await happens(invoiceCreated, invoiced(bill(partner)));
    const counts = async (time: string): Promise<number[]> => {
      clock.set(time);
      await runSchedule(sendDueMessages, time);
      await drain();
      const lists = await Promise.all([singapore, berlin].map(({ partner }) => mailsTo(partner.contact.email)));
      return lists.map((mails) => mails.length);
    };
    expect(await counts('2024-10-07T08:45:00+08:00')).toEqual([0, 0]);
    expect(await counts('2024-10-07T09:00:00+08:00')).toEqual([1, 0]);
    expect(await counts('2024-10-07T14:45:00+08:00')).toEqual([1, 0]);
    expect(await counts('2024-10-07T15:00:00+08:00')).toEqual([1, 1]);
  });

  it('FIN-46: nothing to pay is told as well, with what was credited', async () => {
    const partner = await aBilledPartner();
    const { dueAt: _none, ...issued } = bill(partner);
    await happens(billNoPaymentDue, { ...issued, amountDue: '0.00', credit: '12.50' });
    const [mail] = await mailsTo(partner.partner.contact.email);
    expect(mail?.subject).toBe('Your bill for 2024-09: nothing to pay');
    expect(mail?.text).toContain('Credited to your balance: 12.50 USD');
  });
});

describe('a bill was parked', () => {
  it('FIN-19: every operator reads it, the partner does not', async () => {
    const partner = await aBilledPartner({ companyName: 'Acme <Cloud>' });
    const operator = await anOperator();
    const before = (await sentMails()).length;
    await happens(billParked, {
      partnerId: partner.partnerId,
      cycle: '2024-09',
      code: 'SUMS_DIFFER',
      cause: 'lines and months differ',
      parkedAt: clock.now(),
    });
    const inbox = async (as: { subject: string }) => (await invoke(listMessages, { as })).body.items;
    expect(await inbox(operator)).toMatchObject([
      {
        kind: 'bill-parked',
        title: 'The bill of Acme <Cloud> for 2024-09 is parked',
        text: expect.stringContaining('Cause: SUMS_DIFFER: lines and months differ'),
      },
    ]);
    expect(await inbox(partner)).toEqual([]);
    expect((await sentMails()).length).toBe(before);
  });
});
