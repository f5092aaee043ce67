import { beforeAll, describe, expect, it } from 'vitest';
import { associateCustomer } from '#lib/customers/index.ts';
import { add, exactText, parseMoney, ZERO } from '#lib/shared/money.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as listBillDetails } from '../../functions/billing/list-bill-details.ts';
import { handler as listDetails } from '../../functions/expenditures/list-expenditure-details.ts';
import { handler as listQuarantine } from '../../functions/expenditures/list-expenditure-quarantine.ts';
import { handler as recordExpenditures } from '../../functions/expenditures/record-expenditures.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import { aLeavableCustomer, anEnabledPartner, answered, asked } from '../customer-development/changes.ts';
import { aCharge } from '../expenditures/charges.ts';
import {
  aMember,
  anOperator,
  asSystem,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

beforeAll(async () => {
  clock.set('2021-01-01T00:00:00+08:00');
  await aTaxRule('HK');
});

const untaxed = { registrationArea: { countryRegion: 'HK' } } as const;
const july = (time: string) => `2024-07-${time}+08:00`;
const october = (time: string) => `2024-10-${time}+08:00`;

/** Two partners, and a customer that has been the first one's since then. */
async function aCustomerBetweenTwo(since = '2024-06-01T00:00:00+08:00') {
  clock.set(since);
  const [old, next] = [await anEnabledPartner(untaxed), await anEnabledPartner(untaxed)];
  return { old, next, customer: await aLeavableCustomer({ of: old }) };
}

/** The partner asks, the customer agrees at `time`. */
async function leave(partner: TestPartner, customer: TestCustomer, time: string): Promise<void> {
  clock.set(plus(instant(time), { days: -1 }));
  const { body } = await asked(partner, customer);
  clock.set(time);
  const agreed = await answered(customer, body.recordId, 'agree');
  if (agreed.body.status !== 'completed') throw new Error(`not ended: ${JSON.stringify(agreed.body)}`);
}

async function join({ partnerId }: TestPartner, { customerId }: TestCustomer, time: string): Promise<void> {
  clock.set(time);
  await asSystem((now) => associateCustomer(customerId, { partnerId, type: 'reseller' }, now));
}

const billOf = async (partner: TestPartner, cycle: string) =>
  (await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body;

/** A customer's lines on a partner's bill: list prices, and the records that they stand for. */
async function linesOf(partner: TestPartner, { customerId }: TestCustomer, cycle: string) {
  const { billId } = await billOf(partner, cycle);
  if (billId === undefined) return [];
  const lines: { lineId: string; expenditure: string; late: boolean }[] = [];
  let cursor: string | undefined;
  do {
    const query = { customerId, limit: 100, ...(cursor ? { cursor } : {}) };
    const { body } = await invoke(listBillDetails, { as: partner, path: { billId }, query });
    lines.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor);
  return lines.map(({ lineId, ...line }) => ({ ...line, recordId: lineId.replace('line_', '') }));
}

const sumOf = (amounts: readonly string[]): string => exactText(amounts.map(parseMoney).reduce(add, ZERO));

describe('a customer that leaves in mid-month', () => {
  it('ORD-43, FIN-12: every hour of its usage is on one bill, up to the instant on the old one', async () => {
    const { old, next, customer } = await aCustomerBetweenTwo();
    const hours = Array.from({ length: 96 }, (_, hour) => ({
      recordId: `hour-${hour}`,
      list: `${hour + 1}.${String(hour * 37 + 13).padStart(8, '0')}`,
      at: plus(instant(july('14T00:00:00')), { hours: hour + 1 }),
    }));
    await leave(old, customer, july('15T13:30:00'));
    await join(next, customer, july('15T13:45:00'));
    clock.set(july('31T12:00:00'));
    await consume(customer, ...hours);
    clock.set('2024-08-05T02:30:00+08:00');
    await runBilling('2024-08-05T02:00:00+08:00');

    const [before, after] = [await linesOf(old, customer, '2024-07'), await linesOf(next, customer, '2024-07')];
    // 24 hours of the 14th and those that end up to 13:00 on the 15th; 14:00 is the first that ends with the new partner.
    expect(before.map(({ recordId }) => recordId).sort()).toEqual(
      hours
        .slice(0, 37)
        .map(({ recordId }) => recordId)
        .sort(),
    );
    expect(after.map(({ recordId }) => recordId).sort()).toEqual(
      hours
        .slice(37)
        .map(({ recordId }) => recordId)
        .sort(),
    );
    expect(sumOf([...before, ...after].map(({ expenditure }) => expenditure))).toBe(
      sumOf(hours.map(({ list }) => list)),
    );
    const bills = [await billOf(old, '2024-07'), await billOf(next, '2024-07')];
    expect(sumOf(bills.map(({ expenditures }) => expenditures))).toBe(sumOf(hours.map(({ list }) => list)));
  });

  it('FIN-10, FIN-12: an hour that ends at the instant of the end is the old partner’s, a payment at it nobody’s', async () => {
    const { old, next, customer } = await aCustomerBetweenTwo('2024-09-01T00:00:00+08:00');
    const operator = await anOperator();
    await leave(old, customer, october('15T13:00:00'));
    clock.set(october('16T12:00:00'));
    await consume(customer, { recordId: 'to-the-instant', list: '1', at: october('15T13:00:00') });
    const late = [
      aCharge(customer, { spentFrom: october('15T13:00:00'), spentTo: october('15T14:00:00') }),
      aCharge(customer, { spentFrom: october('15T12:00:00.001'), spentTo: october('15T13:00:00.001') }),
      aCharge(customer, {
        billingMode: 'yearly-monthly',
        spentFrom: undefined,
        spentTo: undefined,
        transactionTime: october('15T13:00:00'),
      }),
    ];
    const { body } = await invoke(recordExpenditures, { as: operator, body: { records: late } });
    expect(body.receipts).toHaveLength(3);
    for (const receipt of body.receipts)
      expect(receipt).toMatchObject({ receipt: 'rejected', code: 'NOT_ASSOCIATED_AT_CONSUMPTION' });

    // kept with its reason, and on nobody's bill
    const kept = await invoke(listQuarantine, { as: operator, query: { code: 'NOT_ASSOCIATED_AT_CONSUMPTION' } });
    const keptIds = kept.body.items.map(({ entryId }: { entryId: string }) => entryId);
    for (const { quarantineEntryId } of body.receipts) expect(keptIds).toContain(quarantineEntryId);
    await join(next, customer, october('20T09:00:00'));
    clock.set(october('21T09:00:00'));
    await consume(customer, { recordId: 'with-the-next', list: '2', at: october('20T10:00:00') });
    clock.set('2024-11-05T02:30:00+08:00');
    await runBilling('2024-11-05T02:00:00+08:00');
    expect(await linesOf(old, customer, '2024-10')).toMatchObject([{ recordId: 'to-the-instant' }]);
    expect(await linesOf(next, customer, '2024-10')).toMatchObject([{ recordId: 'with-the-next' }]);
  });

  it('FIN-14: a closed month stays as it is; what arrives late goes to the next bill of the partner of that time', async () => {
    const { old, next, customer } = await aCustomerBetweenTwo('2024-12-01T00:00:00+08:00');
    clock.set('2025-01-31T12:00:00+08:00');
    await consume(customer, { list: '70', at: '2025-01-10T10:00:00+08:00' });
    clock.set('2025-02-05T02:30:00+08:00');
    await runBilling('2025-02-05T02:00:00+08:00');
    const closed = await billOf(old, '2025-01');
    const lines = await linesOf(old, customer, '2025-01');

    await leave(old, customer, '2025-02-10T00:00:00+08:00');
    await join(next, customer, '2025-02-10T01:00:00+08:00');
    clock.set('2025-02-20T00:00:00+08:00');
    await consume(customer, { recordId: 'late-for-january', list: '5', at: '2025-01-11T10:00:00+08:00' });
    await consume(customer, { recordId: 'in-february', list: '3', at: '2025-02-12T10:00:00+08:00' });
    clock.set('2025-03-05T02:30:00+08:00');
    await runBilling('2025-03-05T02:00:00+08:00');

    expect(await billOf(old, '2025-01')).toEqual({ ...closed, overdue: true }); // nobody has paid it meanwhile
    expect(await linesOf(old, customer, '2025-01')).toEqual(lines);
    expect(await linesOf(next, customer, '2025-01')).toEqual([]);
    expect(await linesOf(old, customer, '2025-02')).toMatchObject([{ recordId: 'late-for-january', late: true }]);
    expect(await linesOf(next, customer, '2025-02')).toMatchObject([{ recordId: 'in-february' }]);
  });
});

describe('after the end', () => {
  it('ORD-46: the old partner reads what was spent with it, and nothing from later', async () => {
    const { old, next, customer } = await aCustomerBetweenTwo();
    await leave(old, customer, july('15T13:00:00'));
    await join(next, customer, july('15T14:00:00'));
    clock.set(july('20T00:00:00'));
    await consume(customer, { recordId: 'with-the-old', list: '1', at: july('15T12:00:00') });
    await consume(customer, { recordId: 'with-the-new', list: '2', at: july('16T12:00:00') });
    const { customerId } = customer;
    const readBy = (as: { subject: string }) => invoke(listDetails, { as, query: { customerId, cycle: '2024-07' } });

    expect((await readBy(old)).body.items).toMatchObject([{ recordId: 'with-the-old' }]);
    expect((await readBy(next)).body.items).toMatchObject([{ recordId: 'with-the-new' }]);
    // nobody looks after it any more, so those who see assigned customers only do not see it
    const manager = await aMember({ of: old, roles: ['account-manager'] });
    expect(await readBy(manager)).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
    const stranger = await anEnabledPartner();
    expect(await readBy(stranger)).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
  });
});
