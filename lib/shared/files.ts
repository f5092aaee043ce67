import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { filesBucket } from './resources.ts';

const s3 = new S3Client({ maxAttempts: 6, requestChecksumCalculation: 'WHEN_REQUIRED' });

const DOWNLOAD_SECONDS = 600; // spec note 14: a download link lives 10 minutes
const UPLOAD_SECONDS = 3_600;

export const uploadUrl = (key: string): Promise<string> =>
  getSignedUrl(s3, new PutObjectCommand({ Bucket: filesBucket(), Key: key }), { expiresIn: UPLOAD_SECONDS });

/** A link to a stored file that offers it under `fileName`. */
export const downloadUrl = (key: string, fileName: string): Promise<string> =>
  getSignedUrl(
    s3,
    new GetObjectCommand({
      Bucket: filesBucket(),
      Key: key,
      ResponseContentDisposition: `attachment; filename="${fileName}"`,
    }),
    { expiresIn: DOWNLOAD_SECONDS },
  );

/** Size in bytes; `undefined` when nothing was uploaded. */
export async function fileSize(key: string): Promise<number | undefined> {
  try {
    const answer = await s3.send(new HeadObjectCommand({ Bucket: filesBucket(), Key: key }));
    return answer.ContentLength ?? 0;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** The file as a stream from a byte offset on. */
export async function readFile(key: string, fromByte = 0): Promise<Readable> {
  const answer = await s3.send(
    new GetObjectCommand({ Bucket: filesBucket(), Key: key, Range: fromByte > 0 ? `bytes=${fromByte}-` : undefined }),
  );
  return answer.Body as Readable;
}

/** Writes a whole file; the same key and content again changes nothing. */
export async function writeFile(key: string, body: Uint8Array | string, contentType: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: filesBucket(), Key: key, Body: body, ContentType: contentType }));
}
