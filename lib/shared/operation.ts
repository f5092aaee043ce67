import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda';
import type * as z from 'zod';
import type { TraceName } from '#events/audit.ts';
import { type Actor, type ActorKind, type Customer, type Member, SYSTEM } from './actor.ts';
import { type Call, inCall } from './call.ts';
import { clock } from './clock.ts';
import type { CriticalOperation } from './critical.ts';
import type { ErrorDefinition } from './errors.ts';
import type { Permission } from './permissions.ts';
import type { Route } from './route.ts';
import type { PartnerGrant, PartnerStanding, PartnerType } from './standing.ts';
import { caller } from './steps/caller.ts';
import { check } from './steps/check.ts';
import { code } from './steps/code.ts';
import { idempotencyKey } from './steps/idempotency-key.ts';
import { input } from './steps/input.ts';
import { partnerGrant } from './steps/partner-grant.ts';
import { permission } from './steps/permission.ts';
import { problem } from './steps/problem.ts';
import { run } from './steps/run.ts';
import { scope } from './steps/scope.ts';
import type { Instant } from './time.ts';

/** Whose resource a path names. `load` answers `undefined` for a stranger's, so that it cannot be told from a missing one (CUS-055, ORG-18). */
export interface Scope<Resource> {
  readonly name: string;
  readonly parameter: string;
  readonly notFound: ErrorDefinition;
  load(actor: Actor, id: string, options: { consistent: boolean }): Promise<Resource | undefined>;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What `run` gets: parsed, permitted, in scope. */
export interface Input<Path, Query, Body, Resource> {
  readonly path: Parsed<Path>;
  readonly query: Parsed<Query>;
  readonly body: Parsed<Body>;
  readonly actor: Actor;
  /** The acting member; reading it in an operation that others may call is a defect. */
  readonly member: Member;
  /** The acting customer; likewise. */
  readonly customer: Customer;
  /** The acting member's partner, loaded for changes and where the declaration asks for it. */
  readonly standing: PartnerStanding;
  readonly resource: Resource;
  readonly now: Instant;
}

/** One operation: the function map, OpenAPI, the permission matrix, the list of critical operations and the audit names come from it. */
export interface OperationDefinition<
  Path extends z.ZodType | undefined = z.ZodType | undefined,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Resource = unknown,
> {
  readonly name: string;
  readonly summary: string;
  /** Rule ids that the operation carries. */
  readonly rules: string;
  readonly route: Route;
  readonly actors: readonly ActorKind[] | 'anyone';
  /** What a member needs (ORG-12); other actors are admitted by `actors` alone. */
  readonly permission?: Permission;
  readonly partnerTypes?: { readonly types: readonly PartnerType[]; readonly error: ErrorDefinition };
  readonly scope?: Scope<Resource>;
  /** The partner's own right, the second of the two grants of ORG-11; with an `error` that tells more than PARTNER_NOT_ENABLED. */
  readonly partnerGrant?: PartnerGrant | { readonly grant: PartnerGrant; readonly error: ErrorDefinition };
  /** Key of the registry of ORG-178; a function where the body or the resource decides. */
  readonly critical?:
    | CriticalOperation
    | {
        readonly keys: readonly CriticalOperation[];
        choose(
          input: Input<Path, Query, Body, Resource>,
        ): CriticalOperation | undefined | Promise<CriticalOperation | undefined>;
      };
  /** A read that leaves a trace all the same (CUS-049). */
  readonly traced?: boolean;
  /** ORD-152: the name in the customer's own trace service, which shows refusals and faults too (ORD-156). */
  readonly customerTrace?: TraceName;
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly response: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  readonly timeoutSeconds?: number;
  readonly errors: readonly ErrorDefinition[];
  /** Rules about the input that are judged before a code is asked for (ORG-173); `run` judges them again with what it decides on. */
  check?(input: Input<Path, Query, Body, Resource>): void | Promise<void>;
  run(input: Input<Path, Query, Body, Resource>): Promise<unknown>;
}

export type HttpEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<{ subject?: string } | undefined>;
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** What the steps hand on to each other; each field is set once, by the step named. */
export interface Exchange {
  readonly call: Call;
  actor?: Actor; // caller
  standing?: PartnerStanding; // permission
  resource?: unknown; // scope
  path?: unknown; // input
  query?: unknown;
  body?: unknown;
  requestDigest?: string;
  claim?: { readonly key: string; readonly id: string }; // idempotencyKey
}

export type OperationEvent = HttpEvent & { readonly exchange: Exchange };
export type Step = middy.MiddlewareObj<OperationEvent, HttpResult, Error, Context>;

export interface OperationHandler {
  (event: HttpEvent, context?: Context): Promise<HttpResult>;
  readonly definition: OperationDefinition & { readonly kind: 'operation' };
}

/**
 * Builds the Lambda handler of one operation. The order of the steps is that of ORG-173: nothing is parsed, looked up or asked for
 * before the caller may know about it. A refusal at any step becomes a problem document and leaves a trace.
 */
export function operation<
  Path extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Resource = undefined,
>(declared: OperationDefinition<Path, Query, Body, Resource>): OperationHandler {
  const definition = declared as unknown as OperationDefinition;
  const chain = middy<OperationEvent, HttpResult, Error, Context>()
    .use(problem(definition)) // first, because onError runs from the last attached to the first
    .use(caller(definition))
    .use(permission(definition))
    .use(scope(definition))
    .use(partnerGrant(definition))
    .use(input(definition))
    .use(idempotencyKey(definition))
    .use(check(definition))
    .use(code(definition))
    .handler((event: OperationEvent) => run(definition, event.exchange));

  const handler = async (event: HttpEvent, context?: Context): Promise<HttpResult> => {
    const call: Call = {
      operation: definition.name,
      requestId: event.requestContext.requestId,
      now: clock.now(),
      actor: SYSTEM,
      sourceIp: event.requestContext.http.sourceIp,
    };
    return inCall(call, () => chain({ ...event, exchange: { call } }, (context ?? {}) as Context));
  };
  return Object.assign(handler, { definition: { ...definition, kind: 'operation' as const } });
}
