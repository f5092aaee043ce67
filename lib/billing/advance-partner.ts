import { hasCoupons } from '#lib/coupons/index.ts';
import { loadPartner, paymentCurrencyOf } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Terms } from './bill.ts';
import { bookVersion, inTurn } from './book.ts';
import { CannotBill } from './cannot-bill.ts';
import { restoreCoupons } from './corrections/restore-coupons.ts';
import { coverLines } from './coupons/cover-lines.ts';
import { lastInstantOf } from './cycle.ts';
import { discountsKey } from './discount-store.ts';
import { issuePartnerBill } from './issue-bill.ts';
import { type PartnerMessage, sendPartners, sendParts } from './messages.ts';
import { listParts } from './part-store.ts';
import { agreeOn, endWithoutBill, loadPartnerRun } from './partner-run-store.ts';
import { planParts } from './plan-parts.ts';
import { mayIssue } from './reconciliation/gate.ts';
import { isUnderWay, type PartnerRun } from './run.ts';
import { moveTally } from './run-store.ts';
import { taxRuleAt } from './tax-rule.ts';
import { listTaxRulesOf } from './tax-rule-store.ts';
import { withholdingTerms } from './withholding.ts';

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
  if (!isUnderWay(found)) return;
  const run = found.planned ? found : await planParts(found, now);
  if (!run.planned) return sendPartners([message]);
  if (run.frozen.count === 0) return endEmpty(run, now);
  if (!run.terms) return handOut(await agree(run, now));
  if (run.terms.couponsAsOf !== undefined && run.couponsCovered === undefined) {
    return run.partsCollected < run.parts ? handOut(run) : cover(run, run.terms.couponsAsOf, now);
  }
  if (run.partsDone < run.parts) return handOut(run);
  if (await mayIssue(run, now)) await issuePartnerBill(run, run.terms, now);
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

async function termsOf({ cycle, partnerId }: PartnerRun, now: Instant): Promise<Terms> {
  const partner = await loadPartner(partnerId);
  if (!partner) throw new Error(`partner ${partnerId} is gone`);
  const area = partner.registrationArea;
  const rules = await listTaxRulesOf(area.countryRegion);
  const rule = taxRuleAt(rules, area, lastInstantOf(cycle)); // FIN-38, FIN-39
  if (!rule) {
    const place = [area.countryRegion, area.stateProvince].filter(Boolean).join(' ');
    throw new CannotBill('TAX_RULE_MISSING', `no tax rule of ${place} is in force at the end of ${cycle}`);
  }
  return {
    taxRuleId: rule.taxRuleId,
    taxComponents: rule.components,
    withholding: withholdingTerms(rules, area), // FIN-123
    discountVersion: await bookVersion(discountsKey(partnerId)),
    paymentCurrency: paymentCurrencyOf(partner, cycle), // FIN-49
    paymentDays: partner.paymentDays, // FIN-162
    partnerName: partner.companyName,
    partnerAccountName: partner.accountName,
    couponsAsOf: (await hasCoupons(partnerId)) ? now : undefined,
  };
}
