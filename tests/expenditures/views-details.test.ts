import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, declareComplete } from '#lib/expenditures/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { instant } from '#lib/shared/time.ts';
import { assign } from '../customers/managers.ts';
import { giveStanding } from '../organization/critical-operation.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  clock,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anOldCustomer, charged, details, dueOf, hourTo, paidAt } from './views.ts';

useStack();

const NOW = '2024-09-20T10:00:00+08:00';
let partner: TestPartner;
let customer: TestCustomer;

beforeAll(async () => {
  clock.set(NOW);
  partner = await aPartner();
  customer = await anOldCustomer(partner);
});

// biome-ignore lint/suspicious/noExplicitAny: answered items are read as they are
const idsOf = (answer: { body: any }): string[] =>
  answer.body.items.map(({ recordId }: { recordId: string }) => recordId);

describe('list-expenditure-details', () => {
  it('ORD-127: shows a record with all its columns, amounts exactly as delivered', async () => {
    const owner = await anOldCustomer(partner);
    const [recordId] = await charged(owner, {
      listPrice: '0.00001605990',
      transactionTime: '2024-09-18T14:08:51+08:00',
      resourceId: 'vm-1',
      region: 'AP-Singapore',
      regionCode: 'ap-southeast-3',
    });
    expect(await details(partner, owner, '2024-09')).toMatchObject({
      status: 200,
      body: {
        cycle: '2024-09',
        customerId: owner.customerId,
        customerName: 'C***r',
        accountName: owner.accountName,
        currency: 'USD',
        items: [
          {
            recordId,
            billingCycle: '2024-09',
            late: false,
            associationType: 'reseller',
            reseller: null,
            accountManagerId: null,
            productType: 'Elastic Cloud Server',
            productName: 's6.large.2',
            billingMode: 'pay-per-use',
            spentFrom: '2024-09-18T05:00:00.000Z',
            spentTo: '2024-09-18T06:00:00.000Z',
            orderOrTransactionId: 'tx-1',
            orderType: null,
            billType: 'expenditure',
            expenditureKind: 'usage',
            transactionTime: '2024-09-18T06:08:51.000Z',
            resourceId: 'vm-1',
            region: 'AP-Singapore',
            listPrice: '0.0000160599',
            discount: '0.00000000',
            amountDue: '0.0000160599',
            cashPayments: '0.00000000',
            couponsUsed: '0.00000000',
            monthlySettlement: '0.0000160599',
            status: 'estimated',
          },
        ],
      },
    });
  });

  it('ORD-137: the transaction time is the payment of an order, and of usage when its charge was produced', async () => {
    const owner = await anOldCustomer(partner);
    await charged(
      owner,
      { ...hourTo('2024-09-18T14:00:00+08:00'), transactionTime: '2024-09-18T14:08:51+08:00' },
      paidAt('2024-09-17T09:30:00+08:00'),
    );
    const { items } = (await details(partner, owner, '2024-09')).body;
    expect(items).toMatchObject([
      { expenditureKind: 'usage', transactionTime: '2024-09-18T06:08:51.000Z', spentTo: '2024-09-18T06:00:00.000Z' },
      {
        expenditureKind: 'purchase',
        orderType: 'new-purchase',
        transactionTime: '2024-09-17T01:30:00.000Z',
        spentTo: null,
      },
    ]);
  });

  it('ORD-136: a period that ends at 00:00 on the 1st is of the month before, one that crosses it of the month it ends in', async () => {
    const owner = await anOldCustomer(partner);
    const ids = await charged(owner, hourTo('2024-09-01T00:00:00+08:00'), hourTo('2024-09-01T00:30:00+08:00'));
    expect(idsOf(await details(partner, owner, '2024-08'))).toEqual([ids[0]]);
    expect(idsOf(await details(partner, owner, '2024-09'))).toEqual([ids[1]]);
  });

  it('ORD-132: list price − discount is the amount due and is what was paid, for each record', async () => {
    const owner = await anOldCustomer(partner, { type: 'referral' });
    await charged(
      owner,
      {
        listPrice: '10.00',
        payment: { discount: '1.50', cashPayments: '3.25', couponsUsed: '2.00', monthlySettlement: '3.25' },
      },
      { listPrice: '-4.00', billType: 'refund' },
    );
    const { items } = (await details(partner, owner, '2024-09')).body;
    expect(items).toHaveLength(2);
    for (const item of items) {
      expect(dueOf(item)).toEqual({ charged: parseMoney(item.amountDue), paid: parseMoney(item.amountDue) });
    }
    expect(items.map(({ amountDue }: { amountDue: string }) => amountDue).sort()).toEqual([
      '-4.00000000',
      '8.50000000',
    ]);
  });

  it('ORD-131: customers of both models are included and told apart; the filter keeps one model', async () => {
    const referral = await anOldCustomer(partner, { type: 'referral' });
    await charged(referral, {});
    const { items } = (await details(partner, referral, '2024-09')).body;
    expect(items).toMatchObject([{ associationType: 'referral', status: 'estimated' }]);
    expect((await details(partner, referral, '2024-09', { associationType: 'reseller' })).body.items).toEqual([]);
  });

  it('ORD-133: records are estimated until the month is closed, then settled', async () => {
    const other = await aPartner();
    const owner = await anOldCustomer(other);
    await charged(owner, hourTo('2024-08-10T10:00:00+08:00'), hourTo('2024-09-10T10:00:00+08:00'));
    const statusOf = async (cycle: string) => (await details(other, owner, cycle)).body.items[0].status;
    expect(await statusOf('2024-08')).toBe('estimated');
    await asSystem((now) => closeMonth(other.partnerId, '2024-08' as BillingMonth, now));
    expect(await statusOf('2024-08')).toBe('settled');
    expect(await statusOf('2024-09')).toBe('estimated');
  });

  it('ORD-129, ORD-130, CUS-100, CUS-101: says that it excludes tax and is no bill, and up to when usage is complete', async () => {
    expect((await details(partner, customer, '2024-09')).body).toMatchObject({
      usageCompleteThrough: null,
      asOf: instant(NOW),
    });
    const completeThrough = instant('2024-09-20T08:00:00+08:00');
    await asSystem(() => declareComplete(completeThrough));
    const { body } = await details(partner, customer, '2024-09');
    expect(body).toMatchObject({ taxIncluded: false, usageCompleteThrough: completeThrough });
    expect(body.notice).toMatch(/not the partner's bill.*settle, repay, bill or invoice/);
    expect(body.notice).toMatch(/list price, for reference/);
    expect(body.notice).toMatch(/only those used when an order was paid/);
  });
});

describe('filters and pages of list-expenditure-details', () => {
  it('ORD-161: order, resource and the other columns are matched exactly', async () => {
    const owner = await anOldCustomer(partner);
    const [plain, special] = await charged(
      owner,
      { resourceId: 'vm-10', region: 'EU-Dublin', regionCode: 'eu-1', orderId: 'tx-10' },
      {
        ...paidAt('2024-09-02T10:00:00+08:00'),
        resourceId: 'vm-1',
        region: 'AP-Bangkok',
        regionCode: 'ap-2',
        orderId: 'tx-1',
        productType: 'Object Storage',
      },
    );
    const found = async (query: object) => idsOf(await details(partner, owner, '2024-09', query));
    for (const query of [
      { orderId: 'tx-1' },
      { resourceId: 'vm-1' },
      { productType: 'Object Storage' },
      { billingMode: 'yearly-monthly' },
      { region: 'AP-Bangkok' },
      { region: 'ap-2' },
    ]) {
      expect([query, await found(query)]).toEqual([query, [special]]);
    }
    expect(await found({ billType: 'expenditure' })).toEqual([plain, special]);
    expect(await found({ billType: 'refund' })).toEqual([]);
    expect(await found({ orderId: 'tx-1', billingMode: 'pay-per-use' })).toEqual([]);
    expect((await details(partner, owner, '2024-09', { billType: 'gift' })).body.code).toBe('INPUT_INVALID');
  });

  it('ORD-166: hide zero drops what is due exactly nothing, the default shows it', async () => {
    const owner = await anOldCustomer(partner, { type: 'referral' });
    const free = { discount: '2.00', cashPayments: '0', couponsUsed: '0', monthlySettlement: '0' };
    const [, , smallest] = await charged(
      owner,
      { listPrice: '0.00' },
      { listPrice: '2.00', payment: free },
      { listPrice: '0.000000000001' },
    );
    expect((await details(partner, owner, '2024-09')).body.items).toHaveLength(3);
    expect(idsOf(await details(partner, owner, '2024-09', { hideZero: 'true' }))).toEqual([smallest]);
  });

  it('ORD-162: pages newest first, each record once, to the end', async () => {
    const owner = await anOldCustomer(partner);
    const days = ['03', '01', '05', '02', '04'];
    const ids = await charged(owner, ...days.map((day) => hourTo(`2024-09-${day}T10:00:00+08:00`)));
    const byDay = days.map((day, i) => [day, ids[i]] as const).sort(([a], [b]) => (a < b ? 1 : -1));
    const first = await details(partner, owner, '2024-09', { limit: 2 });
    const second = await details(partner, owner, '2024-09', { limit: 2, cursor: first.body.nextCursor });
    const third = await details(partner, owner, '2024-09', { limit: 2, cursor: second.body.nextCursor });
    expect([first, second, third].map((page) => page.body.items.length)).toEqual([2, 2, 1]);
    expect([first, second, third].flatMap(idsOf)).toEqual(byDay.map(([, id]) => id));
    expect(third.body.nextCursor).toBeUndefined();
  });

  it('CURSOR_INVALID: a cursor is good for the list it came from only', async () => {
    const owner = await anOldCustomer(partner);
    await charged(owner, {}, {});
    const { nextCursor: cursor } = (await details(partner, owner, '2024-09', { limit: 1 })).body;
    for (const [as, cycle, query] of [
      [partner, '2024-08', {}],
      [partner, '2024-09', { hideZero: 'true' }],
      [await anOperator(), '2024-09', {}],
    ] as const) {
      expect(await details(as, owner, cycle, { limit: 1, cursor, ...query })).toMatchObject({
        status: 400,
        body: { code: 'CURSOR_INVALID' },
      });
    }
  });

  it('ORD-165: a cycle of 18 months back is answered, an older one sends to the ecosystem manager', async () => {
    expect(await details(partner, customer, '2023-03')).toMatchObject({ status: 200 });
    expect(await details(partner, customer, '2023-02')).toMatchObject({
      status: 422,
      body: { code: 'CONTACT_ECOSYSTEM_MANAGER', oldestCycle: '2023-03' },
    });
  });

  it('ORD-165: needs a customer and one cycle', async () => {
    const answer = await details(partner, { customerId: '' }, '2024-13');
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      'query/customerId',
      'query/cycle',
    ]);
  });
});

