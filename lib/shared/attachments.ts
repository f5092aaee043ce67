import type { Readable } from 'node:stream';
import { type AttachmentType, typeOf } from './attachment-type.ts';
import { newId } from './ids.ts';
import type { Instant } from './time.ts';

/** A document that a partner handed in: proof of a transfer, certificate, scan. */
export interface Attachment {
  readonly fileKey: string;
  readonly contentType: AttachmentType;
  readonly bytes: number;
}

const MAX_ATTACHMENT_BYTES = 10_000_000;

const ENDINGS: Readonly<Record<AttachmentType, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

// The client of files is loaded where a document is handled: most operations of an area handle none.

/** A place to upload a document to (PUT, within an hour). Only its partner can hand it in, because the place lies in the partner's folder. */
export async function requestUpload(partnerId: string, now: Instant): Promise<{ uploadId: string; uploadUrl: string }> {
  const { uploadUrl } = await import('./files.ts');
  const uploadId = newId('upl', now);
  return { uploadId, uploadUrl: await uploadUrl(uploadKey(partnerId, uploadId)) };
}

/**
 * Keeps what was uploaded under `fileKey`, where its uploader cannot replace it any more.
 * @returns `missing` when nothing was uploaded, `unfit` when it is empty, too large or neither PDF, PNG nor JPEG
 */
export async function keepUpload(
  partnerId: string,
  uploadId: string,
  fileKey: `attachments/${string}`,
): Promise<Attachment | 'missing' | 'unfit'> {
  if (!UPLOAD_ID.test(uploadId)) return 'missing';
  const { fileSize, readFile, writeFile } = await import('./files.ts');
  const place = uploadKey(partnerId, uploadId);
  const bytes = await fileSize(place);
  if (bytes === undefined) return 'missing';
  if (bytes === 0 || bytes > MAX_ATTACHMENT_BYTES) return 'unfit';
  const body = await wholeOf(await readFile(place));
  const contentType = typeOf(body);
  if (contentType === undefined || body.length > MAX_ATTACHMENT_BYTES) return 'unfit';
  await writeFile(fileKey, body, contentType);
  return { fileKey, contentType, bytes: body.length };
}

/** A link to the document, which offers it as a file called `name`. */
export async function attachmentUrl({ fileKey, contentType }: Attachment, name: string): Promise<string> {
  const { downloadUrl } = await import('./files.ts');
  return downloadUrl(fileKey, `${name}.${ENDINGS[contentType]}`);
}

/** What this service gave out: nothing that could lead to another folder. */
const UPLOAD_ID = /^upl_[0-9a-z]+$/;
const uploadKey = (partnerId: string, uploadId: string): string => `uploads/${partnerId}/${uploadId}`;

async function wholeOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
