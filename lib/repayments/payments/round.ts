import { add, type Money, subtract, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Repayment } from '../repayment.ts';
import { nextCharge, type TransactionLimit } from './limits.ts';

/** Automatic charges for one cause: one after the other, card by card, until the cause is paid or no card is left (FIN-88 to FIN-91). */
export interface Round {
  readonly roundId: string;
  readonly partnerId: string;
  readonly cause: 'bill' | 'quota';
  /** Of a bill's round. */
  readonly billId?: string;
  readonly currency: string;
  /** What a quota's round charges; a bill's round charges what the bill has outstanding. */
  readonly target: Money;
  readonly charged: Money;
  /** Cards that refused in this round; each is asked no more until the next. */
  readonly refused: readonly string[];
  readonly attempts: number;
  /** The charge that is under way. */
  readonly repaymentId?: string;
  readonly state: 'open' | 'done' | 'failed';
  readonly startedAt: Instant;
  /** When a failed round of a bill is followed by another one (FIN-91). */
  readonly retryAt?: Instant;
  readonly version: number;
}

export interface RoundFacts {
  /** What the cause still lacks: the bill's payable debt; `undefined` for a quota, whose target says it. */
  readonly owed?: Money;
  readonly limit?: TransactionLimit;
  /** Active cards, in the order in which they are tried (FIN-89). */
  readonly cardIds: readonly string[];
}

export type Step =
  | { readonly kind: 'charge'; readonly cardId: string; readonly amount: Money }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly rest: Money };

/** The round with the outcome of its charge in it. */
export function withOutcome(round: Round, { status, amount, charge }: Repayment): Round {
  const { repaymentId: _ended, ...rest } = round;
  if (status === 'succeeded') return { ...rest, charged: add(round.charged, amount) };
  return { ...rest, refused: charge?.cardId === undefined ? round.refused : [...round.refused, charge.cardId] };
}

/** What the round does next. A rest too small to be charged ends it, too. */
export function nextStep(round: Round, { owed, limit, cardIds }: RoundFacts): Step {
  const rest = owed ?? subtract(round.target, round.charged);
  if (rest <= ZERO) return { kind: 'done' };
  const amount = limit && nextCharge(limit, rest);
  const cardId = cardIds.find((each) => !round.refused.includes(each));
  return amount === undefined || cardId === undefined ? { kind: 'failed', rest } : { kind: 'charge', cardId, amount };
}
