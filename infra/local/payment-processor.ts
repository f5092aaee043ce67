import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { NotificationFields, ProcessorCharge, ProcessorVerification } from '#lib/repayments/payments/processor.ts';
import { clock } from '#lib/shared/clock.ts';
import { plus } from '#lib/shared/time.ts';
import { brandOf, testCardOf } from './payment-cards.ts';
import { cardFields, chargeWish, pageWish, verificationWish } from './payment-requests.ts';

/** What the simulated processor answers; `lost` closes the connection without an answer. */
export type Said = { readonly status: number; readonly body?: object } | { readonly lost: true };
/** `before`: told before the answer to the request that caused it; else after it. */
export type Tell = (fields: NotificationFields, when: 'before' | 'after') => Promise<void>;

interface EnteredCard {
  readonly number: string;
  readonly holderName: string;
  readonly expiry: string;
}
type Page = z.output<typeof pageWish> & { readonly pageId: string };
/** Something a payer is asked about, with where it comes back to. */
interface Question {
  readonly type: NotificationFields['type'];
  readonly text: string;
  readonly returnUrl?: string;
  decide(yes: boolean): void;
}

const PAGE_MINUTES = 30;

/** The state of the simulated processor: cards, tokens, charges by key, verifications by key. */
export class Processor {
  readonly #url: () => string;
  readonly #tell: Tell;
  readonly #pages = new Map<string, Page>();
  readonly #tokens = new Map<string, EnteredCard>();
  readonly #cards = new Map<string, EnteredCard>();
  readonly #charges = new Map<string, ProcessorCharge>();
  readonly #verifications = new Map<string, ProcessorVerification>();
  readonly #questions = new Map<string, Question>();

  constructor(url: () => string, tell: Tell) {
    this.#url = url;
    this.#tell = tell;
  }

