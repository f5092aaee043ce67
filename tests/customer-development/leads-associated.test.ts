import { beforeEach, describe, expect, it } from 'vitest';
import {
  leadAssociatedWrites,
  leadAt,
  liveReservation,
  loadLead,
  noOtherReservation,
} from '#lib/customer-development/index.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { anOperator, aPartner, asSystem, clock, type TestPartner, useStack } from '../support/index.ts';
import {
  aLead,
  anEmail,
  aPendingLead,
  claimOn,
  decide,
  placesOf,
  preregister,
  remove,
  storedStatus,
  sweep,
} from './lead-story.ts';

useStack();

let partner: TestPartner;
let other: TestPartner;
beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  [partner, other] = [await aPartner(), await aPartner()];
});

const commit = (writes: readonly Write[]) => asSystem(() => transact({ writes }));

async function associated(leadId: string): Promise<void> {
  const lead = await loadLead(leadId, { consistent: true });
  if (!lead) throw new Error('no lead');
  await commit(leadAssociatedWrites(lead, 'cus_1', clock.now()));
}

describe('a lead that becomes associated', () => {
  it('DEV-105, DEV-24: gives back claim and place, and no sweep touches it again', async () => {
    const { leadId, email } = await aLead(partner);
    await associated(leadId);
    expect(await storedStatus(leadId)).toBe('associated');
    expect(await claimOn(email)).toBeUndefined();
    expect(await placesOf(partner.partnerId)).toEqual([]);
    clock.advance({ days: 16 });
    await sweep();
    expect(await storedStatus(leadId)).toBe('associated');
    expect((await remove(partner, leadId)).body.items).toMatchObject([{ code: 'PREREGISTRATION_NOT_DELETABLE' }]);
  });

  it.each([true, false])('DEV-60: also when it has expired, the sweep having run: %s', async (swept) => {
    const { leadId } = await aLead(partner);
    clock.advance({ days: 15 });
    if (swept) await sweep();
    await associated(leadId);
    expect(await storedStatus(leadId)).toBe('associated');
    expect(await placesOf(partner.partnerId)).toEqual([]);
  });

  it('DEV-60: not when another partner has reserved the address meanwhile, whose claim stays', async () => {
    const { leadId, email } = await aLead(partner);
    clock.advance({ days: 15 });
    const next = await aLead(other, { email });
    await expect(associated(leadId)).rejects.toThrow(ConditionFailed);
    expect(await claimOn(email)).toMatchObject({ leadId: next.leadId });
    expect(await storedStatus(leadId)).toBe('pre-registered');
  });

  it('DEV-60: a lapsed claim of another partner is in nobody’s way', async () => {
    const { leadId, email } = await aLead(partner);
    clock.advance({ days: 15 });
    await aLead(other, { email });
    clock.advance({ days: 15 });
    await associated(leadId);
    expect(await claimOn(email)).toBeUndefined();
  });

  it('DEV-105: of the association and a deletion at once one happens', async () => {
    const { leadId } = await aLead(partner);
    const [association, deletion] = await Promise.allSettled([associated(leadId), remove(partner, leadId)]);
    const done = association.status === 'fulfilled';
    expect(await storedStatus(leadId)).toBe(done ? 'associated' : 'deleted');
    if (deletion.status === 'fulfilled' && done)
      expect(deletion.value.body.items).toMatchObject([{ code: 'PREREGISTRATION_NOT_DELETABLE' }]);
    expect(await placesOf(partner.partnerId)).toEqual([]);
  });
});

describe('a reservation', () => {
  it('DEV-39, DEV-07: is live to the last millisecond, in any spelling of the address', async () => {
    const { leadId, email } = await aLead(partner);
    const live = { partnerId: partner.partnerId, leadId };
    expect(await liveReservation(` ${email.toUpperCase()}`, clock.now())).toEqual(live);
    expect(await liveReservation(email, clock.set('2024-09-25T09:59:59.999+08:00'))).toEqual(live);
    expect(await liveReservation(email, clock.set('2024-09-25T10:00:00+08:00'))).toBeUndefined();
    expect(await liveReservation(anEmail(), clock.now())).toBeUndefined();
  });

  it('DEV-46: a lead under review keeps its address for any time, an approved one for its 15 days', async () => {
    const { leadId, email } = await aPendingLead(partner);
    clock.advance({ days: 400 });
    expect(await liveReservation(email, clock.now())).toMatchObject({ leadId });
    await decide(await anOperator(), leadId);
    clock.advance({ days: 15 });
    expect(await liveReservation(email, clock.now())).toBeUndefined();
  });

  it('DEV-39: holds back others in the same transaction, not its own partner', async () => {
    const { email } = await aLead(partner);
    await commit([noOtherReservation(email, partner.partnerId, clock.now())]);
    await expect(commit([noOtherReservation(email, other.partnerId, clock.now())])).rejects.toThrow(ConditionFailed);
    clock.advance({ days: 15 });
    await commit([noOtherReservation(email, other.partnerId, clock.now())]);
  });
});

it('DEV-07: what leadAt says of a stored lead is what the API says', async () => {
  const email = anEmail();
  const { body } = await preregister(partner, { email });
  clock.advance({ days: 15 });
  const stored = await loadLead(body.leadId);
  if (!stored) throw new Error('no lead');
  expect(stored.status).toBe('pre-registered');
  expect(leadAt(stored, clock.now()).status).toBe('expired');
});
