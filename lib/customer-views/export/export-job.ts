import * as z from 'zod';
import { customerExportRequested } from '#events/customers.ts';
import { isVisible, loadCustomers } from '#lib/customers/index.ts';
import { requireSeenGroup } from '#lib/groups/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { createJob, type Job, loadJob } from '#lib/shared/job.ts';
import { event } from '#lib/shared/outbox.ts';
import { PARTNER_TYPES, type PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { queryErrors } from '../errors.ts';
import { customerFilter } from '../query-filter.ts';

export const CUSTOMER_EXPORT = 'customer-export';

/** CUS-249: the rows selected, or all of a query. */
export const customerExportWish = z.object({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  scope: z.enum(['own', 'resellers']).default('own'),
  filter: customerFilter.default({}),
  customerIds: z
    .array(z.string())
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'The rows selected on a page; without it everything that the filter finds is exported' }),
});
export type CustomerExportWish = z.output<typeof customerExportWish>;

export const exportParameters = customerExportWish.extend({ partnerType: z.enum(PARTNER_TYPES) });

/** CUS-003. @throws Refusal CUSTOMER_EXPORT_ADMIN_ONLY */
export function requireExporter(member: Member): void {
  if (!member.permissions.has('customer.export')) throw new Refusal(queryErrors.CUSTOMER_EXPORT_ADMIN_ONLY);
}

/** Starts an export; its message leaves with the job. @throws Refusal CUSTOMER_EXPORT_ADMIN_ONLY, CUSTOMER_NOT_FOUND, GROUP_NOT_FOUND */
export async function startCustomerExport(
  member: Member,
  { type }: PartnerStanding,
  wish: CustomerExportWish,
  now: Instant,
): Promise<Job> {
  requireExporter(member);
  if (wish.filter.groupId !== undefined) await requireSeenGroup(member, wish.filter.groupId);
  if (wish.customerIds) await requireVisible(member, wish.customerIds);
  const { partnerId } = member;
  const jobId = newId('job', now);
  const parameters = { ...wish, partnerType: type };
  const job = { jobId, kind: CUSTOMER_EXPORT, ownerId: partnerId, requestedBy: member.id, parameters, createdAt: now };
  await transact({
    writes: [createJob(job)],
    events: [event(customerExportRequested, { jobId, partnerId, requestedAt: now }, now)],
    trace: { after: { jobId, ...parameters } },
  });
  return requireCustomerExport(member, jobId);
}

/** @throws Refusal CUSTOMER_EXPORT_ADMIN_ONLY (CUS-251), EXPORT_NOT_FOUND for another partner's too */
export async function requireCustomerExport(member: Member, jobId: string): Promise<Job> {
  requireExporter(member);
  const job = await loadJob(jobId);
  if (job?.kind !== CUSTOMER_EXPORT || job.ownerId !== member.partnerId)
    throw new Refusal(queryErrors.EXPORT_NOT_FOUND);
  return job;
}

async function requireVisible(member: Member, customerIds: readonly string[]): Promise<void> {
  const distinct = [...new Set(customerIds)];
  const customers = await loadCustomers(distinct);
  const visible = await Promise.all(customers.map((customer) => isVisible(member, customer)));
  if (customers.length !== distinct.length || visible.includes(false))
    throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
}