  charges = (): ProcessorCharge[] => [...this.#charges.values()];
  page = (pageId: string): Page | undefined => this.#pages.get(pageId);
  question = (key: string): Question | undefined => this.#questions.get(key);

  createPage(body: unknown): Said {
    const page = { ...pageWish.parse(body), pageId: `page_${randomUUID()}` };
    this.#pages.set(page.pageId, page);
    const expiresAt = plus(clock.now(), { minutes: PAGE_MINUTES });
    return { status: 201, body: { pageId: page.pageId, url: `${this.#url()}/pages/${page.pageId}`, expiresAt } };
  }

  /** What a person entered on a page becomes a token that works once. @returns the token */
  enter(page: Pick<Page, 'card'>, body: unknown): string {
    const known = page.card === undefined ? undefined : this.#cards.get(page.card);
    const entered = cardFields.parse(known ? { ...known, ...(body as object), number: known.number } : body);
    const token = `tok_${randomUUID()}`;
    this.#tokens.set(token, {
      number: entered.number,
      holderName: known?.holderName ?? entered.holderName,
      expiry: entered.expiry,
    });
    return token;
  }

  async charge(body: unknown): Promise<Said> {
    const wish = chargeWish.parse(body);
    const before = this.#charges.get(wish.key);
    const card = this.#cardOf(wish.source);
    const behaviour = card && testCardOf(card.number).charge;
    if (behaviour === 'lost') return { lost: true };
    if (before) return behaviour === 'accept-lost' ? { lost: true } : { status: 200, body: before };
    if ('token' in wish.source) this.#tokens.delete(wish.source.token);
    const charge = this.#keepCharge(this.#decideCharge(wish, card));
    if (charge.status === 'action-required') return { status: 201, body: charge };
    if (behaviour === 'accept-lost') return { lost: true };
    await this.#told('charge', charge, behaviour === 'tell-first' ? 'before' : 'after');
    if (behaviour === 'tell-twice') await this.#told('charge', charge, 'after');
    return { status: 201, body: charge };
  }

  #decideCharge(wish: z.output<typeof chargeWish>, card: EnteredCard | undefined): ProcessorCharge {
    const { key, amount, currency } = wish;
    const charge = { key, chargeId: `chg_${randomUUID()}`, amount, currency, last4: card?.number.slice(-4) };
    if (!card) return { ...charge, status: 'declined', declineCode: 'token-invalid' };
    const behaviour = testCardOf(card.number);
    if (behaviour.charge === 'refuse') return { ...charge, status: 'declined', declineCode: behaviour.declineCode };
    if (behaviour.charge !== 'ask-payer') return { ...charge, status: 'succeeded' };
    if (wish.offSession) return { ...charge, status: 'declined', declineCode: 'authentication-required' };
    const question = { type: 'charge', text: `${currency} ${amount}`, returnUrl: wish.returnUrl } as const;
    const redirectUrl = this.#ask(key, { ...question, decide: (yes) => this.#endCharge(key, yes) });
    return { ...charge, status: 'action-required', redirectUrl };
  }

  #endCharge(key: string, yes: boolean): void {
    const charge = this.#charges.get(key);
    if (charge?.status !== 'action-required') return;
    const { redirectUrl: _asked, ...rest } = charge;
    this.#keepCharge(
      yes ? { ...rest, status: 'succeeded' } : { ...rest, status: 'declined', declineCode: 'authentication-failed' },
    );
  }

  findCharge = (key: string): Said => found(this.#charges.get(key));

  cancelCharge(key: string): Said {
    const charge = this.#charges.get(key);
    const ended = charge?.status === 'succeeded' || charge?.status === 'declined';
    if (charge && ended) return { status: 200, body: charge };
    const empty = { key, chargeId: `chg_${randomUUID()}`, amount: '0', currency: 'XXX' };
    return { status: 200, body: this.#keepCharge({ ...(charge ?? empty), status: 'cancelled' }) };
  }

  verify(body: unknown): Said {
    const wish = verificationWish.parse(body);
    const before = this.#verifications.get(wish.key);
    if (before) return { status: 200, body: before };
    const entered = this.#take(wish.token);
    if (!entered) return this.#keepVerification({ key: wish.key, status: 'refused', declineCode: 'token-invalid' });
    const { verify, declineCode } = testCardOf(entered.number);
    if (verify === 'refuse') {
      const { number, ...shown } = entered;
      const card = { ...shown, token: '', brand: brandOf(number), last4: number.slice(-4) };
      return this.#keepVerification({ key: wish.key, status: 'refused', declineCode, card });
    }
    if (verify === 'ask-payer') {
      const accept = () => this.#accept(wish, entered);
      const refuse = () =>
        this.#keepVerification({ key: wish.key, status: 'refused', declineCode: 'authentication-failed' });
      const redirectUrl = this.#ask(wish.key, {
        type: 'verification',
        text: 'A test charge, given back at once',
        returnUrl: wish.returnUrl,
        decide: (yes) => void (yes ? accept() : refuse()),
      });
      return this.#keepVerification({ key: wish.key, status: 'action-required', redirectUrl });
    }
    const accepted = this.#accept(wish, entered);
    return verify === 'no-answer' ? { lost: true } : accepted;
  }

  #accept(wish: z.output<typeof verificationWish>, entered: EnteredCard): Said {
    const token = wish.card ?? `card_${randomUUID()}`;
    this.#cards.set(token, entered);
    const { number, holderName, expiry } = entered;
    const card = { token, brand: brandOf(number), last4: number.slice(-4), holderName, expiry };
    return this.#keepVerification({ key: wish.key, status: 'verified', card });
  }

  findVerification = (key: string): Said => found(this.#verifications.get(key));

  cancelVerification(key: string): Said {
    const known = this.#verifications.get(key);
    if (known && known.status !== 'action-required') return { status: 200, body: known };
    return this.#keepVerification({ key, status: 'cancelled' });
  }

  removeCard(card: string): Said {
    this.#cards.delete(card);
    return { status: 204 };
  }

  /** The payer's answer to its bank. @returns where the person goes on */
  async answer(key: string, yes: boolean): Promise<string | undefined> {
    const question = this.#questions.get(key);
    question?.decide(yes);
    this.#questions.delete(key);
    const ended = this.#charges.get(key) ?? this.#verifications.get(key);
    if (question && ended) await this.#told(question.type, ended, 'after');
    return question?.returnUrl;
  }

  #ask(key: string, question: Question): string {
    this.#questions.set(key, question);
    return `${this.#url()}/questions/${encodeURIComponent(key)}`;
  }

  #cardOf(source: z.output<typeof chargeWish>['source']): EnteredCard | undefined {
    return 'card' in source ? this.#cards.get(source.card) : this.#tokens.get(source.token);
  }

  #take(token: string): EnteredCard | undefined {
    const entered = this.#tokens.get(token);
    this.#tokens.delete(token);
    return entered;
  }

  #keepCharge(charge: ProcessorCharge): ProcessorCharge {
    this.#charges.set(charge.key, charge);
    return charge;
  }

  #keepVerification(verification: ProcessorVerification): Said {
    this.#verifications.set(verification.key, verification);
    return { status: 201, body: verification };
  }

  #told(type: NotificationFields['type'], { key, status }: { key: string; status: string }, when: 'before' | 'after') {
    return this.#tell({ notificationId: `ntf_${randomUUID()}`, type, key, status, occurredAt: clock.now() }, when);
  }
}

const found = (body: object | undefined): Said =>
  body ? { status: 200, body } : { status: 404, body: { code: 'NOT_FOUND' } };
