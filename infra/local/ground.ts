import type { Instant } from '#lib/shared/time.ts';
import { type Endpoints, startEngines } from './engines.ts';
import { environmentOf } from './environment.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { keepAccounts, keepContents, restoreAccounts, restoreContents } from './kept-contents.ts';
import { KeptState } from './kept-state.ts';
import { installMovableClock, type MovableClock } from './movable-clock.ts';
import { type PaymentEngine, postTo, startPayments } from './payment-engine.ts';
import { type PlatformEngine, startPlatform } from './platform-engine.ts';
import { freePort, LOOPBACK, requireFreePort } from './ports.ts';
import { provision, queueNames } from './provision.ts';
import { loadResources } from './templates.ts';

export interface GroundOptions {
  /** The API's port; issuer, inbox, queues, tables, the platform and the card processor take the six that follow. Free ones when not given. */
  readonly port?: number;
  /** Where state is kept across restarts; in memory when not given. */
  readonly directory?: string;
  /** Links in mails lead there, and its scripts may call the API; the API itself when not given. */
  readonly portal?: string;
  /** Where the clock starts; where it was kept, else now, when not given. */
  readonly clock?: Instant;
}

/** What the functions stand on: engines with their resources, issuer, clock. */
export interface Ground {
  readonly apiPort: number;
  readonly portal: string;
  readonly endpoints: Endpoints;
  readonly platform: PlatformEngine;
  readonly payments: PaymentEngine;
  readonly issuer: Issuer;
  readonly clock: MovableClock;
  readonly fresh: boolean;
  /** Writes down where the clock stands, if state is kept. */
  remember(): void;
}

const PREFIX = 'local';
const MAIL_SENDER = 'Partner Center <no-reply@partner-center.local>';

/** Starts it all and sets the environment that handlers read; `parts` ends what was started. @throws StartFailure */
export async function startGround(options: GroundOptions, parts: AsyncDisposableStack): Promise<Ground> {
  const resources = loadResources();
  const ports = await choosePorts(options.port);
  const kept = options.directory === undefined ? undefined : new KeptState(options.directory, resources);
  parts.defer(() => kept?.release());
  const clock = installMovableClock(kept?.remembered.clock ?? options.clock);

  const issuer = await startIssuer({ port: ports.issuer, key: kept?.remembered.issuerKey });
  parts.defer(() => issuer.stop());
  const engines = await startEngines({ ports, directory: kept?.tables, longestDelaySeconds: 1 });
  parts.defer(() => engines.stop());
  const platform = await startPlatform({ port: ports.platform, accounts: kept && restoreAccounts(kept.directory) });
  parts.defer(() => platform.stop());
  if (kept) parts.defer(() => keepAccounts(kept.directory, platform.contents()));
  const payments = await startPayments({
    port: ports.payments,
    notify: postTo(`http://${LOOPBACK}:${ports.api}/v1/payment-notifications`),
  });
  parts.defer(() => payments.stop());
  const portal = options.portal ?? `http://${LOOPBACK}:${ports.api}/v1`;
  const names = {
    prefix: PREFIX,
    issuer: issuer.url,
    platform: platform.url,
    payments: payments.url,
    portal,
    mailSender: MAIL_SENDER,
  };
  Object.assign(process.env, environmentOf(engines.endpoints, names));
  await provision(PREFIX, resources);
  if (kept) {
    await restoreContents(kept.directory);
    parts.defer(() => keepContents(kept.directory, queueNames(PREFIX, resources)));
  }
  return {
    apiPort: ports.api,
    portal,
    endpoints: engines.endpoints,
    platform,
    payments,
    issuer,
    clock,
    fresh: kept?.fresh ?? true,
    remember: () => kept?.remember({ clock: clock.now(), issuerKey: issuer.key }),
  };
}

async function choosePorts(first: number | undefined) {
  if (first === undefined)
    return { api: await freePort(), issuer: 0, mail: 0, aws: 0, dynamodb: await freePort(), platform: 0, payments: 0 };
  const ports = {
    api: first,
    issuer: first + 1,
    mail: first + 2,
    aws: first + 3,
    dynamodb: first + 4,
    platform: first + 5,
    payments: first + 6,
  };
  await requireFreePort(ports.api, 'the API');
  await requireFreePort(ports.issuer, 'the token issuer');
  await requireFreePort(ports.mail, 'the mail inbox');
  await requireFreePort(ports.aws, 'queues and files');
  await requireFreePort(ports.dynamodb, 'DynamoDB Local');
  await requireFreePort(ports.platform, 'the simulated platform');
  await requireFreePort(ports.payments, 'the simulated card processor');
  return ports;
}
