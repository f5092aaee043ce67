import { add, type Money, parseMoney, subtract, ZERO } from '#lib/shared/money.ts';

/** Quotas are in the bills' currency (FIN-93). */
export interface Quota {
  readonly partnerId: string;
  /** The most that the partner may owe; none by default (FIN-98). */
  readonly total?: Money;
  readonly restricted: boolean;
  /** The highest line that it stands above, and was told of (FIN-95). */
  readonly level: QuotaLevel;
  /** The round in which the partner's cards are charged, since it went over (FIN-97). */
  readonly roundId?: string;
  /** How many such rounds there were. */
  readonly rounds: number;
  readonly version: number;
}

export const QUOTA_LEVELS = ['none', 'warning', 'used-up'] as const;
export type QuotaLevel = (typeof QUOTA_LEVELS)[number];

export const NO_QUOTA: Omit<Quota, 'partnerId'> = { restricted: false, level: 'none', rounds: 0, version: 0 };

/** FIN-104: what a partner with a card may owe at least. */
const CARD_QUOTA = parseMoney('1000');

/** FIN-104: adding a card raises the quota to 1,000, never lowers it. */
export const withCard = (quota: Quota): Quota =>
  quota.total !== undefined && quota.total >= CARD_QUOTA ? quota : { ...quota, total: CARD_QUOTA };

export interface Owed {
  /** Outstanding of issued bills, running estimates and account balance, all in the bills' currency. */
  readonly outstanding: Money;
  readonly estimated: Money;
  readonly balance: Money;
}

/** FIN-94. */
export function usedQuota({ outstanding, estimated, balance }: Owed): Money {
  const used = subtract(add(outstanding, estimated), balance);
  return used > 0n ? used : ZERO;
}

/** FIN-95: above 80 %, and used up; compared without dividing. */
export function levelOf(used: Money, total: Money): QuotaLevel {
  if (used >= total && used > 0n) return 'used-up';
  return used * 100n > total * 80n ? 'warning' : 'none';
}

export interface QuotaFacts {
  readonly used: Money;
  /** A card could be charged now. */
  readonly chargeable: boolean;
  /** How the round of the quota stands, if one was begun. */
  readonly round?: 'open' | 'done' | 'failed';
}

export interface QuotaDecision {
  readonly after: Quota;
  /** A line that was crossed upwards. */
  readonly crossed?: QuotaLevel;
  readonly charge: boolean;
  readonly restriction?: 'begins' | 'ends';
}

/**
 * What the use of a quota means: notices once per crossing (FIN-95), the cards charged before anything is restricted (FIN-97), a
 * restriction that ends by itself (FIN-96).
 */
export function judgeQuota(before: Quota, { used, chargeable, round }: QuotaFacts): QuotaDecision {
  const { total } = before;
  const exceeded = total !== undefined && used > total;
  const level = total === undefined ? 'none' : levelOf(used, total);
  const crossed = QUOTA_LEVELS.indexOf(level) > QUOTA_LEVELS.indexOf(before.level) ? level : undefined;
  const charge = exceeded && !before.restricted && chargeable && (round === undefined || round === 'done');
  const restricted = exceeded && !charge && round !== 'open';
  const after: Quota = {
    ...before,
    level,
    restricted: exceeded && before.restricted ? true : restricted,
    roundId: exceeded ? before.roundId : undefined,
    rounds: before.rounds + (charge ? 1 : 0),
  };
  const turned = after.restricted !== before.restricted;
  return { after, crossed, charge, restriction: turned ? (after.restricted ? 'begins' : 'ends') : undefined };
}
