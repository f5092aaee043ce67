import { beforeEach, describe, expect, it } from 'vitest';
import { queryAll } from '#lib/shared/dynamodb.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { handler as listTraces } from '../../functions/audit/list-traces.ts';
import { handler as addBudgetRecipient } from '../../functions/budgets/add-budget-recipient.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as registerCustomer } from '../../functions/customers/register-customer.ts';
import { handler as revealField } from '../../functions/customers/reveal-field.ts';
import { handler as createMember } from '../../functions/organization/create-member.ts';
import { handler as modifyMember } from '../../functions/organization/modify-member.ts';
import { handler as registerPartner } from '../../functions/partners/register-partner.ts';
import {
  attempt,
  challengeWithCode,
  giveStanding,
  sentCode,
  withCode,
  wrongCode,
} from '../organization/critical-operation.ts';
import {
  type Answer,
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  type Request,
  type TestCustomer,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let partner: TestPartner;
let member: TestMember;
let customer: TestCustomer;
let start: Instant;

beforeEach(async () => {
  clock.set('2024-09-09T10:00:00+08:00');
  partner = await aPartner();
  member = await aMember({ of: partner });
  customer = await aCustomer({ of: partner });
  start = clock.advance({ days: 1 }); // what follows is told apart from how it all began
});

type Criteria = NonNullable<Request['query']>;
const list = (as: Caller, query: Criteria = {}) => invoke(listTraces, { as, query });
const operations = async (as: Caller, query: Criteria = {}): Promise<string[]> =>
  (await list(as, { from: start, ...query })).body.items.map(({ operation }: { operation: string }) => operation);
const reveal = (as: Caller, { customerId }: TestCustomer = customer) =>
  invoke(revealField, { as, body: { customerIds: [customerId], field: 'email' } });
const becomesFinance = (memberId: string) =>
  invoke(modifyMember, {
    as: partner,
    path: { memberId },
    body: { roles: ['finance-specialist'], expectedVersion: 1 },
  });

describe('list-traces', () => {
  it('CUS-020: newest first, with who did what to whom, refused or not, before and after', async () => {
    const other = await aMember({ of: partner, roles: ['account-manager'] });
    clock.advance({ seconds: 1 });
    await becomesFinance(other.memberId);
    clock.advance({ seconds: 1 });
    await reveal(member, await aCustomer());

    const { status, body } = await list(member, { from: plus(start, { seconds: 1 }) });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      {
        operation: 'reveal-field',
        outcome: 'refused',
        code: 'CUSTOMER_NOT_FOUND',
        actor: 'member',
        actorId: member.memberId,
        partnerId: partner.partnerId,
        at: clock.now(),
      },
      {
        operation: 'modify-member',
        outcome: 'done',
        before: { memberId: other.memberId, roles: ['account-manager'] },
        after: { memberId: other.memberId, roles: ['finance-specialist'] },
      },
    ]);
    expect(body.items.flatMap((item: object) => Object.keys(item))).not.toContain('pk');
  });

  it('CUS-020: amounts are decimal texts', async () => {
    await giveStanding(partner.partnerId, { grants: ['budget-and-freeze'] });
    const path = { customerId: customer.customerId };
    const body = { amount: '200.50', expectedVersion: 0 };
    expect(await invoke(setMonthlyBudget, { as: member, path, body })).toMatchObject({ status: 200 });
    const [trace] = (await list(member, { operation: 'set-monthly-budget' })).body.items;
    expect(trace).toMatchObject({ customerId: customer.customerId, outcome: 'done', after: { amount: '200.50' } });
  });

  it('CUS-020: picks by operation and time, both ends included', async () => {
    await reveal(member);
    const first = clock.now();
    clock.advance({ hours: 1 });
    await becomesFinance(member.memberId);
    expect(await operations(partner)).toEqual(['modify-member', 'reveal-field']);
    expect(await operations(partner, { operation: 'reveal-field' })).toEqual(['reveal-field']);
    expect(await operations(partner, { operation: 'reveal' })).toEqual([]);
    expect(await operations(partner, { to: first })).toEqual(['reveal-field']);
    expect(await operations(partner, { from: plus(first, { seconds: 1 }) })).toEqual(['modify-member']);
    expect(await operations(partner, { from: clock.now(), to: clock.now() })).toEqual(['modify-member']);
  });

  it('CUS-020: picks by customer, and shows of it what concerns the own partner alone', async () => {
    const operator = await anOperator();
    await reveal(member);
    const all = { customerId: customer.customerId, from: '2024-01-01T00:00:00Z' };
    expect(await operations(member, all)).toEqual(['test-setup']); // the association
    expect(await operations(operator, all)).toEqual(['test-setup']); // the registration
    expect(await operations(member, { ...all, operation: 'associate-customer' })).toEqual([]);
    expect(await operations(member, { ...all, from: start })).toEqual([]);

    const stranger = await aPartner();
    expect(await operations(stranger, all)).toEqual([]);
    expect(await operations(operator, { ...all, partnerId: stranger.partnerId })).toEqual([]);
    expect(await operations(operator, { ...all, partnerId: partner.partnerId })).toEqual(['test-setup']);
  });

  it("ORG-12: an operator reads any partner's, or the platform's own", async () => {
    const operator = await anOperator();
    await reveal(member);
    expect(await operations(operator, { partnerId: partner.partnerId })).toEqual(['reveal-field']);
    await reveal(operator);
    const own = (await list(operator, { operation: 'reveal-field' })).body.items;
    expect(own).toMatchObject([{ actorId: operator.operatorId, operation: 'reveal-field' }]);
  });

  it('ORG-18: PARTNER_NOT_FOUND for a partner that is not the own one, or is none', async () => {
    const other = await aPartner();
    const missing = { status: 404, body: { code: 'PARTNER_NOT_FOUND' } };
    expect(await list(member, { partnerId: other.partnerId })).toMatchObject(missing);
    expect(await list(member, { partnerId: 'par_none' })).toMatchObject(missing);
    expect(await list(await anOperator(), { partnerId: 'par_none' })).toMatchObject(missing);
    expect(await operations(member, { partnerId: partner.partnerId })).toEqual([]);
  });

  it('ORG-12: trace.view is an Admin’s alone; customers have their own traces', async () => {
    const roles = ['finance-specialist', 'account-director', 'account-manager'] as const;
    const others = await Promise.all(roles.map((role) => aMember({ of: partner, roles: [role] })));
    for (const as of [...others, customer])
      expect(await list(as)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('spec note 15: pages by cursor without gap or repetition, with every filter', async () => {
    for (let i = 0; i < 5; i += 1) {
      clock.advance({ seconds: 1 });
      await reveal(member);
      await asSystem(() => giveStanding(partner.partnerId, {}));
    }
    const filters: Criteria[] = [{}, { operation: 'reveal-field' }, { customerId: customer.customerId }];
    for (const filter of filters) {
      const all = (await list(member, filter)).body.items;
      const paged: unknown[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await list(member, { ...filter, limit: 1, ...(cursor ? { cursor } : {}) });
        paged.push(...body.items);
        cursor = body.nextCursor;
      } while (cursor);
      expect(all.length).toBeGreaterThan(0);
      expect(paged).toEqual(all);
    }
  });

  it('spec note 15: CURSOR_INVALID for a cursor of another partner, of other filters or made up', async () => {
    await reveal(member);
    clock.advance({ seconds: 1 });
    await reveal(member);
    const { nextCursor: cursor } = (await list(member, { limit: 1 })).body;
    const answers = [
      await list(await aPartner(), { cursor }),
      await list(member, { cursor, operation: 'reveal-field' }),
      await list(member, { cursor: 'made.up' }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
    expect(await list(member, { limit: 1, cursor })).toMatchObject({ status: 200 });
  });

  it('CUS-020: a range that ends before it begins is refused', async () => {
    const query = { from: start, to: plus(start, { seconds: -1 }) };
    expect(await list(member, query)).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });
});

/** Everything that is stored of partners and of the platform. */
async function stored(...partnerIds: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const pk of [...partnerIds.map((partnerId) => `PARTNER#${partnerId}`), 'PLATFORM'])
    for await (const item of queryAll({ table: 'audit', pk })) texts.push(JSON.stringify(item));
  return texts.join('\n');
}

describe('the traces', () => {
  it('ORG-177, spec note 13: hold no code, no full e-mail, name or number of anybody', async () => {
    const operator = await anOperator();
    await giveStanding(partner.partnerId, { verificationEnabled: true, grants: ['budget-and-freeze'] });
    const person = { name: 'Pernille Person', email: 'pernille@example.org', mobileNumber: '+4915199988877' };
    const { mobileNumber: phone, ...recipient } = person;
    const { name: customerName, ...contact } = person;
    const account = { subject: 'a-subject', username: 'pernille', roles: ['admin'] };
    const registered = {
      type: 'solution-provider',
      companyName: 'Atlas',
      accountName: 'atlas',
      registrationArea: { countryRegion: 'SG' },
    };
    const steps: [Parameters<typeof invoke>[0], Request][] = [
      [createMember, { as: partner, path: { partnerId: partner.partnerId }, body: { ...person, ...account } }],
      [addBudgetRecipient, { as: partner, body: { ...recipient, phone } }],
      [
        registerPartner,
        { as: operator, body: { ...registered, contact: person, owner: { ...person, subject: 's-2' } } },
      ],
      [
        registerCustomer,
        { as: operator, body: { ...contact, customerName, accountId: 'acc-p', accountName: 'acc-p' } },
      ],
    ];
    const answers: Answer[] = [];
    for (const [handler, request] of steps) answers.push(await invoke(handler, request));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const newPartnerId = answers[2]?.body.partnerId;
    await reveal(member);

    const challengeId = await challengeWithCode(member, customer.customerId);
    const codes = [wrongCode(challengeId), sentCode(challengeId)];
    for (const code of codes) await attempt(member, customer.customerId, withCode(challengeId, code));

    const text = await stored(partner.partnerId, newPartnerId);
    for (const done of [
      'create-member',
      'add-budget-recipient',
      'register-partner',
      'register-customer',
      'reveal-field',
    ])
      expect(text).toContain(`"operation":"${done}"`);
    expect(text).toContain('check-verification-code');
    expect(text).toContain('pern***@example.org');
    const secrets = [...Object.values(person), member.email, 'Carla Customer', 'Ada Admin', 'Olga Operator', ...codes];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('CUS-020: stay what they were when the thing they tell of changes again', async () => {
    await becomesFinance(member.memberId);
    const before = (await list(partner)).body.items;
    clock.advance({ seconds: 1 });
    await invoke(modifyMember, {
      as: partner,
      path: { memberId: member.memberId },
      body: { roles: ['admin'], expectedVersion: 2 },
    });
    expect((await list(partner)).body.items.slice(1)).toEqual(before);
  });
});
