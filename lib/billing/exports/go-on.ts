import { billExportRequested } from '#events/billing.ts';
import type { MessageContext } from '#lib/shared/consumer.ts';
import { goOnLater } from '#lib/shared/exports/again.ts';

/** Works off an export message. What writes files is loaded here, not with every operation of the area. */
export async function goOnWithExport(
  detail: { jobId: string; partnerId: string },
  context: MessageContext,
): Promise<void> {
  const { runExport } = await import('./run-export.ts');
  if (!(await runExport(detail.jobId, context))) return;
  await goOnLater('exports', billExportRequested, { ...detail, requestedAt: context.now }, context);
}
