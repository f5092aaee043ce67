import type { OperationHandler } from '#lib/shared/operation.ts';
import { PARAMETERS } from './openapi-headers.ts';

/** What a browser may do from the portal's origin; the gateway's template and the local gateway follow it. */
export interface CrossOriginRules {
  readonly methods: readonly string[];
  readonly requestHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds: number;
}

/** Headers of answers that a script may read beside the few that it always may. */
const EXPOSED = [
  'content-disposition',
  'etag',
  'idempotent-replayed',
  'retry-after',
  'www-authenticate',
  'x-request-id',
];

export const crossOriginRules = (operations: readonly OperationHandler[]): CrossOriginRules => ({
  methods: [...new Set(operations.map(({ definition }) => definition.route.split(' ')[0] ?? ''))].sort(),
  requestHeaders: [
    'authorization',
    'content-type',
    ...Object.values(PARAMETERS).map(({ name }) => name.toLowerCase()),
  ].sort(),
  exposedHeaders: EXPOSED,
  maxAgeSeconds: 3_600, // browsers keep it for two hours at most
});

/** `https://host` of the portal's URL, which may have a path. */
const portalPart = (index: number): object => ({ 'Fn::Select': [index, { 'Fn::Split': ['/', { Ref: 'PortalUrl' }] }] });
const PORTAL_ORIGIN = { 'Fn::Join': ['//', [portalPart(0), portalPart(2)]] };

/** As CloudFormation takes it. No cookies: who calls is said by the token alone. */
export const corsConfiguration = ({
  methods,
  requestHeaders,
  exposedHeaders,
  maxAgeSeconds,
}: CrossOriginRules): object => ({
  AllowOrigins: [PORTAL_ORIGIN],
  AllowMethods: methods,
  AllowHeaders: requestHeaders,
  ExposeHeaders: exposedHeaders,
  MaxAge: maxAgeSeconds,
});

/** Files go to and from the bucket by signed addresses. */
export const filesCorsConfiguration = ({ maxAgeSeconds }: CrossOriginRules): object => ({
  CorsRules: [
    {
      AllowedOrigins: [PORTAL_ORIGIN],
      AllowedMethods: ['GET', 'PUT'],
      AllowedHeaders: ['content-type'],
      MaxAge: maxAgeSeconds,
    },
  ],
});
