import { billBalanceApplied, cardChargeDue, cardChargeFailed } from '#events/repayments.ts';
import { billStands, loadBill, parseBillId, payableInMoney, paymentStarts, paymentText } from '#lib/billing/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { atBusinessTime, type BusinessDay, businessDayOf, dayPlus, type Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { inOrder, type PaymentCard } from '../cards/card.ts';
import { loadCard, loadCards } from '../cards/card-store.ts';
import type { Repayment } from '../repayment.ts';
import { loadRepayment, putNewRepayment } from '../repayment-store.ts';
import { roundEvent } from './continue-round.ts';
import { type Desk, loadDesk, putDesk } from './desk-store.ts';
import { loadLimit } from './limit-store.ts';
import { firstAskAt } from './pending.ts';
import { nextStep, type Round, type Step, withOutcome } from './round.ts';
import { loadRound, putNewRound, replaceRound } from './round-store.ts';
import { submitCharge } from './submit-charge.ts';

/** FIN-88: after the balance was applied, the cards are charged with what it left; every message takes a round one step further. */
export async function chargeCards({ name, detail }: ReceivedEvent, now: Instant): Promise<void> {
  if (name === cardChargeDue.name) return takeStep(cardChargeDue.detail.parse(detail), now);
  const { partnerId, billId, currency, outstanding } = billBalanceApplied.detail.parse(detail);
  if (parseMoney(outstanding) === ZERO || !(await mayCharge(partnerId, now))) return;
  const round = newRound(
    billRoundOf({ partnerId, billId, currency }, businessDayOf(now)),
    parseMoney(outstanding),
    now,
  );
  await begin(round, now);
}

/** Cards are bound by solution-providers alone. */
async function mayCharge(partnerId: string, now: Instant): Promise<boolean> {
  const partner = await loadPartner(partnerId);
  if (partner?.type !== 'solution-provider') return false;
  const { cards, defaultCardId } = await loadCards(partnerId);
  return inOrder(cards, defaultCardId, now).length > 0;
}

type Begun = Pick<Round, 'roundId' | 'partnerId' | 'cause' | 'billId' | 'currency'>;

/** A bill has one round a day (FIN-91). */
const billRoundOf = (
  bill: { readonly partnerId: string; readonly billId: string; readonly currency: string },
  day: BusinessDay,
): Begun => ({ ...bill, cause: 'bill', roundId: billRoundIdOf(bill.billId, day) });

export const billRoundIdOf = (billId: string, day: BusinessDay): string => derivedId('rnd', billId, day);

export const newRound = (begun: Begun, target: Money, now: Instant): Round => ({
  ...begun,
  target,
  charged: ZERO,
  refused: [],
  attempts: 0,
  state: 'open',
  startedAt: now,
  version: 1,
});

