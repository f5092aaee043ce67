import { invitationExportRequested } from '#events/invitations.ts';
import type { MessageContext } from '#lib/shared/consumer.ts';
import { goOnLater } from '#lib/shared/exports/again.ts';

/** Works off an export message. What writes files is loaded here, not with every operation of the area. */
export async function goOnWithInvitationExport(
  detail: { readonly jobId: string; readonly partnerId: string },
  context: MessageContext,
): Promise<void> {
  const { runInvitationExport } = await import('./run-export.ts');
  if (!(await runInvitationExport(detail.jobId, context))) return;
  await goOnLater('invitation-exports', invitationExportRequested, { ...detail, requestedAt: context.now }, context);
}
