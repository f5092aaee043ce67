import { beforeEach, describe, expect, it } from 'vitest';
import { aPartner, clock, type TestPartner, useStack } from '../support/index.ts';
import {
  aLead,
  aPendingLead,
  aReviewable,
  askForReview,
  leadsOf,
  placesOf,
  preregister,
  remove,
  sweep,
} from './lead-story.ts';

useStack();

let partner: TestPartner;
beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
});

const codesOf = (answers: readonly { status: number; body: { code?: string } }[]) =>
  answers.map(({ status, body }) => (status < 300 ? 'done' : (body.code ?? ''))).sort();

describe('one hundred places', () => {
  const fill = async (count: number) => {
    for (let i = 0; i < count; i += 1) await aLead(partner);
  };

  it('DEV-23: with 99 held, three at once: the 100th is taken once, the others are refused', {
    timeout: 60_000,
  }, async () => {
    await fill(98);
    await aPendingLead(partner); // a lead under review counts as well
    const reviewable = await aReviewable();
    const answers = await Promise.all([
      preregister(partner),
      preregister(partner),
      askForReview(partner, { email: reviewable }),
    ]);
    expect(codesOf(answers)).toEqual(['PREREGISTRATION_LIMIT', 'PREREGISTRATION_LIMIT', 'done']);
    expect(await placesOf(partner.partnerId)).toHaveLength(100);
  });

  it('DEV-24: with all lapsed and no sweep yet, the places are free at the very second', {
    timeout: 60_000,
  }, async () => {
    await fill(100);
    clock.set('2024-09-25T09:59:59.999+08:00');
    expect((await preregister(partner)).body.code).toBe('PREREGISTRATION_LIMIT');
    clock.set('2024-09-25T10:00:00+08:00');
    const answers = await Promise.all([preregister(partner), preregister(partner), preregister(partner)]);
    expect(codesOf(answers)).toEqual(['done', 'done', 'done']);
    const statuses = (await leadsOf(partner.partnerId)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'expired').length).toBeGreaterThanOrEqual(3);
    await sweep();
    expect(await placesOf(partner.partnerId)).toHaveLength(3);
  });

  it('DEV-24: a deletion frees the place at once', { timeout: 60_000 }, async () => {
    await fill(99);
    const { leadId } = await aLead(partner);
    expect((await preregister(partner)).body.code).toBe('PREREGISTRATION_LIMIT');
    await remove(partner, leadId);
    expect((await preregister(partner)).status).toBe(201);
  });
});
