import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { RawAnswer } from '#lib/shared/raw-answer.ts';

/** Beside the code in the archive of the function; in dist/ where the sources run. Written by infra/reference.ts. */
const file = (name: string): string => join(process.env.LAMBDA_TASK_ROOT ?? 'dist', 'reference', name);

/** The page may load its own script and the document, nothing from anywhere else. Redoc writes its styles itself and searches in a worker. */
const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const FIVE_MINUTES = 'public, max-age=300';
const FOR_EVER = 'public, max-age=31536000, immutable';

export async function openApiAnswer(): Promise<RawAnswer> {
  const document = await readFile(file('openapi.json'), 'utf8');
  return new RawAnswer(document, { 'content-type': 'application/json', 'cache-control': FIVE_MINUTES });
}

export async function referencePage(): Promise<RawAnswer> {
  const page = await readFile(file('index.html'), 'utf8');
  return new RawAnswer(page, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': FIVE_MINUTES,
    'content-security-policy': CONTENT_SECURITY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}

/** A script of the page, compressed as it is stored. @throws Refusal NOT_FOUND */
export async function referenceAsset(name: string): Promise<RawAnswer> {
  const content = await readFile(file(`${name}.gz`)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Refusal(sharedErrors.NOT_FOUND);
    throw error;
  });
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'gzip',
    'cache-control': FOR_EVER,
    'x-content-type-options': 'nosniff',
  };
  return new RawAnswer(content.toString('base64'), headers, true);
}
