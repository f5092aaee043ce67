import type { AccountFacts } from '#lib/accounts/index.ts';
import { platformToken, platformUrl } from '#lib/shared/resources.ts';

const put = async (path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${platformUrl()}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${platformToken()}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulated platform answered ${response.status} to ${path}`);
  return response.json();
};

/** An account as the platform's own systems have it; what is not given is as with a fresh, unremarkable one. */
export const platformAccount = (accountId: string, facts: Partial<Omit<AccountFacts, 'accountId'>> = {}) =>
  put(`/accounts/${encodeURIComponent(accountId)}`, facts);

/** The platform answers nothing but 503 until it is told to work again. */
export const platformOutage = (failing: boolean) => put('/outage', { failing });
