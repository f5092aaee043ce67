import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { inTurn } from './book.ts';
import { restoreCoupons } from './corrections/restore-coupons.ts';
import { coverLines } from './coupons/cover-lines.ts';
import { issuePartnerBill } from './issue-bill.ts';
import { type PartnerMessage, sendPartners, sendParts } from './messages.ts';
import { takeUpWaiting } from './park-partner.ts';
import { listParts } from './part-store.ts';
import { agreeOn, endWithoutBill, loadPartnerRun } from './partner-run-store.ts';
import { planParts } from './plan-parts.ts';
import { mayIssue } from './reconciliation/gate.ts';
import { isUnderWay, type PartnerRun } from './run.ts';
import { moveTally } from './run-store.ts';
import { termsOf } from './terms.ts';

/**
 * Takes a partner's bill the next step, whichever that is (FIN-17): freeze and cut, agree on the terms, hand out the parts, and, when
 * all of them are in and nothing is missing, issue. Every step may be repeated; a message that comes twice does it again or finds it
 * done.
 */
export const advancePartner = (message: PartnerMessage, now: Instant): Promise<void> =>
  inTurn(() => takeNextStep(message, now));

async function takeNextStep(message: PartnerMessage, now: Instant): Promise<void> {
  const { cycle, partnerId } = message;
  const found = await loadPartnerRun(cycle, partnerId);
  if (!found) throw new Error(`partner ${partnerId} has no place in the run of ${cycle}`);
  if (found.state === 'voiding') return restoreCoupons(found, now);
  if (found.state === 'issued') return takeUpWaiting(found, now); // what a crash behind the issue left
  if (!isUnderWay(found)) return;
  const run = found.planned ? found : await planParts(found, now);
  if (!run.planned) return sendPartners([message]);
  if (run.frozen.count === 0) return endEmpty(run, now);
  if (!run.terms) return handOut(await agree(run, now));
  if (run.terms.couponsAsOf !== undefined && run.couponsCovered === undefined) {
    return run.partsCollected < run.parts ? handOut(run) : cover(run, run.terms.couponsAsOf, now);
  }
  if (run.partsDone < run.parts) return handOut(run);
  if (!(await mayIssue(run, now))) return;
  await issuePartnerBill(run, run.terms, now);
  await takeUpWaiting(run, now);
}

/** FIN-16: no line, no bill. */
const endEmpty = (run: PartnerRun, now: Instant): Promise<void> =>
  transact({
    aside: true,
    writes: [endWithoutBill(run, now), moveTally(run, { from: run.state, to: 'nothing-to-bill' })],
  });

/** One message for each part that is not in yet. */
async function handOut({ cycle, partnerId, revision }: PartnerRun): Promise<void> {
  const open: number[] = [];
  for await (const { part, state } of listParts({ cycle, partnerId, revision })) if (state !== 'done') open.push(part);
  await sendParts(open.map((part) => ({ cycle, partnerId, revision, part })));
}

/** All parts are collected: coupons go over the lines, then the parts are settled (FIN-17, FIN-166). */
async function cover(run: PartnerRun, couponsAsOf: Instant, now: Instant): Promise<void> {
  const { cycle, partnerId } = run;
  const progress = await coverLines(run, couponsAsOf, now);
  if (progress === 'more') await sendPartners([{ cycle, partnerId }]);
  if (progress === 'covered') await handOut(run);
}

/** What all lines are settled by, agreed once, so that it does not matter when each part is settled. */
async function agree(run: PartnerRun, now: Instant): Promise<PartnerRun> {
  const terms = await termsOf(run, now);
  await transact({ aside: true, writes: [agreeOn(run, terms)] });
  return { ...run, terms, version: run.version + 1 };
}
