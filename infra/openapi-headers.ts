import type { JsonSchema } from './openapi-schemas.ts';

const text = (description: string, example: string): JsonSchema => ({
  description,
  schema: { type: 'string' },
  example,
});

/** Headers of answers, beside those of their content. */
export const HEADERS = {
  RequestId: text('Names this request in the log; quote it when you ask about an answer.', 'JKJaXmPLvHcESHA='),
  ETag: text('Version of the resource, for `If-Match`.', '"7"'),
  IdempotentReplayed: text('`true` when an earlier answer to the same `Idempotency-Key` is repeated.', 'true'),
  RetryAfter: { description: 'Seconds after which a repeat can succeed.', schema: { type: 'integer' }, example: 60 },
};

const header = (name: string, description: string, example: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
  example,
});

/** Headers of requests that the steps of an operation read (lib/shared/steps/). */
export const PARAMETERS = {
  IdempotencyKey: header(
    'Idempotency-Key',
    '1 to 128 visible ASCII characters, kept for 24 hours.',
    '6f1c1f0e-5d5e-4f0c-8a43-0d8f1d8f6a11',
  ),
  IfMatch: header('If-Match', 'The version that was read; says the same as `expectedVersion`.', '"7"'),
  VerificationChallenge: header(
    'Verification-Challenge',
    'The challenge that the refusal named.',
    'chl_01j8z3k4m5n6p7q8r9s0t1v2w3',
  ),
  VerificationCode: header('Verification-Code', 'The six digits that were sent for this challenge.', '428190'),
};
