import { paymentsToken, paymentsUrl } from '#lib/shared/resources.ts';

const send = async (method: string, path: string, body: object): Promise<unknown> => {
  const response = await fetch(`${paymentsUrl()}${path}`, {
    method,
    headers: { authorization: `Bearer ${paymentsToken()}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulated processor answered ${response.status} to ${path}`);
  return response.json();
};

/** Test cards of the simulated processor (docs/payment-port.md). */
export const CARDS = {
  good: '4242424242424242',
  other: '5555555555554444',
  refused: '4000000000000002',
  asksPayerWhenAdded: '4000000000003063',
  silentWhenAdded: '4000000000000119',
  declines: '4000000000009995',
  asksPayer: '4000000000003220',
  chargesSilently: '4000000000005126',
  neverArrives: '4000000000005134',
  tellsFirst: '4000000000006009',
  tellsTwice: '4000000000006017',
} as const;

/** What the processor's page gives for a card that a person entered there: a token that works once. */
export async function cardToken(
  number: string,
  wish: { expiry?: string; holderName?: string; card?: string } = {},
): Promise<string> {
  const entered = { number, expiry: '12/30', holderName: 'Ada Admin', securityCode: '123', ...wish };
  const { token } = (await send('POST', '/test-tokens', entered)) as { token: string };
  return token;
}

/** The processor answers nothing but 503 until it is told to work again. */
export const paymentOutage = (failing: boolean) => send('PUT', '/outage', { failing });

/** What the payer says to its bank, on the page that it was sent to. @returns where it goes on */
export async function answerBank(redirectUrl: string, answer: 'yes' | 'no'): Promise<string | null> {
  const response = await fetch(redirectUrl, {
    method: 'POST',
    body: new URLSearchParams({ answer }),
    redirect: 'manual',
  });
  return response.headers.get('location');
}
