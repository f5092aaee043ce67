import { Refusal } from '#lib/shared/errors.ts';
import { log } from '#lib/shared/log.ts';
import { platformToken, platformUrl } from '#lib/shared/resources.ts';
import { backoff } from '#lib/shared/retry.ts';
import { type AccountFacts, accountFacts } from './account.ts';
import { accountErrors } from './errors.ts';

/**
 * The one door to the platform's own systems: account registry, contracts, arrears. HTTP and JSON; `docs/platform-port.md` is the
 * contract, `infra/local/platform-engine.ts` the simulator that keeps it.
 */
const TIMEOUT_MS = 3_000;
const ATTEMPTS = 3;

export type AccountKey = { readonly accountId: string } | { readonly email: string } | { readonly subject: string };

/** What the platform says of an account now; never cached, because every check counts at its moment. @throws Refusal PLATFORM_UNAVAILABLE */
export async function findAccount(key: AccountKey): Promise<AccountFacts | undefined> {
  const response = await request('GET', `/accounts?${new URLSearchParams({ ...key })}`);
  return response.status === 404 ? undefined : accountFacts.parse(response.body);
}

export interface RegistrationWish {
  /** ISO 3166-1. */
  readonly country: string;
  readonly email: string;
  /** Handed through, never kept. */
  readonly password: string;
  /** The same for every attempt at one registration: a repeated one answers with the account of the first. */
  readonly requestId: string;
}

/** DEV-86. @throws Refusal ACCOUNT_EXISTS, PASSWORD_REFUSED, PLATFORM_UNAVAILABLE */
export async function registerAccount(wish: RegistrationWish): Promise<AccountFacts> {
  return accountFacts.parse((await request('POST', '/accounts', wish)).body);
}

/** DEV-89: fixes the country for good; a second call changes nothing. @throws Refusal ACCOUNT_NOT_FOUND, COUNTRY_FIXED, PLATFORM_UNAVAILABLE */
export async function enableServices(accountId: string, country: string): Promise<AccountFacts> {
  const path = `/accounts/${encodeURIComponent(accountId)}/services`;
  const response = await request('PUT', path, { country });
  if (response.status === 404) throw new Refusal(accountErrors.ACCOUNT_NOT_FOUND);
  return accountFacts.parse(response.body);
}

/** ONB-31, ONB-32: an account on its way to become a reseller buys nothing. @throws Refusal ACCOUNT_NOT_FOUND, PLATFORM_UNAVAILABLE */
export async function blockPurchases(accountId: string, blocked: boolean): Promise<void> {
  const path = `/accounts/${encodeURIComponent(accountId)}/purchase-block`;
  const response = await request('PUT', path, { blocked });
  if (response.status === 404) throw new Refusal(accountErrors.ACCOUNT_NOT_FOUND);
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Every request of the port may be repeated, so what gets no answer is. */
async function request(method: string, path: string, body?: object): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tryRequest(method, path, body);
    if (answer) return refuseKnown(answer);
    if (attempt === ATTEMPTS) throw new Refusal(accountErrors.PLATFORM_UNAVAILABLE);
    await backoff(attempt);
  }
}

async function tryRequest(method: string, path: string, body?: object): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${platformUrl()}${path}`, {
      method,
      headers: { authorization: `Bearer ${platformToken()}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status >= 500 || response.status === 429) {
      log.warn('the account registry cannot answer', { status: response.status, path: pathOnly(path) });
      return undefined;
    }
    return { status: response.status, body: await response.json() };
  } catch (error) {
    log.warn('the account registry was not reached', { path: pathOnly(path), reason: String(error) });
    return undefined;
  }
}

/** Without the query, which may hold an address. */
const pathOnly = (path: string): string => path.split('?')[0] ?? path;

function refuseKnown(answer: Answer): Answer {
  if (answer.status < 400 || answer.status === 404) return answer;
  const code = codeOf(answer.body);
  if (code === 'EMAIL_TAKEN') throw new Refusal(accountErrors.ACCOUNT_EXISTS);
  if (code === 'PASSWORD_REFUSED') throw new Refusal(accountErrors.PASSWORD_REFUSED);
  if (code === 'COUNTRY_FIXED') throw new Refusal(accountErrors.COUNTRY_FIXED);
  throw new Error(`the account registry answered ${answer.status} ${String(code)}`);
}

const codeOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
