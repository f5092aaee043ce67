import { beforeAll, describe, expect, it } from 'vitest';
import { handler as explainBillLine } from '../../functions/billing/explain-bill-line.ts';
import { handler as freezeAccount } from '../../functions/customers/freeze-account.ts';
import { handler as listFreezeRecords } from '../../functions/customers/list-freeze-records.ts';
import { handler as unfreezeAccount } from '../../functions/customers/unfreeze-account.ts';
import { aCustomer, aPartner, clock, invoke, type TestCustomer, type TestPartner, useStack } from '../support/index.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

const CYCLE = '2024-07';
let partner: TestPartner;
let customer: TestCustomer;
const ids: Record<string, string> = {};
const proofs: Record<string, { freezeRecordId: string; frozenAt: string } | null> = {};

const control = async (handler: typeof freezeAccount, time: string) => {
  clock.set(time);
  const body = { customerIds: [customer.customerId], reason: 'arrears' };
  expect(await invoke(handler, { as: partner, body })).toMatchObject({ body: { results: [{ status: 'done' }] } });
};
/** An hour of usage that begins at `from`. */
const use = async (name: string, from: string, fields: object = {}) => {
  const end = new Date(Date.parse(from) + 3_600_000).toISOString();
  const [recordId] = await consume(customer, { list: '1', at: end, spentFrom: from, ...fields });
  ids[name] = recordId ?? '';
};

/** Frozen from 10:00 on the 10th to 10:00 on the 12th, GMT+08:00. */
const FROZEN_AT = '2024-07-10T10:00:00+08:00';
const UNFROZEN_AT = '2024-07-12T10:00:00+08:00';

beforeAll(async () => {
  clock.set('2024-07-01T00:00:00+08:00');
  partner = await aPartner({ registrationArea: { countryRegion: 'DE' } });
  customer = await aCustomer({ of: partner });
  await aTaxRule('DE');
  await control(unfreezeAccount, '2024-07-01T00:00:00+08:00');
  await control(freezeAccount, FROZEN_AT);
  await control(unfreezeAccount, UNFROZEN_AT);
  clock.set('2024-07-20T10:00:00+08:00');
  await use('before', '2024-07-10T09:59:59.999+08:00');
  await use('at the freeze', FROZEN_AT);
  await use('before the end', '2024-07-12T09:59:59.999+08:00');
  await use('at the end', UNFROZEN_AT);
  await use('ordered', '2024-07-01T00:00:00+08:00', {
    billingMode: 'yearly-monthly',
    at: '2024-07-11T12:00:00+08:00',
    spentFrom: '2024-07-01T00:00:00.000Z',
    spentTo: '2024-08-01T00:00:00.000Z',
  });
  await use('refund', '2024-07-11T12:00:00+08:00', { billType: 'refund', list: '-1' });
  clock.set('2024-08-05T02:30:00+08:00');
  await runBilling();
  for (const line of await allLines(partner, CYCLE)) {
    const name = Object.keys(ids).find((each) => `line_${ids[each]}` === line.lineId) ?? '';
    proofs[name] = line.startedWhileFrozen as unknown as (typeof proofs)[string];
  }
});

describe('freeze with proof', () => {
  it('CUS-145, CUS-284: what began from the instant of the freeze on, up to its end, is flagged; exact at both borders', async () => {
    const path = { customerId: customer.customerId };
    const { body } = await invoke(listFreezeRecords, { as: partner, path });
    const record = body.items.find(
      ({ cause, levelAfter }: Record<string, string>) => cause === 'manual' && levelAfter === 'account',
    );
    const proof = { freezeRecordId: record.recordId, frozenAt: record.at };
    expect(record.at).toBe('2024-07-10T02:00:00.000Z');
    expect(proofs).toEqual({
      before: null,
      'at the freeze': proof,
      'before the end': proof,
      'at the end': null,
      ordered: proof,
      refund: null,
    });
  });

  it('CUS-284: it is billed all the same, and the explanation carries the proof, which a later freeze does not change', async () => {
    await control(freezeAccount, '2024-08-06T10:00:00+08:00');
    const path = { billId: `bill_${CYCLE}_${partner.partnerId}`, lineId: `line_${ids['at the freeze']}` };
    const { body } = await invoke(explainBillLine, { as: partner, path });
    expect(body).toMatchObject({
      matches: true,
      line: { startedWhileFrozen: { frozenAt: '2024-07-10T02:00:00.000Z' } },
      recomputed: { due: '1.00000000' },
    });
  });
});
