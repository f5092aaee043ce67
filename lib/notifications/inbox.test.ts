import { describe, expect, it } from 'vitest';
import type { Actor, Member } from '#lib/shared/actor.ts';
import { permissionsOf } from '#lib/shared/permissions.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { type InboxMessage, inboxesOf, mergePages, positionOf } from './inbox.ts';

const START = instant('2024-09-10T10:00:00+08:00');
const message = (minute: number, inbox = 'member:m'): InboxMessage => ({
  messageId: `msg_${inbox}_${minute}`,
  inbox,
  kind: 'customer-frozen',
  title: '',
  text: '',
  createdAt: plus(START, { minutes: minute }),
});
const minutesOf = (messages: readonly InboxMessage[]) =>
  messages.map(({ messageId }) => Number(messageId.split('_')[2]));

describe('inboxesOf', () => {
  const member: Member = {
    kind: 'member',
    id: 'mem_1',
    partnerId: 'par_1',
    name: 'Mia',
    email: 'mia@example.com',
    owner: false,
    roles: ['account-manager'],
    permissions: permissionsOf('account-manager'),
    dataScope: 'own',
  };

  it.each<[string, Actor, string[]]>([
    ['a member: the own one and those of the roles', member, ['member:mem_1', 'role:par_1:account-manager']],
    [
      'the owner account: all of the partner',
      { ...member, roles: [], owner: true },
      [
        'member:mem_1',
        'role:par_1:admin',
        'role:par_1:finance-specialist',
        'role:par_1:account-director',
        'role:par_1:account-manager',
      ],
    ],
    ['operators share one', { kind: 'operator', id: 'opr_1', name: 'Olga' }, ['operators']],
    ['a customer has its own', { kind: 'customer', id: 'cus_1', customerId: 'cus_1' }, ['customer:cus_1']],
    ['an account that acts for nobody has none', { kind: 'account', id: 'sub-1', subject: 'sub-1' }, []],
  ])('CUS-116: %s', (_who, actor, inboxes) => {
    expect(inboxesOf(actor)).toEqual(inboxes);
  });
});

describe('mergePages', () => {
  it('joins inboxes newest first', () => {
    const page = mergePages(
      [{ messages: [message(9), message(4)] }, { messages: [message(7, 'role:r'), message(2, 'role:r')] }],
      10,
    );
    expect(minutesOf(page.messages)).toEqual([9, 7, 4, 2]);
    expect(page.before).toBeUndefined();
  });

  it('leaves out what lies before the place where another inbox stopped', () => {
    const stopped = { messages: [message(9), message(6)], stoppedAt: positionOf(message(6)) };
    const page = mergePages([stopped, { messages: [message(7, 'role:r'), message(2, 'role:r')] }], 10);
    expect(minutesOf(page.messages)).toEqual([9, 7, 6]);
    expect(page.before).toBe(positionOf(message(6)));
  });

  it('goes on even when a filter left nothing of what was read', () => {
    const page = mergePages(
      [{ messages: [], stoppedAt: positionOf(message(3)) }, { messages: [message(2, 'role:r')] }],
      10,
    );
    expect(page).toEqual({ messages: [], before: positionOf(message(3)) });
  });

  it('cuts at the limit and goes on from the last one shown', () => {
    const page = mergePages(
      [{ messages: [message(9), message(4)] }, { messages: [message(7, 'role:r'), message(2, 'role:r')] }],
      2,
    );
    expect(minutesOf(page.messages)).toEqual([9, 7]);
    expect(page.before).toBe(positionOf(message(7, 'role:r')));
  });
});
