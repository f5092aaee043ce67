import { beforeAll, expect, it } from 'vitest';
import { handler as decideTicket } from '../../functions/invoices/decide-invoice-ticket.ts';
import { handler as listInvoices } from '../../functions/invoices/list-invoices.ts';
import { handler as listEntities } from '../../functions/invoices/list-issuing-entities.ts';
import { handler as requestInvoice } from '../../functions/invoices/request-invoice.ts';
import { handler as setEntity } from '../../functions/invoices/set-issuing-entity.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anAttachment } from './handed-in.ts';

useStack();

let operator: Caller;
let partner: TestPartner;

/** The bill run finds no issuing entity: the invoice is missing. */
beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' });
  partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  clock.set('2024-07-20T00:00:00+08:00');
  await consume(customer, { list: '100', at: '2024-07-10T10:00:00+08:00' });
  clock.set('2024-08-05T10:00:00+08:00');
  await runBilling();
});

const entity = {
  legalName: 'Cloud Vendor International Pte. Ltd.',
  address: { street: '15 Marina Boulevard', city: 'Singapore', country: 'SG' },
  taxId: 'SG-201912345K',
  taxIdLabel: 'GST',
  territories: ['SG', 'MY'],
  standard: true,
};
const put = (body: object, { as = operator, entityId = 'CSER' } = {}) =>
  invoke(setEntity, { as, path: { entityId }, body: { ...entity, expectedVersion: 0, reason: 'test', ...body } });
const listed = async () => (await invoke(listEntities, { as: operator })).body.items;
const decide = (ticketId: string) =>
  invoke(decideTicket, { as: operator, path: { ticketId }, body: { accepted: true, answer: 'Made out.' } });
const invoicesOf = async () => (await invoke(listInvoices, { as: partner })).body.items;

it('FIN-110: a bad issuing entity is refused with every field that is wrong, and nothing is kept', async () => {
  const bad = {
    legalName: ' ',
    address: { street: '', city: 'Singapore', country: 'Singapore' },
    taxId: 'x'.repeat(41),
    email: 'nobody',
    territories: ['SG', 'xx'],
    expectedVersion: -1,
    reason: '',
  };
  const { status, body } = await put(bad);
  expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(
    [
      '/address/country',
      '/address/street',
      '/email',
      '/expectedVersion',
      '/legalName',
      '/reason',
      '/taxId',
      '/territories/1',
    ].sort(),
  );
  expect((await put({}, { entityId: 'cser1' })).status).toBe(400);
  expect(await listed()).toEqual([]);
});

it('FIN-110: only operators keep and list issuing entities', async () => {
  expect((await put({}, { as: partner })).status).toBe(403);
  expect((await invoke(listEntities, { as: partner })).status).toBe(403);
  expect(await listed()).toEqual([]);
});

it('FIN-116: a request for a missing invoice stays open while nobody can issue it', async () => {
  expect(await invoicesOf()).toEqual([]);
  const body = { period: '2024-07', reason: 'missing', attachmentId: await anAttachment(partner) };
  const ticket = (await invoke(requestInvoice, { as: partner, body })).body;
  expect(ticket).toMatchObject({ kind: 'request', status: 'open', period: '202407' });
  expect((await decide(ticket.ticketId)).body.code).toBe('ISSUING_ENTITY_MISSING');

  expect(await put({})).toMatchObject({ status: 200, body: { entityId: 'CSER', version: 1 } });
  const answers = await Promise.all([1, 2].map(() => decide(ticket.ticketId)));
  expect(answers.map(({ status, body: answer }) => answer.code ?? status).sort()).toEqual([200, 'TICKET_CLOSED']);
  await drain();

  expect(await invoicesOf()).toMatchObject([
    { invoiceNo: 'CSER24000001', status: 'Invoiced', period: '202407', amount: '109.00' },
  ]);
  const again = { ...body, attachmentId: await anAttachment(partner) };
  expect((await invoke(requestInvoice, { as: partner, body: again })).body.code).toBe('INVOICE_EXISTS');
});

it('FIN-118: an entity changes under its version, and what it issued stays', async () => {
  const stale = await put({ legalName: 'Other' });
  expect([stale.status, stale.body.code]).toEqual([409, 'VERSION_CONFLICT']);
  expect((await put({ expectedVersion: 1 }, { entityId: 'NEW' })).body.code).toBe('VERSION_CONFLICT');
  const answers = await Promise.all(['A', 'B'].map((legalName) => put({ legalName, expectedVersion: 1 })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const won = answers.find(({ status }) => status === 200)?.body;
  expect(await listed()).toEqual([won]);
  expect(won).toMatchObject({ version: 2, territories: ['SG', 'MY'] });
  expect((await invoicesOf())[0].issuer.legalName).toBe(entity.legalName);
});