/** Begins a round, or goes on with the one that was begun before. */
async function begin(round: Round, now: Instant): Promise<void> {
  try {
    await transact({ writes: [putNewRound(round)] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  await takeStep(round, now);
}

const takeStep = (named: Pick<Round, 'partnerId' | 'roundId'>, now: Instant): Promise<void> =>
  redecide(() => stepOf(named, now));

async function stepOf(named: Pick<Round, 'partnerId' | 'roundId'>, now: Instant): Promise<void> {
  const [round, desk] = await Promise.all([loadRound(named), loadDesk(named.partnerId)]);
  if (round?.state !== 'open') return;
  if (desk.roundId !== undefined && desk.roundId !== round.roundId) return wait(round, desk);
  const underWay = await chargeUnderWay(round);
  // A crash may have come before the processor was asked; asking again by the same key charges once.
  if (underWay?.status === 'pending') return submit(underWay, now);
  const known = underWay ? withOutcome(round, underWay) : round;
  const step = nextStep(known, await factsOf(known, now));
  if (step.kind !== 'charge') return end({ before: round, known, desk }, step, now);
  const repayment = chargeOf(known, step, now);
  const after = { ...known, attempts: known.attempts + 1, repaymentId: repayment.repaymentId };
  const taken = desk.roundId === undefined ? [putDesk(desk, { ...desk, roundId: round.roundId })] : [];
  const start = [putNewRepayment(repayment), paymentStarts(repayment), ...stillOwed(round)];
  await transact({ writes: [replaceRound(round, after), ...start, ...taken] });
  await submit(repayment, now);
}

/** Nobody is charged for a bill that is voided in the same instant. */
function stillOwed({ billId }: Round): Write[] {
  const named = billId === undefined ? undefined : parseBillId(billId);
  return billId === undefined || !named ? [] : [billStands({ ...named, billId })];
}

async function wait({ roundId }: Round, desk: Desk): Promise<void> {
  if (desk.waiting.includes(roundId)) return;
  await transact({ writes: [putDesk(desk, { ...desk, waiting: [...desk.waiting, roundId] })] });
}

const chargeUnderWay = async ({ partnerId, repaymentId }: Round): Promise<Repayment | undefined> =>
  repaymentId === undefined ? undefined : loadRepayment({ partnerId, repaymentId });

async function factsOf({ partnerId, billId, currency }: Round, now: Instant) {
  const named = billId === undefined ? undefined : parseBillId(billId);
  const [bill, limit, { cards, defaultCardId }] = await Promise.all([
    named && loadBill(named.partnerId, named.cycle),
    loadLimit(currency),
    loadCards(partnerId),
  ]);
  const owed = billId === undefined ? undefined : bill?.billId === billId ? payableInMoney(bill) : ZERO; // ZERO: voided
  return { owed, limit, cardIds: inOrder(cards, defaultCardId, now).map(({ cardId }) => cardId) };
}

/** The id follows from the place in the round, so that two who take the same step store one charge. */
const chargeOf = (round: Round, step: Extract<Step, { kind: 'charge' }>, now: Instant): Repayment => ({
  repaymentId: derivedId('rep', round.roundId, String(round.attempts)),
  partnerId: round.partnerId,
  method: 'online-card',
  currency: round.currency,
  amount: step.amount,
  allocations: [],
  status: 'pending',
  createdAt: now,
  charge: { cardId: step.cardId, roundId: round.roundId, askAt: firstAskAt(now) },
  version: 1,
});

/** Nobody is there who could prove anything to the bank. A card that is gone is asked for all the same: the processor refuses it. */
export async function submit(repayment: Repayment, now: Instant): Promise<void> {
  const { partnerId, charge } = repayment;
  const card = charge?.cardId === undefined ? undefined : await loadCard({ partnerId, cardId: charge.cardId });
  await submitCharge(repayment, { source: { card: tokenOf(card) }, offSession: true }, now);
}

const tokenOf = (card: PaymentCard | undefined): string => card?.token ?? 'deleted';

const RETRY_TIME = '09:00:00';

interface Ending {
  readonly before: Round;
  readonly known: Round;
  readonly desk: Desk;
}

/** FIN-91: told once per round; a bill is tried again at 09:00 of the next day. Whoever waits for the cards goes on. */
async function end(ending: Ending, step: Exclude<Step, { kind: 'charge' }>, now: Instant): Promise<void> {
  const { before, known, desk } = ending;
  const { partnerId, roundId, cause, billId, currency } = known;
  const failed = step.kind === 'failed';
  const retryAt = failed && cause === 'bill' ? atBusinessTime(dayPlus(businessDayOf(now), 1), RETRY_TIME) : undefined;
  const free: Desk = { partnerId, waiting: [], version: desk.version };
  await transact({
    writes: [
      replaceRound(before, { ...known, state: failed ? 'failed' : 'done', retryAt }),
      ...(desk.roundId === undefined ? [] : [putDesk(desk, free)]),
    ],
    events: [
      ...desk.waiting.map((waiting) => roundEvent({ partnerId, roundId: waiting }, now)),
      ...(failed ? [failedEvent({ partnerId, roundId, cause, billId, currency }, step.rest, now)] : []),
    ],
  });
}

const failedEvent = (begun: Begun, rest: Money, at: Instant): OutgoingEvent =>
  event(cardChargeFailed, { ...begun, amount: paymentText(rest, begun.currency), at }, at);

/** The next round of a bill whose charges failed, in the place of the failed one. */
export function followUp(failed: Round, now: Instant) {
  const { partnerId, billId = '', currency } = failed;
  const round = newRound(billRoundOf({ partnerId, billId, currency }, businessDayOf(now)), failed.target, now);
  const { retryAt: _followed, ...rest } = failed;
  return { writes: [replaceRound(failed, rest), putNewRound(round)], events: [roundEvent(round, now)] };
}
