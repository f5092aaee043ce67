/** One declared error: its code is its name, its sentence is for the public. */
export interface ErrorDefinition {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** An error catalogue. Codes are UPPER_SNAKE and defined once, in the area that owns the rule. */
export function defineErrors<const Catalogue extends Record<string, { status: number; message: string }>>(
  catalogue: Catalogue,
): { readonly [Code in keyof Catalogue & string]: ErrorDefinition } {
  const entries = Object.entries(catalogue).map(([code, definition]) => [code, { code, ...definition }]);
  return Object.fromEntries(entries) as { readonly [Code in keyof Catalogue & string]: ErrorDefinition };
}

/** One bad field: `pointer` is a JSON pointer into the body, or `query/…`, `path/…`, `header/…`. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** For rules on single fields: their lists put together name everything that is wrong at once. */
export const faultUnless = (holds: boolean, pointer: string, detail: string): readonly FieldError[] =>
  holds ? [] : [{ pointer, detail }];

/** A declared refusal: nothing was changed. `details` become named members of the problem document. */
export class Refusal extends Error {
  readonly definition: ErrorDefinition;
  readonly details: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldError[];

  constructor(
    definition: ErrorDefinition,
    details: Readonly<Record<string, unknown>> = {},
    fields: readonly FieldError[] = [],
  ) {
    super(`${definition.code}: ${definition.message}`);
    this.name = 'Refusal';
    this.definition = definition;
    this.details = details;
    this.fields = fields;
  }
}

export const sharedErrors = defineErrors({
  INPUT_INVALID: { status: 400, message: 'The request has fields that cannot be accepted.' },
  UNAUTHENTICATED: { status: 401, message: 'The request carries no valid token.' },
  NOT_A_MEMBER: { status: 403, message: 'This identity is not known here.' }, // ORG-57
  MEMBER_LOCKED: { status: 403, message: 'This member is locked.' }, // ORG-10
  SIGN_IN_LOCKED: { status: 403, message: 'This account cannot sign in at present.' }, // CUS-219, CUS-046
  PERMISSION_DENIED: { status: 403, message: 'Your roles do not allow this operation.' }, // ORG-11
  PARTNER_NOT_ENABLED: { status: 403, message: 'The partner has not been enabled for this operation.' }, // ORG-11
  PARTNER_INACTIVE: { status: 403, message: 'The partner is not active.' }, // CUS-004
  NOT_FOUND: { status: 404, message: 'There is no such resource.' },
  CUSTOMER_NOT_FOUND: { status: 404, message: 'There is no such customer.' }, // CUS-055, ORG-18
  PARTNER_NOT_FOUND: { status: 404, message: 'There is no such partner.' },
  VERSION_CONFLICT: { status: 409, message: 'The resource was changed in the meantime; read it again.' }, // spec note 19
  CONCURRENT_CHANGE: { status: 409, message: 'The same thing is being changed by someone else; repeat the request.' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, message: 'This Idempotency-Key was used with another request.' },
  REQUEST_IN_PROGRESS: { status: 409, message: 'A request with this Idempotency-Key is still being processed.' },
  REQUEST_ALREADY_APPLIED: {
    status: 409,
    message: 'A request with this Idempotency-Key was carried out, but its answer was lost; read the resource.',
  },
  CURSOR_INVALID: { status: 400, message: 'The cursor does not belong to this list.' },
  VERIFICATION_REQUIRED: { status: 403, message: 'This operation needs a verification code.' }, // ORG-173
  VERIFICATION_FAILED: { status: 403, message: 'The verification code is not valid for this request.' }, // ORG-174
  TOO_MANY_CODES: { status: 429, message: 'Too many verification codes were requested.' }, // ORG-175
  TOO_MANY_REQUESTS: { status: 429, message: 'Too many requests; try again later.' },
  INTERNAL_ERROR: {
    status: 500,
    message: 'Something went wrong on our side. Quote the request id when you ask about it.',
  },
});

/** RFC 9457. */
export function toProblem(
  definition: ErrorDefinition,
  requestId: string,
  details: Readonly<Record<string, unknown>> = {},
  fields: readonly FieldError[] = [],
) {
  return {
    ...details,
    type: `urn:partner-center:problem:${definition.code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf(definition.code),
    status: definition.status,
    detail: definition.message,
    code: definition.code,
    instance: requestId,
    ...(fields.length > 0 ? { errors: fields } : {}),
  };
}

const titleOf = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
