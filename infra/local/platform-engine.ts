import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { accountFacts } from '#lib/accounts/account.ts'; // not the index: the logger reads its level when it is loaded
import { clock } from '#lib/shared/clock.ts';
import { close, LOOPBACK, listen } from './ports.ts';

/** The platform's account registry, contracts and arrears, simulated: the contract of docs/platform-port.md, kept in memory. */
export interface PlatformEngine {
  readonly url: string;
  /** Everything in the registry, to be given to the next start. */
  contents(): readonly PlatformAccount[];
  stop(): Promise<void>;
}

export type PlatformAccount = z.input<typeof accountFacts>;
type Account = PlatformAccount;
interface Answer {
  readonly status: number;
  readonly body: object;
}

export const LOCAL_PLATFORM_TOKEN = 'local-platform-token';

const registration = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  email: z.string(),
  password: z.string(),
  requestId: z.string(),
});
const SHORTEST_PASSWORD = 8;

export async function startPlatform(options: {
  port: number;
  accounts?: readonly PlatformAccount[];
}): Promise<PlatformEngine> {
  const registry = new Registry(options.accounts ?? []);
  const server = createServer(async (request, response) => {
    const { status, body } = await registry.answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const url = `http://${LOOPBACK}:${await listen(server, options.port)}`;
  return { url, contents: () => registry.contents(), stop: () => close(server) };
}

class Registry {
  readonly #accounts = new Map<string, Account>();
  readonly #registrations = new Map<string, string>();
  #failing = false;

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) this.#keep(account);
  }

  contents = (): Account[] => [...this.#accounts.values()];

  async answer(request: IncomingMessage): Promise<Answer> {
    if (request.headers.authorization !== `Bearer ${LOCAL_PLATFORM_TOKEN}`) return failure(401, 'UNAUTHENTICATED');
    const url = new URL(request.url ?? '/', 'http://platform');
    const body = request.method === 'GET' ? undefined : await bodyOf(request);
    if (`${request.method} ${url.pathname}` === 'PUT /outage') return this.#setOutage(body);
    if (this.#failing) return failure(503, 'OUTAGE');
    try {
      return this.#route(request.method ?? '', url, body);
    } catch (error) {
      if (error instanceof z.ZodError) return failure(400, 'INVALID');
      throw error;
    }
  }

  #route(method: string, url: URL, body: unknown): Answer {
    const [, , id, part] = url.pathname.split('/').map(decodeURIComponent);
    if (!url.pathname.startsWith('/accounts')) return failure(404, 'NOT_FOUND');
    if (id === undefined) return method === 'POST' ? this.#register(body) : this.#find(url.searchParams);
    if (part === undefined) return this.#set(id, body);
    const account = this.#accounts.get(id);
    if (!account) return failure(404, 'NOT_FOUND');
    return part === 'services' ? this.#enable(account, body) : this.#block(account, body);
  }

  #setOutage(body: unknown): Answer {
    this.#failing = z.object({ failing: z.boolean() }).parse(body).failing;
    return { status: 200, body: { failing: this.#failing } };
  }

  #find(query: URLSearchParams): Answer {
    const [field, value] = [...query][0] ?? [];
    const found = [...this.#accounts.values()].find((account) => account[field as keyof Account] === value);
    return found ? { status: 200, body: found } : failure(404, 'NOT_FOUND');
  }

  #register(body: unknown): Answer {
    const { country, email: given, password, requestId } = registration.parse(body);
    const before = this.#accounts.get(this.#registrations.get(requestId) ?? '');
    if (before) return { status: 201, body: before };
    const email = given.trim().toLowerCase();
    if (password.length < SHORTEST_PASSWORD) return failure(422, 'PASSWORD_REFUSED');
    if (this.#emailTaken(email)) return failure(409, 'EMAIL_TAKEN');
    const accountId = `acc-${randomUUID()}`;
    this.#registrations.set(requestId, accountId);
    const local = email.split('@')[0] ?? email;
    return this.#keep({
      accountId,
      accountName: `${local}-${accountId.slice(4, 8)}`,
      email,
      subject: `account:${accountId}`,
      registeredAt: clock.now(),
      country,
    });
  }

  #emailTaken = (email: string): boolean => [...this.#accounts.values()].some((account) => account.email === email);

  #set(accountId: string, body: unknown): Answer {
    const given = z.record(z.string(), z.unknown()).parse(body);
    const before = this.#accounts.get(accountId) ?? {
      accountName: accountId,
      email: `${accountId}@example.com`,
      subject: `account:${accountId}`,
      registeredAt: clock.now(),
      country: 'SG',
    };
    accountFacts.parse({ ...before, ...given, accountId });
    return this.#keep({ ...before, ...given, accountId } as Account);
  }

  #enable(account: Account, body: unknown): Answer {
    const { country } = z.object({ country: z.string() }).parse(body);
    if (account.servicesEnabled && account.country !== country) return failure(409, 'COUNTRY_FIXED');
    return { ...this.#keep({ ...account, country, servicesEnabled: true }), status: 200 };
  }

  #block(account: Account, body: unknown): Answer {
    const { blocked } = z.object({ blocked: z.boolean() }).parse(body);
    return { ...this.#keep({ ...account, purchaseBlocked: blocked }), status: 200 };
  }

  #keep(account: Account): Answer {
    this.#accounts.set(account.accountId, account);
    return { status: 201, body: account };
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  try {
    return await json(request);
  } catch {
    return undefined; // no JSON: refused by the schema of the request
  }
}

const failure = (status: number, code: string): Answer => ({ status, body: { code } });
