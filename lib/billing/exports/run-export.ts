import type { MessageContext } from '#lib/shared/consumer.ts';
import { takeSteps, workOnExport } from '#lib/shared/exports/run-job.ts';
import type { Job } from '#lib/shared/job.ts';
import { instant } from '#lib/shared/time.ts';
import { parseBillId } from '../bill-id.ts';
import { loadBill } from '../bill-store.ts';
import { billsSource, detailsSource } from './bill-sources.ts';
import { couponsSource } from './coupons-source.ts';
import { csvStep } from './csv-step.ts';
import { ROWS_A_PART } from './export-file.ts';
import { focusSource } from './focus-source.ts';
import type { RowSource } from './source.ts';
import { statementsSource } from './statements-source.ts';
import { type ExportWish, exportWish } from './wish.ts';
import { workbookStep } from './workbook-step.ts';

/** An invocation goes no further than the step that reaches this many rows; the next message goes on. */
const ROWS_AT_ONCE = 200_000;
/** A workbook is written within one invocation. */
const ROWS_A_WORKBOOK = 100_000;

interface Limits {
  readonly rowsAPart: number;
  readonly rowsAWorkbook: number;
}

/**
 * Goes on with an export. @returns whether another message has to go on from here
 * @param limits smaller in tests
 */
export function runExport(jobId: string, context: MessageContext, limits: Partial<Limits> = {}): Promise<boolean> {
  const { rowsAPart = ROWS_A_PART, rowsAWorkbook = ROWS_A_WORKBOOK } = limits;
  return workOnExport(jobId, context, async (started) => {
    const wish = exportWish.parse(started.parameters);
    const source = await sourceOf(started, wish);
    const rowsAtOnce = wish.format === 'xlsx' ? ROWS_A_WORKBOOK : ROWS_AT_ONCE;
    return takeSteps(
      started,
      (job, progress) =>
        wish.format === 'xlsx'
          ? workbookStep(job, progress, source, rowsAWorkbook)
          : csvStep(job, progress, source, rowsAPart),
      rowsAtOnce,
      context.now,
    );
  });
}

async function sourceOf({ ownerId, createdAt }: Job, wish: ExportWish): Promise<RowSource> {
  switch (wish.kind) {
    case 'bills':
      return billsSource(ownerId, wish);
    case 'bill-details':
      return detailsSource(await billOf(wish.billId));
    case 'focus':
      return focusSource(await billOf(wish.billId));
    case 'statements':
      return statementsSource(ownerId, { ...wish, from: wish.from ?? createdAt, to: wish.to ?? createdAt });
    case 'coupons':
      return couponsSource(ownerId, wish, instant(createdAt));
  }
}

async function billOf(billId: string) {
  const named = parseBillId(billId);
  const bill = named && (await loadBill(named.partnerId, named.cycle, named.revision));
  if (bill?.billId !== billId) throw new Error(`bill ${billId} is not there any more`);
  return bill;
}
