import type { CouponUse, Spending } from '#lib/coupons/index.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Candidate } from './candidate.ts';

type PackedUse = readonly [couponId: string, kind: CouponUse['kind'], amount: string];

interface Packed {
  readonly r: string;
  readonly c: string;
  readonly t: Instant;
  readonly p: number;
  /** Only where it is not transaction time and record. */
  readonly at?: string;
  readonly s?: Spending;
  readonly a?: string;
  readonly b?: readonly PackedUse[];
  readonly x?: boolean;
  readonly o?: readonly [place: string, numerator: string, denominator: string];
}

export const packUses = (uses: readonly CouponUse[]): PackedUse[] =>
  uses.map(({ couponId, kind, amount }) => [couponId, kind, amount.toString()]);

export const unpackUses = (uses: readonly PackedUse[]): CouponUse[] =>
  uses.map(([couponId, kind, amount]) => ({ couponId, kind, amount: loadMoney(BigInt(amount)) }));

export function packCandidate(candidate: Candidate): string {
  const { recordId, customerId, transactionTime, place, part, original } = candidate;
  const usual = place === `${transactionTime}#${recordId}`;
  const line = { r: recordId, c: customerId, t: transactionTime, p: part, ...(usual ? {} : { at: place }) };
  const packed: Packed =
    'spending' in candidate
      ? { ...line, s: candidate.spending, a: candidate.settlement.toString() }
      : {
          ...line,
          b: packUses(candidate.takesBack),
          x: candidate.restores,
          ...(original ? { o: packOriginal(original) } : {}),
        };
  return JSON.stringify(packed);
}

const packOriginal = ({ place, fraction }: NonNullable<Candidate['original']>): Packed['o'] => [
  place,
  fraction.numerator.toString(),
  fraction.denominator.toString(),
];

export const unpackCandidates = (text: string): Candidate[] => (JSON.parse(text) as Packed[]).map(unpackCandidate);

function unpackCandidate({ r, c, t, p, at, s, a = '0', b = [], x, o }: Packed): Candidate {
  const line = { recordId: r, customerId: c, transactionTime: t, part: p, place: at ?? `${t}#${r}` };
  if (s) return { ...line, spending: s, settlement: loadMoney(BigInt(a)) };
  const refund = { ...line, takesBack: unpackUses(b), restores: x === true };
  if (!o) return refund;
  const [place, numerator, denominator] = o;
  return {
    ...refund,
    original: { place, fraction: { numerator: BigInt(numerator), denominator: BigInt(denominator) } },
  };
}
