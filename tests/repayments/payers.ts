import { listStatements, type StatementEntry } from '#lib/ledger/index.ts';
import { setPaymentCurrency } from '#lib/partners/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { handler as addCard } from '../../functions/repayments/add-card.ts';
import { aPartner, asSystem, type Caller, cardToken, invoke, type TestPartner } from '../support/index.ts';

/** A partner of the Hong Kong entity that has chosen its payment currency. */
export async function aPayer(wish: Parameters<typeof aPartner>[0] = {}, currency = 'USD'): Promise<TestPartner> {
  const partner = await aPartner({ contractingEntity: 'HK', ...wish });
  await asSystem((now) => setPaymentCurrency(partner.partner, { currency, expectedVersion: 1 }, now));
  return partner;
}

export const tryToAdd = async (as: Caller, number: string, more: Record<string, unknown> = {}, expiry = '12/30') =>
  invoke(addCard, { as, body: { cardToken: await cardToken(number, { expiry }), agreementAccepted: true, ...more } });

/** A card that its partner has bound. @returns its id */
export async function aCard(as: Caller, number: string, expiry = '12/30'): Promise<string> {
  const { status, body } = await tryToAdd(as, number, {}, expiry);
  if (status !== 201) throw new Error(`not added: ${JSON.stringify(body)}`);
  return body.cardId;
}

/** The partner's statement, oldest row first. */
export async function entriesOf({ partnerId }: TestPartner): Promise<StatementEntry[]> {
  const range = { from: instant('2020-01-01T00:00:00Z'), to: instant('2030-01-01T00:00:00Z') };
  return (await listStatements(partnerId, range, { limit: 1000, oldestFirst: true })).entries;
}

/** The same as `type amount balance`. */
export const statementOf = async (partner: TestPartner): Promise<string[]> =>
  (await entriesOf(partner)).map(({ type, amount, balance }) => `${type} ${exactText(amount)} ${exactText(balance)}`);