describe('who sees expenditure details', () => {
  it("ORD-08: another partner's member and another customer learn nothing", async () => {
    const stranger = await aMember({ of: await aPartner() });
    const other = await anOldCustomer(partner);
    for (const as of [stranger, other]) {
      expect(await details(as, customer, '2024-09')).toMatchObject({
        status: 404,
        body: { code: 'CUSTOMER_NOT_FOUND' },
      });
    }
    expect(await details(partner, { customerId: 'cus_nowhere' }, '2024-09')).toMatchObject({ status: 404 });
  });

  it('CUS-201, CUS-202, CUS-206: each record names whom its day counts for, whoever looks after the customer now', async () => {
    const [former, present] = [
      await aMember({ of: partner, roles: ['account-manager'] }),
      await aMember({ of: partner, roles: ['account-manager'] }),
    ];
    const assigned = await anOldCustomer(partner, { accountManagerId: former.memberId });
    clock.set('2024-09-10T10:00:00+08:00');
    expect((await assign(partner, assigned, present)).status).toBe(200);
    const ids: string[] = [];
    clock.set(NOW);
    for (const end of ['2024-09-09T12:00:00', '2024-09-11T00:00:00', '2024-09-11T01:00:00'])
      ids.push(...(await charged(assigned, hourTo(`${end}+08:00`))));
    const { items } = (await details(partner, assigned, '2024-09')).body;
    const managers = new Map(
      items.map((item: { recordId: string; accountManagerId: string }) => [item.recordId, item.accountManagerId]),
    );
    expect(ids.map((id) => managers.get(id))).toEqual([former.memberId, former.memberId, present.memberId]);
  });

  it('ORD-03: a sole account manager sees assigned customers only', async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const assigned = await anOldCustomer(partner, { accountManagerId: manager.memberId });
    await charged(assigned, {});
    expect((await details(manager, assigned, '2024-09')).body.items).toMatchObject([
      { accountManagerId: manager.memberId },
    ]);
    expect(await details(manager, customer, '2024-09')).toMatchObject({ status: 404 });
  });

  it('ORD-138: partner, reseller, customer and operator each see what was charged under them', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const owner = await anOldCustomer(reseller);
    const ids = await charged(owner, {});
    for (const [as, seen] of [
      [
        distributor,
        {
          partnerId: reseller.partnerId,
          companyName: reseller.partner.companyName,
          accountName: reseller.partner.accountName,
        },
      ],
      [reseller, null],
      [owner, null],
      [await anOperator(), { partnerId: reseller.partnerId }],
    ] as const) {
      const answer = await details(as, owner, '2024-09');
      expect(idsOf(answer)).toEqual(ids);
      if (seen) expect(answer.body.items[0].reseller).toMatchObject(seen);
      else expect(answer.body.items[0].reseller).toBeNull();
    }
  });

  it('ORD-141: a revoked permission hides everything from the customer in the reseller model, not from the partner', async () => {
    const hiding = await aPartner();
    const owner = await anOldCustomer(hiding);
    const referral = await anOldCustomer(hiding, { type: 'referral' });
    await charged(owner, {});
    expect((await details(owner, owner, '2024-09')).body.items).toHaveLength(1);
    await giveStanding(hiding.partnerId, { revokeBillAndCostAccess: true });
    expect(await details(owner, owner, '2024-09')).toMatchObject({
      status: 403,
      body: { code: 'BILL_ACCESS_REVOKED' },
    });
    expect((await details(hiding, owner, '2024-09')).body.items).toHaveLength(1);
    expect(await details(referral, referral, '2024-09')).toMatchObject({ status: 200 });
  });
});
