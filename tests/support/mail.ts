import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { LOOPBACK, listen } from '../../infra/local/ports.ts';

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly filename: string; readonly content: string }[];
}

const store = z.object({
  emails: z.array(
    z.object({
      from: z.string(),
      destination: z.object({ to: z.array(z.string()) }),
      subject: z.string(),
      body: z.object({ text: z.string().optional(), html: z.string().optional() }),
      attachments: z.array(z.object({ filename: z.string(), content: z.string() })).default([]),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    }),
  ),
});

interface Trouble {
  readonly status: number;
  /** `after`: the mail is taken, only the answer is lost. */
  readonly when: 'before' | 'after';
  /** The provider's name for it, such as `MessageRejected`. */
  readonly error?: string;
}

/**
 * Stands between the functions and the mail catcher of the run, so that a test can let its own provider fail. One for each process: the
 * functions' client keeps the address it found first.
 */
export class MailProvider {
  readonly #catcher: string;
  #server: Server | undefined;
  #port = 0;
  /** Epoch seconds: the catcher keeps the mails of all test files. */
  #since = 0;
  #troubles: Trouble[] = [];
  #asked = 0;

  constructor(catcher: string) {
    this.#catcher = catcher;
  }

  /** Begins anew for a test file, on the same port. */
  async start(): Promise<void> {
    this.stop();
    this.#server = createServer((request, response) => void this.#pass(request, response)).unref();
    this.#port = await listen(this.#server, this.#port);
    process.env.AWS_ENDPOINT_URL_SESV2 = `http://${LOOPBACK}:${this.#port}`;
    this.#since = Math.floor(Date.now() / 1_000);
    this.#asked = 0;
    this.works();
  }

  /** Nobody reaches it any more. */
  stop(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
  }

  /** The next `times` requests are answered with `status`; the SDK's own repetitions count as requests. */
  failNext(times: number, trouble: Partial<Trouble> = {}): void {
    this.#troubles.push(...Array.from({ length: times }, () => ({ status: 500, when: 'before' as const, ...trouble })));
  }

  works(): void {
    this.#troubles = [];
  }

  /** How many requests came, failed ones included. */
  get asked(): number {
    return this.#asked;
  }

  /** What this stack sent so far, in order. */
  async sent(): Promise<Mail[]> {
    const answer = await fetch(`${this.#catcher}/store?since=${this.#since}`);
    const { emails } = store.parse(await answer.json());
    return emails
      .filter((mail) => mail.from.includes(process.env.MAIL_SENDER ?? ''))
      .map(({ destination, subject, body, headers, attachments }) => ({
        to: destination.to,
        subject,
        ...body,
        attachments,
        headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      }));
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#asked += 1;
    const trouble = this.#troubles.shift();
    const body = await text(request);
    if (trouble?.when !== 'before') {
      const headers = { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' };
      const answer = await fetch(`${this.#catcher}${request.url}`, {
        method: request.method,
        headers,
        body: body || undefined,
      });
      if (!trouble) {
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
        return;
      }
    }
    const type = trouble?.error ? { 'x-amzn-errortype': trouble.error } : {};
    response
      .writeHead(trouble?.status ?? 500, { 'content-type': 'application/json', ...type })
      .end('{"message":"the provider is down"}');
  }
}
