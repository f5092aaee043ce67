import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { controlRequestClosed, controlRequested } from '#events/control-requests.ts';
import { handler as closeRequest } from '../../functions/budgets/close-control-request.ts';
import { handler as listRequests } from '../../functions/budgets/list-control-requests.ts';
import { handler as requestChange } from '../../functions/budgets/request-control-change.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import {
  type Answer,
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  sentMails,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { authorize, freeze, readBudget, setMonthly, unfreeze } from './story.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-08-01T10:00:00+08:00');
  distributor = await aPartner({ type: 'distributor' });
  reseller = await aPartner({ of: distributor });
  customer = await aCustomer({ of: reseller });
});

const WISH = { kind: 'adjust-budget', wishedAmount: '200.00', note: 'The project has grown.' };
const ask = (as: Caller, body: object = WISH, { customerId }: { customerId: string } = customer): Promise<Answer> =>
  invoke(requestChange, { as, path: { customerId }, body });
const close = (as: Caller, { body: { requestId } }: Answer, status = 'rejected'): Promise<Answer> =>
  invoke(closeRequest, { as, path: { requestId }, body: { status } });
const list = async (as: Caller, query = {}) => (await invoke(listRequests, { as, query })).body.items;
const codes = (answers: readonly Answer[]) => answers.map(({ status, body }) => body.code ?? status).sort();

describe('request-control-change', () => {
  it('CUS-176, CUS-177: a record that changes nothing; the distributor’s Admin is told inside and by mail', async () => {
    const before = await readBudget(reseller, customer);
    expect(await ask(reseller)).toMatchObject({
      status: 201,
      body: { kind: 'adjust-budget', wishedAmount: '200.00', status: 'open', resellerId: reseller.partnerId },
    });
    expect(await readBudget(reseller, customer)).toEqual(before);
    const admin = await aMember({ of: distributor });
    await drain();
    expect((await invoke(listMessages, { as: admin })).body.items).toMatchObject([{ kind: 'control-requested' }]);
    const mails = (await sentMails()).filter(({ to }) => to.includes(distributor.partner.contact.email ?? ''));
    expect(mails.map(({ text }) => text).join()).toContain('200.00 USD');
  });

  it('CUS-017, CUS-176: a reseller that is authorized makes the change itself; others do not ask', async () => {
    expect((await ask(distributor)).status).toBe(403);
    expect(await ask(await aPartner({ of: distributor }))).toMatchObject({ status: 404 });
    await authorize(distributor, reseller.partnerId, '1000.00');
    expect(await ask(reseller)).toMatchObject({ status: 409, body: { code: 'CONTROL_AUTHORIZED' } });
  });

  it.each([
    [{ kind: 'adjust-budget', note: 'n' }, 422],
    [{ kind: 'adjust-budget', wishedAmount: '0.00', note: 'n' }, 422],
    [{ kind: 'freeze', wishedAmount: '1.00', note: 'n' }, 422],
    [{ kind: 'freeze', note: '' }, 400],
    [{ kind: 'freeze', note: 'x'.repeat(257) }, 400],
    [{ kind: 'freeze', note: 'x'.repeat(256) }, 201],
    [{ kind: 'unfreeze', note: 'n' }, 201],
    [{ kind: 'delete', note: 'n' }, 400],
  ])('CUS-176: %j answers %i', async (body, status) => {
    expect((await ask(reseller, body)).status).toBe(status);
  });

  it('CUS-177: at most one open per customer and kind, also of two at once', async () => {
    expect(codes(await Promise.all([ask(reseller), ask(reseller)]))).toEqual([201, 'CONTROL_REQUEST_OPEN']);
    expect((await ask(reseller, { kind: 'freeze', note: 'n' })).status).toBe(201);
    const other = await aCustomer({ of: reseller });
    expect((await ask(reseller, WISH, other)).status).toBe(201);
  });
});

describe('close-control-request', () => {
  it('CUS-177: rejecting closes it, once, and another may be asked', async () => {
    const request = await ask(reseller);
    expect(codes(await Promise.all([close(distributor, request), close(distributor, request, 'carried-out')]))).toEqual(
      [200, 'CONTROL_REQUEST_CLOSED'],
    );
    expect((await ask(reseller)).status).toBe(201);
  });

  it('CUS-177, CUS-055: the distributor’s Admin alone', async () => {
    const request = await ask(reseller);
    expect((await close(await aPartner({ type: 'distributor' }), request)).status).toBe(404);
    expect((await close(reseller, request)).status).toBe(403);
    const director = await aMember({ of: distributor, roles: ['account-director'] });
    expect((await close(director, request)).status).toBe(403);
  });
});

describe('carrying out', () => {
  it('CUS-177: the change closes the request of its kind, no other', async () => {
    await ask(reseller);
    await ask(reseller, { kind: 'unfreeze', note: 'paid' });
    clock.advance({ minutes: 1 });
    expect((await setMonthly(distributor, customer, '150.00')).status).toBe(200);
    await drain();
    const statuses = async () =>
      Object.fromEntries(
        (await list(distributor)).map((each: { kind: string; status: string }) => [each.kind, each.status]),
      );
    expect(await statuses()).toEqual({ 'adjust-budget': 'carried-out', unfreeze: 'open' });
    await unfreeze(distributor, [customer]);
    await ask(reseller, { kind: 'freeze', note: 'arrears' });
    clock.advance({ minutes: 1 });
    await freeze(distributor, [customer]);
    await drain();
    expect(await statuses()).toEqual({
      'adjust-budget': 'carried-out',
      unfreeze: 'carried-out',
      freeze: 'carried-out',
    });
  });

  it('CUS-177: what was changed before the request does not close it, however late it is heard', async () => {
    await setMonthly(distributor, customer, '150.00');
    clock.advance({ minutes: 1 });
    await ask(reseller);
    await drain();
    expect(await list(distributor)).toMatchObject([{ status: 'open' }]);
  });
});

describe('list-control-requests', () => {
  it('CUS-176: newest first to both sides, by status, to nobody else', async () => {
    await ask(reseller);
    clock.advance({ minutes: 1 });
    await close(distributor, await ask(reseller, { kind: 'freeze', note: 'n' }));
    for (const side of [distributor, reseller]) {
      expect((await list(side)).map(({ kind }: { kind: string }) => kind)).toEqual(['freeze', 'adjust-budget']);
      expect(await list(side, { status: 'open' })).toMatchObject([{ kind: 'adjust-budget' }]);
    }
    expect(await list(await aPartner({ type: 'distributor' }))).toEqual([]);
    const manager = await aMember({ of: reseller, roles: ['account-manager'] });
    expect(await list(manager)).toEqual([]);
  });
});

describe('event samples', () => {
  it.each([controlRequested, controlRequestClosed])('CUS-176, CUS-177: $name', ({ name, detail }) => {
    const file = new URL(`../../events/samples/${name}.v1.json`, import.meta.url);
    const sample: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(detail.parse(sample)).toEqual(sample);
  });
});
