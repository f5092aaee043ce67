import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '#lib/shared/time.ts';
import { clockRoutes } from './controls.ts';
import { type DeclaredFunction, handlersOf, loadFunctions } from './functions.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { type Ground, type GroundOptions, startGround } from './ground.ts';
import { createPump, type Pump } from './pump.ts';
import { type JobRun, type Pace, Scheduler } from './scheduler.ts';
import { TimePlayer } from './time-player.ts';

/** The whole backend on one machine. */
export interface LocalStack {
  readonly urls: {
    readonly api: string;
    readonly issuer: string;
    readonly inbox: string;
    readonly platform: string;
    readonly payments: string;
  };
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

const TICK_MS = 1_000;
const LAST_DRAIN_MS = 10_000;

/** Brings everything up, in this process and one child; when a part fails, what has started is ended. @throws StartFailure */
export async function startStack(options: GroundOptions = {}): Promise<LocalStack> {
  await using parts = new AsyncDisposableStack(); // ended in reverse order
  const loading = loadHandlers();
  const ground = await startGround(options, parts);
  const { clock, issuer, endpoints, platform, payments, fresh } = ground;

  const functions = await loading;
  const pump = createPump(functions, { redeliverAtOnce: false, batchesAtOnce: 2 });
  parts.defer(() => endPump(pump));
  const player = new TimePlayer(clock, new Scheduler(handlersOf(functions, 'schedule'), clock.now()), () =>
    pump.drain(),
  );
  const gateway = await serve(functions, ground, player);
  parts.defer(() => gateway.stop());
  pump.start();
  parts.adopt(startTicking(player, ground), (stop) => stop());
  if (options.clock !== undefined) await player.moveTo(options.clock);

  const running = parts.move();
  return {
    urls: {
      api: gateway.url,
      issuer: issuer.url,
      inbox: endpoints.mail,
      platform: platform.url,
      payments: payments.url,
    },
    operations: handlersOf(functions, 'operation').length,
    fresh,
    now: () => clock.now(),
    tokenFor: (subject) => issuer.tokenFor(subject),
    moveClock: (to, pace) => player.moveTo(to, pace),
    drain: () => pump.drain(),
    stop: () => running.disposeAsync(),
  };
}

/** Loads the functions while the engines start; the logger reads its level when it is loaded. */
function loadHandlers(): Promise<DeclaredFunction[]> {
  process.env.POWERTOOLS_LOG_LEVEL ??= 'WARN';
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const loading = loadFunctions();
  loading.catch(() => undefined); // told to the one who awaits it, once the engines are up
  return loading;
}

function serve(functions: readonly DeclaredFunction[], ground: Ground, player: TimePlayer): Promise<Gateway> {
  const [authorizer] = handlersOf(functions, 'authorizer');
  if (!authorizer) throw new Error('functions/platform/ declares no authorizer');
  const localRoutes = clockRoutes({ now: () => ground.clock.now(), moveClock: (to, pace) => player.moveTo(to, pace) });
  return startGateway({
    port: ground.apiPort,
    operations: handlersOf(functions, 'operation'),
    authorizer,
    portal: ground.portal,
    localRoutes,
  });
}

/** What is on its way arrives, unless it takes too long; what is left stays in its queue. */
async function endPump(pump: Pump): Promise<void> {
  await Promise.race([pump.drain(), sleep(LAST_DRAIN_MS, undefined, { ref: false })]);
  await pump.stop();
}

/** Jobs become due with time itself, too. @returns what ends it */
function startTicking(player: TimePlayer, ground: Ground): () => void {
  const tick = async (): Promise<void> => {
    try {
      await player.tick();
      ground.remember();
    } catch (error) {
      console.error('the local scheduler goes on after:', error);
    }
  };
  const timer = setInterval(tick, TICK_MS);
  return () => {
    clearInterval(timer);
    ground.remember();
  };
}
