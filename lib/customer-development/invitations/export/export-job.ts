import * as z from 'zod';
import { invitationExportRequested } from '#events/invitations.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { mayDownload } from '#lib/shared/exports/export-view.ts';
import { newId } from '#lib/shared/ids.ts';
import { createJob, type Job, loadJob } from '#lib/shared/job.ts';
import { event } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { invitationErrors } from '../errors.ts';

export const INVITATION_EXPORT = 'invitation-export';

/** What is exported: all rows that the member may see, in clear for an Admin alone (DEV-192, DEV-193). Decided at the start. */
export const exportParameters = z.object({
  dataScope: z.enum(['all', 'team', 'own']),
  inClear: z.boolean(),
});

/** Starts an export; its message leaves with the job. */
export async function startInvitationExport(member: Member, now: Instant): Promise<Job> {
  const { partnerId, dataScope } = member;
  const jobId = newId('job', now);
  const parameters = { dataScope, inClear: isAdmin(member) };
  await transact({
    writes: [
      createJob({
        jobId,
        kind: INVITATION_EXPORT,
        ownerId: partnerId,
        requestedBy: member.id,
        parameters,
        createdAt: now,
      }),
    ],
    events: [event(invitationExportRequested, { jobId, partnerId, requestedAt: now }, now)],
    trace: { after: { jobId, ...parameters } },
  });
  return requireInvitationExport(partnerId, jobId);
}

/** @throws Refusal EXPORT_NOT_FOUND for another partner's too */
export async function requireInvitationExport(partnerId: string, jobId: string): Promise<Job> {
  const job = await loadJob(jobId);
  if (job?.kind !== INVITATION_EXPORT || job.ownerId !== partnerId)
    throw new Refusal(invitationErrors.EXPORT_NOT_FOUND);
  return job;
}

/** Who asked for it and Admin; what is in clear opens to somebody who is Admin now (DEV-193). */
export const mayDownloadInvitations = (member: Member, job: Job): boolean =>
  mayDownload(member, job) && (isAdmin(member) || !exportParameters.parse(job.parameters).inClear);

const isAdmin = ({ owner, roles }: Member): boolean => owner || roles.includes('admin');
