import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { tryInstant } from '#lib/shared/time.ts';
import { resetState } from './kept-state.ts';
import { type LocalStack, startStack } from './stack.ts';
import { StartFailure } from './start-failure.ts';

const USAGE = `npm start -- [options]

  --port <number>  port of the API (4010); the four that follow are taken, too
  --clock <time>   where the clock starts, such as 2024-09-01T00:00:00+08:00
  --keep           keep the state and go on from there at the next start
  --directory <d>  where it is kept (.local)
  --reset          throw the kept state away first
  --help           this page`;

const ROOT = resolve(import.meta.dirname, '..', '..');
const STOP_MS = 30_000;

async function main(): Promise<void> {
  const { values } = options();
  if (values.help) return console.log(USAGE);
  if (values.reset) resetState(values.directory);
  const stack = await startStack({
    port: portOf(values.port),
    clock: clockOf(values.clock),
    directory: values.keep ? values.directory : undefined,
  });
  stopOnSignal(stack);
  const { seed } = await import('./seed.ts'); // loads the areas, which read the environment of the stack
  await print(stack, await seed(stack));
}

function options() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        clock: { type: 'string' },
        keep: { type: 'boolean', default: false },
        directory: { type: 'string', default: resolve(ROOT, '.local') },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_531) throw wrongUsage(`--port ${text} is no port number.`);
  return port;
}

function clockOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const time = tryInstant(text);
  if (time === undefined) throw wrongUsage(`--clock ${text} is no RFC 3339 time with an offset.`);
  return time;
}

const wrongUsage = (sentence: string): StartFailure =>
  new StartFailure('wrong-usage', `${sentence} --help shows the options.`);

/** A signal may come twice, from the terminal and from npm. */
function stopOnSignal(stack: LocalStack): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await stack.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function print(
  { urls, operations, tokenFor, now }: LocalStack,
  personas: readonly { subject: string; who: string }[],
): Promise<void> {
  console.log(`The Partner Center is up with ${operations} operations. Ctrl-C ends it.

  API            ${urls.api}/v1
  API reference  ${urls.api}/docs
  Mail inbox     ${urls.inbox}
  Token issuer   ${urls.issuer}
  Clock          ${urls.api}/local/clock (${now()})
`);
  for (const { subject, who } of personas) console.log(`Token of ${subject}, ${who}:\n${await tokenFor(subject)}\n`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exit(error instanceof StartFailure ? error.exitCode : 1);
}
