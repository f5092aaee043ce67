import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '#lib/shared/time.ts';
import { clockRoutes } from './controls.ts';
import { startEngines } from './engines.ts';
import { environmentOf } from './environment.ts';
import { handlersOf, loadFunctions } from './functions.ts';
import { startGateway } from './gateway.ts';
import { startIssuer } from './issuer.ts';
import { keepContents, restoreContents } from './kept-contents.ts';
import { KeptState } from './kept-state.ts';
import { installMovableClock } from './movable-clock.ts';
import { freePort, requireFreePort } from './ports.ts';
import { provision, queueNames } from './provision.ts';
import { createPump, type Pump } from './pump.ts';
import { type JobRun, type Pace, Scheduler } from './scheduler.ts';
import { loadResources, type Resources } from './templates.ts';
import { TimePlayer } from './time-player.ts';

export interface StackOptions {
  /** The API's port; issuer, inbox, queues and tables take the four that follow. Free ones when not given. */
  readonly port?: number;
  /** Where state is kept across restarts; in memory when not given. */
  readonly directory?: string;
  /** Where the clock starts; where it was kept, else now, when not given. */
  readonly clock?: Instant;
}

/** The whole backend on one machine. */
export interface LocalStack {
  readonly urls: { readonly api: string; readonly issuer: string; readonly inbox: string };
  readonly operations: number;
  /** Nothing was kept from an earlier run. */
  readonly fresh: boolean;
  now(): Instant;
  tokenFor(subject: string): Promise<string>;
  /** Plays time forward: every job due in between runs at its time, and what it sets off is worked off before the next. */
  moveClock(to: Instant, pace?: Pace): Promise<JobRun[]>;
  /** Waits until no event or message moves any more. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

const PREFIX = 'local';
const TICK_MS = 1_000;
const LAST_DRAIN_MS = 10_000;

/** Brings everything up, in this process and one child; when a part fails, what has started is ended. @throws StartFailure */
export async function startStack(options: StackOptions = {}): Promise<LocalStack> {
  const resources = loadResources();
  const ports = await choosePorts(options.port);
  await using parts = new AsyncDisposableStack(); // ended in reverse order
  const kept = options.directory === undefined ? undefined : new KeptState(options.directory, resources);
  const clock = installMovableClock(kept?.remembered.clock ?? options.clock);

  const issuer = await startIssuer({ port: ports.issuer, key: kept?.remembered.issuerKey });
  parts.defer(() => issuer.stop());
  parts.defer(() => kept?.close({ clock: clock.now(), issuerKey: issuer.key }));
  const engines = parts.adopt(
    await startEngines({ ports, directory: kept && `${kept.directory}/dynamodb`, longestDelaySeconds: 1 }),
    (each) => each.stop(),
  );
  useEnvironment({
    ...environmentOf(engines.endpoints, {
      prefix: PREFIX,
      issuer: issuer.url,
      mailSender: 'Partner Center <no-reply@partner-center.local>',
    }),
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  await provision(PREFIX, resources);
  if (kept) await bringBack(kept, resources, parts);

  const functions = await loadFunctions();
  const pump = createPump(functions, { redeliverAtOnce: false, batchesAtOnce: 2 });
  parts.defer(() => endPump(pump));
  const scheduler = new Scheduler(handlersOf(functions, 'schedule'), clock.now());
  const player = new TimePlayer(clock, scheduler, () => pump.drain());
  const operations = handlersOf(functions, 'operation');
  const [authorizer] = handlersOf(functions, 'authorizer');
  if (!authorizer) throw new Error('functions/platform/ declares no authorizer');
  const moveClock = (to: Instant, pace?: Pace) => player.moveTo(to, pace);
  const localRoutes = clockRoutes({ now: () => clock.now(), moveClock });
  const gateway = parts.adopt(await startGateway({ port: ports.api, operations, authorizer, localRoutes }), (each) =>
    each.stop(),
  );
  pump.start();
  parts.adopt(startTicking(player), (stop) => stop());
  if (options.clock !== undefined) await moveClock(options.clock);

  const running = parts.move();
  return {
    urls: { api: gateway.url, issuer: issuer.url, inbox: engines.endpoints.mail },
    operations: operations.length,
    fresh: kept?.fresh ?? true,
    now: () => clock.now(),
    tokenFor: (subject) => issuer.tokenFor(subject),
    moveClock,
    drain: () => pump.drain(),
    stop: () => running.disposeAsync(),
  };
}

async function choosePorts(first: number | undefined) {
  if (first === undefined) return { api: 0, issuer: 0, mail: 0, aws: 0, dynamodb: await freePort() };
  const ports = { api: first, issuer: first + 1, mail: first + 2, aws: first + 3, dynamodb: first + 4 };
  await requireFreePort(ports.api, 'the API');
  await requireFreePort(ports.issuer, 'the token issuer');
  await requireFreePort(ports.mail, 'the mail inbox');
  await requireFreePort(ports.aws, 'queues and files');
  await requireFreePort(ports.dynamodb, 'DynamoDB Local');
  return ports;
}

/** Handlers run in this process and read it as they would on Lambda. */
function useEnvironment(environment: Record<string, string>): void {
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'WARN', ...process.env, ...environment });
}

async function bringBack(kept: KeptState, resources: Resources, parts: AsyncDisposableStack): Promise<void> {
  await restoreContents(kept.directory);
  parts.defer(() => keepContents(kept.directory, queueNames(PREFIX, resources)));
}

/** What is on its way arrives, unless it takes too long; what is left stays in its queue. */
async function endPump(pump: Pump): Promise<void> {
  await Promise.race([pump.drain(), sleep(LAST_DRAIN_MS, undefined, { ref: false })]);
  await pump.stop();
}

/** Jobs become due with time itself, too. @returns what ends it */
function startTicking(player: TimePlayer): () => void {
  const timer = setInterval(() => void player.tick(), TICK_MS);
  return () => clearInterval(timer);
}
