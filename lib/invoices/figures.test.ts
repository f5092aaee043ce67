import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactText, type Money, parseMoney, roundedProduct, sum, ZERO } from '#lib/shared/money.ts';
import { type BillFigures, figuresOf } from './figures.ts';

const money = parseMoney;
const texts = (amounts: readonly Money[]): string[] => amounts.map((amount) => exactText(amount));
const line = (name: string, net: string, coupons = '0') => ({
  name,
  couponsUsed: money(coupons),
  taxExclusiveDue: money(net),
});

/** The worked example of the chapter: EVS 450 − 60 coupons, VPC 94.848 − 75, CDN 144, ECS 5.35743775. */
const july: BillFigures = {
  lines: [line('EVS', '390', '60'), line('CDN', '144'), line('VPC', '19.848', '75'), line('ECS', '5.35743775')],
  taxExclusiveDue: money('559.20543775'),
  taxComponents: [{ code: 'VAT', rate: money('0.07') }],
  taxByComponent: { VAT: money('39.14438064') },
  payable: money('598.35'),
  exchangeRate: money('1'),
  decimals: 2,
};

it('FIN-112: the worked example is printed with the sum of its lines, its tax and the amount due of the bill', () => {
  const figures = figuresOf(july);
  expect(texts(figures.lines.map(({ net }) => net))).toEqual(['390.00', '144.00', '19.85', '5.36']);
  expect(texts(figures.lines.map(({ gross }) => gross))).toEqual(['450.00', '144.00', '94.85', '5.36']);
  expect(texts([figures.net, figures.tax, figures.total, figures.rounding, figures.payable])).toEqual([
    '559.21',
    '39.14',
    '598.35',
    '0.00',
    '598.35',
  ]);
});

it('FIN-41, FIN-47: what rounding the parts makes differ is shown, the amount due stays', () => {
  const bill = { ...july, lines: [line('A', '0.004')], taxExclusiveDue: money('0.004'), payable: money('0.01') };
  const figures = figuresOf({ ...bill, taxByComponent: { VAT: money('0.004') } });
  expect(texts([figures.net, figures.tax, figures.total, figures.rounding])).toEqual(['0.00', '0.00', '0.00', '0.01']);
});

it('FIN-47: a currency without minor unit has whole numbers everywhere', () => {
  const bill = { ...july, exchangeRate: money('931.5'), decimals: 0, payable: money('557363') };
  const figures = figuresOf(bill);
  for (const amount of [...figures.lines.map(({ net }) => net), figures.net, figures.tax, figures.rounding])
    expect(amount % 10n ** 12n).toBe(0n);
});

it('FIN-36, FIN-112: for any bill, lines add up to the net, net and taxes and rounding to the amount due', () => {
  const amount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 15n }).map((units) => (units * 10_000n) as Money);
  const rate = fc.integer({ min: 1, max: 99_999 }).map((units) => (BigInt(units) * 10n ** 9n) as Money);
  const property = fc.property(
    fc.array(amount, { maxLength: 40 }),
    rate,
    fc.constantFrom(0, 2),
    (nets, exchangeRate, decimals) => {
      const taxExclusiveDue = sum(nets);
      const tax = roundedProduct([taxExclusiveDue, money('0.09')], 8);
      const payable = roundedProduct([sum([taxExclusiveDue, tax]), exchangeRate], decimals);
      const lines = nets.map((net, i) => ({ name: `p${i}`, couponsUsed: ZERO, taxExclusiveDue: net }));
      const components = [{ code: 'VAT', rate: money('0.09') }];
      const figures = figuresOf({
        lines,
        taxExclusiveDue,
        taxComponents: components,
        taxByComponent: { VAT: tax },
        payable,
        exchangeRate,
        decimals,
      });
      const unit = 10n ** BigInt(12 - decimals);
      expect(sum(figures.lines.map(({ net }) => net))).toBe(figures.net);
      expect(sum([figures.net, figures.tax, figures.rounding])).toBe(payable);
      expect(figures.rounding <= unit && figures.rounding >= -unit).toBe(true);
      figures.lines.forEach(({ net }, i) => {
        const exact = roundedProduct([nets[i] ?? ZERO, exchangeRate], 12);
        expect(net - exact <= unit && exact - net <= unit).toBe(true);
      });
    },
  );
  fc.assert(property, { numRuns: 200 });
});
