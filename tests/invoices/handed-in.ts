import { expect } from 'vitest';
import { handler as prepareAttachment } from '../../functions/invoices/prepare-invoice-attachment.ts';
import { type Caller, invoke } from '../support/index.ts';

/** Uploads a document as a member's browser does. @returns its id */
export async function anAttachment(caller: Caller, content = '%PDF-1.7 a scan'): Promise<string> {
  const { body } = await invoke(prepareAttachment, { as: caller });
  expect((await fetch(body.uploadUrl, { method: 'PUT', body: content })).status).toBe(200);
  return body.attachmentId;
}
