import { partnerRestricted, partnerRestrictionEnded, quotaLevelReached } from '#events/quota.ts';
import { BILL_CURRENCY, latestRateOf, openBills, paymentDecimals } from '#lib/billing/index.ts';
import { loadPartner, type Partner, paymentCurrencyOf } from '#lib/partners/index.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { fixedText, type Money, roundedProduct, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { putStanding, requireStanding } from '#lib/shared/standing.ts';
import { billingMonthOf, businessDayOf, type Instant, plus } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { inOrder } from '../cards/card.ts';
import { loadCards } from '../cards/card-store.ts';
import { billRoundIdOf, newRound } from '../payments/charge-cards.ts';
import { roundEvent } from '../payments/continue-round.ts';
import { loadLimit } from '../payments/limit-store.ts';
import type { Round } from '../payments/round.ts';
import { loadRound, putNewRound } from '../payments/round-store.ts';
import { owedBy } from './owed.ts';
import { judgeQuota, type Quota, type QuotaDecision, usedQuota } from './quota.ts';
import { loadQuota, putQuota } from './quota-store.ts';

/** What a partner uses of its quota, and what follows from it (FIN-94 to FIN-98). A second check of the same state changes nothing. */
export const checkQuota = (partnerId: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const quota = await loadQuota(partnerId);
    if (quota.total === undefined && !quota.restricted) return; // FIN-98
    const partner = await loadPartner(partnerId);
    if (!partner) throw new Error(`partner ${partnerId} is gone`);
    const used = usedQuota(await owedBy(partner, now));
    const charge = await chargeableNow(partner, used, now);
    const exceeded = quota.total !== undefined && used > quota.total;
    const round = exceeded && charge ? await roundState(quota, now) : undefined;
    const decision = judgeQuota(quota, { used, chargeable: charge !== undefined, round });
    await store(quota, decision, { used, charge, now });
  });

/** FIN-88: bills are charged before the quota is; a bill has been issued and will be charged within this time, or cannot be. */
const CHARGED_WITHIN_HOURS = 1;

/** How the charging of the partner's cards stands: that of its bills today, else that of the quota's own round. */
async function roundState({ partnerId, roundId }: Quota, now: Instant): Promise<Round['state'] | undefined> {
  const bills = await openBills(partnerId);
  const today = businessDayOf(now);
  const rounds = await Promise.all(
    bills.map((bill) => loadRound({ partnerId, roundId: billRoundIdOf(bill.billId, today) })),
  );
  const states = new Set(rounds.map((round) => round?.state));
  const fresh = bills.some(({ issuedAt }) => plus(issuedAt, { hours: CHARGED_WITHIN_HOURS }) > now);
  if (states.has('open') || (fresh && states.has(undefined))) return 'open';
  if (states.has('failed')) return 'failed';
  return roundId === undefined ? undefined : (await loadRound({ partnerId, roundId }))?.state;
}

interface Charge {
  readonly currency: string;
  readonly amount: Money;
}

/** FIN-97: the used quota in the payment currency, if there is an active card and the currency can be charged. */
async function chargeableNow(partner: Partner, used: Money, now: Instant): Promise<Charge | undefined> {
  if (partner.type !== 'solution-provider') return undefined;
  const cycle = billingMonthOf(now);
  const currency = paymentCurrencyOf(partner, cycle);
  const [{ cards, defaultCardId }, limit, rate] = await Promise.all([
    loadCards(partner.partnerId),
    loadLimit(currency),
    latestRateOf(currency, cycle),
  ]);
  if (inOrder(cards, defaultCardId, now).length === 0 || !limit || rate === undefined) return undefined;
  const amount = roundedProduct([used, rate], paymentDecimals(currency));
  return amount > ZERO ? { currency, amount } : undefined;
}

interface Checked {
  readonly used: Money;
  readonly charge: Charge | undefined;
  readonly now: Instant;
}

async function store(before: Quota, decision: QuotaDecision, { used, charge, now }: Checked): Promise<void> {
  const begun = decision.charge && charge ? beginRound(before, decision, charge, now) : undefined;
  const after = begun ? { ...decision.after, roundId: begun.roundId } : decision.after;
  if (sameQuota(before, after)) return;
  const { restriction } = decision;
  await transact({
    aside: true,
    writes: [
      putQuota(before, after),
      ...(begun ? [putNewRound(begun)] : []),
      ...(restriction ? [await markStanding(before.partnerId, restriction === 'begins')] : []),
    ],
    events: [...announcements(after, decision, used, now), ...(begun ? [roundEvent(begun, now)] : [])],
    trace: restriction && {
      operation: 'check-consumption-quota',
      partnerId: before.partnerId,
      before: { restricted: before.restricted },
      after: { restricted: after.restricted, total: after.total, used },
    },
  });
}

const sameQuota = (a: Quota, b: Quota): boolean =>
  a.level === b.level && a.restricted === b.restricted && a.roundId === b.roundId && a.rounds === b.rounds;

const beginRound = (
  { partnerId }: Quota,
  { after }: QuotaDecision,
  { currency, amount }: Charge,
  now: Instant,
): Round =>
  newRound(
    { partnerId, cause: 'quota', currency, roundId: derivedId('rnd', partnerId, 'quota', String(after.rounds)) },
    amount,
    now,
  );

/** FIN-96: what the customers' actions are checked against; a standing that somebody else changed is read anew. */
async function markStanding(partnerId: string, quotaExceeded: boolean): Promise<Write> {
  const standing = await requireStanding(partnerId);
  return { ...putStanding({ ...standing, quotaExceeded }, standing.version), onConflict: undefined };
}

function announcements(
  { partnerId, total = ZERO }: Quota,
  { crossed, restriction }: QuotaDecision,
  used: Money,
  at: Instant,
): OutgoingEvent[] {
  const standing = { partnerId, total: fixedText(total, 2), used: fixedText(used, 2), at };
  return [
    ...(crossed === 'warning' || crossed === 'used-up'
      ? [event(quotaLevelReached, { ...standing, level: crossed }, at)]
      : []),
    ...(restriction === 'begins' ? [event(partnerRestricted, standing, at)] : []),
    ...(restriction === 'ends' ? [event(partnerRestrictionEnded, { partnerId, at }, at)] : []),
  ];
}

/** Bills' currency of all quotas. */
export const QUOTA_CURRENCY = BILL_CURRENCY;
