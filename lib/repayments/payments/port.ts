import { Refusal } from '#lib/shared/errors.ts';
import { log } from '#lib/shared/log.ts';
import { exactText, type Money } from '#lib/shared/money.ts';
import { paymentsToken, paymentsUrl } from '#lib/shared/resources.ts';
import { cardErrors } from './errors.ts';
import {
  type CardPage,
  type CardPagePurpose,
  cardPage,
  type ProcessorCharge,
  type ProcessorVerification,
  processorCharge,
  processorVerification,
} from './processor.ts';

/**
 * The one door to the card processor. `docs/payment-port.md` is the contract, `infra/local/payment-engine.ts` the simulator that keeps
 * it. Card numbers and codes go from the person's browser to the processor; what passes here are tokens (FIN-109).
 */
const TIMEOUT_MS = 8_000;

/** What asking came to. `unanswered`: nobody knows whether it was done; the key tells later. */
export type Asked<T> = { readonly known: T } | { readonly unanswered: true };
const UNANSWERED = { unanswered: true } as const;

export interface ChargeWish {
  readonly key: string;
  readonly amount: Money;
  readonly currency: string;
  /** A kept card, or a token of the card page that works once. */
  readonly source: { readonly card: string } | { readonly token: string };
  /** Nobody is there to prove who pays, so the bank must not ask. */
  readonly offSession: boolean;
  readonly returnUrl?: string;
}

/** Asks for the money once; the same key again answers with the first charge. */
export async function createCharge({ amount, ...wish }: ChargeWish): Promise<Asked<ProcessorCharge>> {
  const answer = await request('POST', '/charges', { ...wish, amount: exactText(amount) });
  return answer ? { known: processorCharge.parse(answer.body) } : UNANSWERED;
}

/** What became of a charge; `known: undefined` when the processor has never heard of the key. */
export async function findCharge(key: string): Promise<Asked<ProcessorCharge | undefined>> {
  const answer = await request('GET', `/charges/${encodeURIComponent(key)}`);
  if (!answer) return UNANSWERED;
  return { known: answer.status === 404 ? undefined : processorCharge.parse(answer.body) };
}

/** Ends a charge that has not ended, also one that has not arrived yet: from now on its key cannot charge. */
export async function cancelCharge(key: string): Promise<Asked<ProcessorCharge>> {
  const answer = await request('POST', `/charges/${encodeURIComponent(key)}/cancel`, {});
  return answer ? { known: processorCharge.parse(answer.body) } : UNANSWERED;
}

export interface VerificationWish {
  readonly key: string;
  /** Of the card page. */
  readonly token: string;
  /** The kept card whose validity the token changes; none for a new one. */
  readonly card?: string;
  readonly returnUrl?: string;
}

/** Keeps a card, or its new validity, once the processor has verified it by a test charge (FIN-102). */
export async function verifyCard(wish: VerificationWish): Promise<Asked<ProcessorVerification>> {
  const answer = await request('POST', '/verifications', wish);
  return answer ? { known: processorVerification.parse(answer.body) } : UNANSWERED;
}

export async function findVerification(key: string): Promise<Asked<ProcessorVerification | undefined>> {
  const answer = await request('GET', `/verifications/${encodeURIComponent(key)}`);
  if (!answer) return UNANSWERED;
  return { known: answer.status === 404 ? undefined : processorVerification.parse(answer.body) };
}

export async function cancelVerification(key: string): Promise<Asked<ProcessorVerification>> {
  const answer = await request('POST', `/verifications/${encodeURIComponent(key)}/cancel`, {});
  return answer ? { known: processorVerification.parse(answer.body) } : UNANSWERED;
}

/** The processor forgets the card; one that it does not know is forgotten already. @throws Refusal PAYMENTS_UNAVAILABLE */
export async function revokeCard(card: string): Promise<void> {
  if (!(await request('DELETE', `/cards/${encodeURIComponent(card)}`)))
    throw new Refusal(cardErrors.PAYMENTS_UNAVAILABLE);
}

/** @throws Refusal PAYMENTS_UNAVAILABLE */
export async function createCardPage(wish: {
  readonly purpose: CardPagePurpose;
  readonly card?: string;
  readonly returnUrl: string;
}): Promise<CardPage> {
  const answer = await request('POST', '/card-pages', wish);
  if (!answer) throw new Refusal(cardErrors.PAYMENTS_UNAVAILABLE);
  return cardPage.parse(answer.body);
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One attempt: who asks knows whether asking again is safe. `undefined`: no answer, or none that says what was done. */
async function request(method: string, path: string, body?: object): Promise<Answer | undefined> {
  let response: Response;
  try {
    response = await fetch(`${paymentsUrl()}${path}`, {
      method,
      headers: { authorization: `Bearer ${paymentsToken()}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status >= 500 || response.status === 429 || response.status === 409) {
      log.warn('the card processor cannot answer', { status: response.status, method });
      return undefined;
    }
    const text = await response.text();
    const answer = { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    if (answer.status < 400 || answer.status === 404) return answer;
  } catch (error) {
    log.warn('the card processor was not reached', { method, reason: String(error) });
    return undefined;
  }
  throw new Error(`the card processor answered ${response.status} to ${method}`);
}
