import { type Attachment, keepUpload } from '#lib/shared/attachments.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { invoiceErrors } from './errors.ts';

/** Keeps what was uploaded beside what it belongs to. @throws Refusal ATTACHMENT_REQUIRED, ATTACHMENT_INVALID */
export async function attach(owner: string, uploadId: string | undefined, name: string): Promise<Attachment> {
  const kept = uploadId === undefined ? 'missing' : await keepUpload(owner, uploadId, `attachments/invoices/${name}`);
  if (kept === 'missing') throw new Refusal(invoiceErrors.ATTACHMENT_REQUIRED);
  if (kept === 'unfit') throw new Refusal(invoiceErrors.ATTACHMENT_INVALID);
  return kept;
}
