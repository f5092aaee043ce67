import { customerExportRequested } from '#events/customers.ts';
import type { MessageContext } from '#lib/shared/consumer.ts';
import { goOnLater } from '#lib/shared/exports/again.ts';

/** Works off an export message. What writes files is loaded here, not with every operation of the area. */
export async function goOnWithCustomerExport(
  detail: { readonly jobId: string; readonly partnerId: string },
  context: MessageContext,
): Promise<void> {
  const { runCustomerExport } = await import('./run-export.ts');
  if (!(await runCustomerExport(detail.jobId, context))) return;
  await goOnLater('customer-exports', customerExportRequested, { ...detail, requestedAt: context.now }, context);
}
