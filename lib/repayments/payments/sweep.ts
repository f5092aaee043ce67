import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Repayment } from '../repayment.ts';
import { listToAsk, loadRepayment, replaceRepayment } from '../repayment-store.ts';
import { aFewAtOnce } from './a-few-at-once.ts';
import { submit } from './charge-cards.ts';
import { chargeKeyOf } from './charge-key.ts';
import { askAgainAt, isAbandoned } from './pending.ts';
import { cancelCharge, findCharge } from './port.ts';
import { settleCharge } from './settle-charge.ts';

/** Of each shard. */
const A_RUN = 20;

/**
 * Asks the processor about charges that ended without an answer (a lost answer, a notification that never came, a crash in between), so
 * that each ends as what it is: paid once, or not at all (FIN-77).
 */
export const sweepCharges = async (now: Instant): Promise<void> =>
  aFewAtOnce(await listToAsk(now, A_RUN), async (repayment) => {
    try {
      await askAbout(repayment, now);
    } catch (error) {
      log.error('a charge could not be asked about', error, { repaymentId: repayment.repaymentId }); // the others go on
    }
  });

/** What the processor says now of a charge that is still pending. */
export async function askAbout(found: Repayment, now: Instant): Promise<void> {
  const repayment = await loadRepayment(found); // the index may be behind
  if (repayment?.status !== 'pending') return;
  const asked = await findCharge(chargeKeyOf(repayment));
  if (!('known' in asked)) return postpone(repayment, now);
  if (asked.known === undefined) return repeatOrCancel(repayment, now);
  const abandoned = asked.known.status === 'action-required' && isAbandoned(repayment, now);
  if (abandoned) return cancel(repayment, now);
  await settleCharge(repayment, asked.known, now);
}

/** The processor has never heard of it: a round asks again by the same key; what a person asked for is over. */
const repeatOrCancel = (repayment: Repayment, now: Instant): Promise<void> =>
  repayment.charge?.roundId === undefined ? cancel(repayment, now) : submit(repayment, now);

/** A request that is still on its way finds its key closed. */
async function cancel(repayment: Repayment, now: Instant): Promise<void> {
  const cancelled = await cancelCharge(chargeKeyOf(repayment));
  if ('known' in cancelled) await settleCharge(repayment, cancelled.known, now);
  else await postpone(repayment, now);
}

async function postpone(repayment: Repayment, now: Instant): Promise<void> {
  const after = { ...repayment, charge: { ...repayment.charge, askAt: askAgainAt(repayment, now) } };
  try {
    await transact({ writes: [replaceRepayment(repayment, after)] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // settled meanwhile
  }
}
