import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { signatureOf } from '#lib/repayments/payments/notification.ts'; // not the index: the logger reads its level when it is loaded
import type { NotificationFields, ProcessorCharge } from '#lib/repayments/payments/processor.ts';
import { cardForm, donePage, payerForm } from './payment-pages.ts';
import { Processor, type Said } from './payment-processor.ts';
import { close, LOOPBACK, listen } from './ports.ts';

/** The card processor, simulated: the contract of docs/payment-port.md, kept in memory. */
export interface PaymentEngine {
  readonly url: string;
  /** Every charge that it knows of. */
  charges(): readonly ProcessorCharge[];
  stop(): Promise<void>;
}

export const LOCAL_PAYMENTS_TOKEN = 'local-payments-token';
export const LOCAL_NOTIFICATIONS_KEY = 'local-payment-notifications-key';

export type Notification = NotificationFields & { readonly signature: string };
/** Takes a notification to where it is wanted. */
export type Notify = (notification: Notification, when: 'before' | 'after') => Promise<void>;

export async function startPayments(options: { port: number; notify: Notify }): Promise<PaymentEngine> {
  let url = '';
  const processor = new Processor(
    () => url,
    (fields, when) => options.notify({ ...fields, signature: signatureOf(fields, LOCAL_NOTIFICATIONS_KEY) }, when),
  );
  const desk = new Desk(processor);
  const server = createServer((request, response) => void desk.serve(request, response));
  url = `http://${LOOPBACK}:${await listen(server, options.port)}`;
  return { url, charges: () => processor.charges(), stop: () => close(server) };
}

const ATTEMPTS = 5;
const PAUSE_MS = 500;

/** Posts notifications to an address, again while it does not take them, as processors do for hours. */
export function postTo(address: string): Notify {
  const post = async (notification: Notification): Promise<boolean> => {
    const body = JSON.stringify(notification);
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).catch(() => undefined);
    return answer?.ok === true;
  };
  const insist = async (notification: Notification): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (await post(notification)) return;
      await sleep(PAUSE_MS * attempt, undefined, { ref: false });
    }
  };
  return async (notification, when) => {
    const done = insist(notification);
    if (when === 'before') await done;
  };
}

/** Routes of the simulator: the port's own behind the token, pages for people, and what tests and demos set. */
class Desk {
  readonly #processor: Processor;
  #failing = false;

  constructor(processor: Processor) {
    this.#processor = processor;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://processor');
    try {
      if (/^\/(pages|questions)\//.test(pathname)) {
        await this.#page(request, response, pathname);
        return;
      }
      const said = await this.#answer(request, pathname);
      if ('lost' in said) request.socket.destroy();
      else sendJson(response, said);
    } catch (error) {
      const invalid = error instanceof z.ZodError || error instanceof SyntaxError;
      sendJson(
        response,
        invalid ? { status: 400, body: { code: 'INVALID' } } : { status: 500, body: { code: 'DEFECT' } },
      );
      if (!invalid) console.error('the simulated card processor failed:', error);
    }
  }

  async #answer(request: IncomingMessage, pathname: string): Promise<Said> {
    if (request.headers.authorization !== `Bearer ${LOCAL_PAYMENTS_TOKEN}`)
      return { status: 401, body: { code: 'UNAUTHENTICATED' } };
    const body: unknown = request.method === 'GET' || request.method === 'DELETE' ? undefined : await json(request);
    const route = `${request.method} ${pathname}`;
    if (route === 'PUT /outage') return this.#setOutage(body);
    if (route === 'POST /test-tokens') return this.#enterForTest(body);
    if (this.#failing) return { status: 503, body: { code: 'OUTAGE' } };
    return this.#port(request.method ?? '', pathname, body);
  }

  #port(method: string, pathname: string, body: unknown): Said | Promise<Said> {
    const [, things, id = '', act] = pathname.split('/').map(decodeURIComponent);
    switch (`${method} ${things}${id === '' ? '' : '/id'}${act ? `/${act}` : ''}`) {
      case 'POST card-pages':
        return this.#processor.createPage(body);
      case 'POST charges':
        return this.#processor.charge(body);
      case 'GET charges/id':
        return this.#processor.findCharge(id);
      case 'POST charges/id/cancel':
        return this.#processor.cancelCharge(id);
      case 'POST verifications':
        return this.#processor.verify(body);
      case 'GET verifications/id':
        return this.#processor.findVerification(id);
      case 'POST verifications/id/cancel':
        return this.#processor.cancelVerification(id);
      case 'DELETE cards/id':
        return this.#processor.removeCard(id);
      default:
        return { status: 404, body: { code: 'NOT_FOUND' } };
    }
  }

  #setOutage(body: unknown): Said {
    this.#failing = z.object({ failing: z.boolean() }).parse(body).failing;
    return { status: 200, body: { failing: this.#failing } };
  }

  /** What the card page's own form does, without a browser. */
  #enterForTest(body: unknown): Said {
    const { card } = z.object({ card: z.string().optional() }).parse(body);
    return { status: 201, body: { token: this.#processor.enter({ card }, body) } };
  }

  async #page(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const [, kind, id = ''] = pathname.split('/').map(decodeURIComponent);
    const form = request.method === 'POST' ? Object.fromEntries(new URLSearchParams(await text(request))) : undefined;
    sendPage(response, kind === 'pages' ? this.#cardPage(id, form) : await this.#questionPage(id, form));
  }

  async #questionPage(key: string, form: Record<string, string> | undefined): Promise<Page> {
    const asked = this.#processor.question(key);
    if (!asked) return { status: 404, html: donePage('There is no such question.') };
    if (!form) return { status: 200, html: payerForm(asked.text) };
    const goOn = await this.#processor.answer(key, form.answer === 'yes');
    return goOn ? { location: goOn } : { status: 200, html: donePage('You may close this page.') };
  }

  #cardPage(pageId: string, form: Record<string, string> | undefined): Page {
    const page = this.#processor.page(pageId);
    if (!page) return { status: 404, html: donePage('There is no such page.') };
    if (!form) return { status: 200, html: cardForm(page.card === undefined) };
    const target = new URL(page.returnUrl);
    target.searchParams.set('cardToken', this.#processor.enter(page, form));
    return { location: target.href };
  }
}

/** What a person sees, or where it is sent on. */
type Page = { readonly status: number; readonly html: string } | { readonly location: string };

function sendJson(response: ServerResponse, { status, body }: Exclude<Said, { lost: true }>): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body && JSON.stringify(body));
}

function sendPage(response: ServerResponse, page: Page): void {
  if ('location' in page) response.writeHead(303, { location: page.location }).end();
  else response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8' }).end(page.html);
}
