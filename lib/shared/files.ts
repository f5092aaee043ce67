import type { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchUpload,
  NotFound,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
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

/** Begins a file that is written in parts, over several invocations if need be. @returns the id of the upload */
export async function startUpload(key: string, contentType: string): Promise<string> {
  const answer = await s3.send(
    new CreateMultipartUploadCommand({ Bucket: filesBucket(), Key: key, ContentType: contentType }),
  );
  return answer.UploadId ?? '';
}

/** Writes one part, 5 MB or more unless it is the last; the same number again replaces it. @returns the tag that finishing needs */
export async function uploadPart(key: string, uploadId: string, number: number, body: Uint8Array): Promise<string> {
  const input = { Bucket: filesBucket(), Key: key, UploadId: uploadId, PartNumber: number, Body: body };
  const answer = await s3.send(new UploadPartCommand(input));
  return answer.ETag ?? '';
}

/** Makes the file of its parts; an upload that was finished already stays so. */
export async function finishUpload(key: string, uploadId: string, tags: readonly string[]): Promise<void> {
  const Parts = tags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }));
  const input = { Bucket: filesBucket(), Key: key, UploadId: uploadId, MultipartUpload: { Parts } };
  try {
    await s3.send(new CompleteMultipartUploadCommand(input));
  } catch (error) {
    const finished = error instanceof NoSuchUpload && (await fileSize(key)) !== undefined;
    if (!finished) throw error;
  }
}
