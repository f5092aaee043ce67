/** How the documents begin that partners may hand in. */
const SIGNATURES = {
  'application/pdf': '%PDF-',
  'image/png': '\x89PNG\r\n\x1a\n',
  'image/jpeg': '\xff\xd8\xff',
} as const;
export type AttachmentType = keyof typeof SIGNATURES;

/** By its first bytes: what a client calls a file says nothing. */
export function typeOf(body: Uint8Array): AttachmentType | undefined {
  const start = Buffer.from(body.subarray(0, 8)).toString('latin1');
  for (const [type, signature] of Object.entries(SIGNATURES))
    if (start.startsWith(signature)) return type as AttachmentType;
  return undefined;
}
