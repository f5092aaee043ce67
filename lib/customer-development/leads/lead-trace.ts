import type { Lead } from './lead.ts';

/** What a trace keeps of a lead (DEV-04); personal fields are masked as they are written, free text stays out. */
export const traceOf = (lead: Lead) => ({
  leadId: lead.leadId,
  customerName: lead.customerName,
  email: lead.email,
  mobileNumber: lead.mobileNumber,
  associationType: lead.associationType,
  accountManagerId: lead.accountManagerId,
  status: lead.status,
  expiresAt: lead.expiresAt,
  waivers: lead.waivers,
  decision: lead.review?.decision,
  version: lead.version,
});
