import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { aCharge } from '../../tests/billing/charges.ts';
import { type BillLine, toLine } from './line.ts';
import { lineSort, linesOf, startPages } from './line-page.ts';
import type { Settlement } from './settlement.ts';

const names = { customerName: 'Carla', accountName: 'atlas', partnerName: 'Acme', partnerAccountName: 'acme' };
const VAT = [{ code: 'VAT', rate: parseMoney('0.07') }];
const lineOf = (basis: Settlement['basis'], specifications?: string): BillLine => {
  const charge = aCharge({
    listPrice: '-0.000000000001',
    usage: '46800',
    conversionFactor: '3600',
    linearSize: '10',
    specifications,
  });
  const settlement = { basis, amount: parseMoney('123456789012345678.12345678'), originalRecordId: 'rec-0' };
  return toLine(charge, names, settlement, VAT);
};
const from = { discountId: 'dis_1', level: 'partner-level' } as const;

async function pagesOf(lines: readonly BillLine[]) {
  const pages = startPages();
  for (const line of lines) pages.add(line);
  return pages.finish();
}

describe('pages of lines', () => {
  it.each<Settlement['basis']>([
    { kind: 'no-discount' },
    { kind: 'percentage', discount: parseMoney('0.25'), from },
    { kind: 'fixed-unit-price', unitPrice: parseMoney('2.4'), unit: 'Mbps', from },
  ])('FIN-40: give back what was put in, amounts exact: $kind', async (basis) => {
    const line = lineOf(basis);
    const [page] = await pagesOf([line]);
    const [read] = page ? await linesOf(page) : [];
    const {
      payment: _payment,
      receivedAt: _receivedAt,
      associationType: _type,
      currency: _currency,
      ...kept
    } = aCharge();
    expect(read).toMatchObject({
      lineId: line.lineId,
      cycle: line.cycle,
      names,
      settlement: line.settlement,
      amounts: line.amounts,
    });
    expect(read?.charge).toMatchObject({
      listPrice: line.charge.listPrice,
      usage: line.charge.usage,
      recordId: line.charge.recordId,
    });
    expect(Object.keys(read?.charge ?? {}).sort()).toEqual(
      [...Object.keys(kept), 'usage', 'conversionFactor', 'linearSize'].sort(),
    );
  });

  it('FIN-166: hold 200 lines at most, fewer of long ones, and are named by their last line', async () => {
    const lines = Array.from({ length: 401 }, () => lineOf({ kind: 'no-discount' }));
    const pages = await pagesOf(lines);
    expect(pages.map(({ count, key }) => [count, key])).toEqual(
      [200, 200, 1].map((count, i) => [count, lineSort(lines[[199, 399, 400][i] ?? 0]?.charge ?? aCharge())]),
    );
    const long = Array.from({ length: 4 }, () => lineOf({ kind: 'no-discount' }, 'x'.repeat(140_000)));
    expect((await pagesOf(long)).map(({ count }) => count)).toEqual([2, 2]);
    expect(await pagesOf([])).toEqual([]);
  });
});
