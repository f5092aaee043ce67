import { billExportRequested } from '#events/billing.ts';
import type { MessageContext } from '#lib/shared/consumer.ts';
import { newId } from '#lib/shared/ids.ts';
import { send } from '../messages.ts';

/** Works off an export message. What writes files is loaded here, not with every operation of the area. */
export async function goOnWithExport(
  detail: { jobId: string; partnerId: string },
  context: MessageContext,
): Promise<void> {
  const { runExport } = await import('./run-export.ts');
  if (!(await runExport(detail.jobId, context))) return;
  const { name, version } = billExportRequested;
  const id = newId('evt', context.now);
  await send('exports', [
    {
      id,
      name,
      version,
      occurredAt: context.now,
      requestId: context.messageId,
      detail: { ...detail, requestedAt: context.now },
    },
  ]);
}
