import { beforeAll, describe, expect, it } from 'vitest';
import { anOldCustomer, charged, details, hourTo, summary } from '../expenditures/views.ts';
import { aPartner, clock, type TestPartner, useStack } from '../support/index.ts';

useStack();

let partner: TestPartner;
beforeAll(async () => {
  clock.set('2024-07-01T09:00:00+08:00');
  partner = await aPartner();
});

describe('expenditure views, acceptance examples of chapter 06', () => {
  it('ORD-128: usage of 1 July is in the details that day, in the summary from 3 July 00:00 (example 24)', async () => {
    const customer = await anOldCustomer(partner);
    clock.set('2024-07-01T11:00:00+08:00');
    const [recordId] = await charged(customer, { ...hourTo('2024-07-01T10:00:00+08:00'), listPrice: '1.23' });
    expect((await details(partner, customer, '2024-07')).body.items).toMatchObject([{ recordId }]);

    clock.set('2024-07-02T23:59:59+08:00');
    expect((await summary(partner, customer, '2024-07')).body).toMatchObject({
      publishedThrough: null,
      pendingDays: [],
      rows: [],
      totals: { expenditure: { amount: '0.00000000' } },
    });

    clock.set('2024-07-03T00:00:00+08:00');
    expect((await summary(partner, customer, '2024-07')).body).toMatchObject({
      publishedThrough: '2024-07-01',
      rows: [{ amount: '1.23000000' }],
      totals: { expenditure: { amount: '1.23000000' } },
    });
  });

  it('ORD-165: at 15 July 2024 cycle 2023-01 can be queried, 2022-12 answers CONTACT_ECOSYSTEM_MANAGER (example 25)', async () => {
    const customer = await anOldCustomer(partner);
    clock.set('2024-07-15T12:00:00+08:00');
    expect(await details(partner, customer, '2023-01')).toMatchObject({ status: 200, body: { items: [] } });
    expect(await details(partner, customer, '2022-12')).toMatchObject({
      status: 422,
      body: { code: 'CONTACT_ECOSYSTEM_MANAGER' },
    });
  });
});
