import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { tryInstant } from '#lib/shared/time.ts';
import { command, optionsOf, portOf, stopOnSignal, wrongUsage } from './command.ts';
import { resetState } from './kept-state.ts';
import { type LocalStack, startStack } from './stack.ts';

const USAGE = `npm start -- [options]

  --port <number>  port of the API (4010); the six that follow are taken, too
  --clock <time>   where the clock starts, such as 2024-09-01T00:00:00+08:00
  --portal <url>   where the portal runs: links lead there, and its origin may call the API
  --keep           keep the state and go on from there at the next start
  --directory <d>  where it is kept (.local)
  --reset          throw the kept state away first
  --help           this page`;

const ROOT = resolve(import.meta.dirname, '..', '..');

async function main(): Promise<void> {
  const { values } = options();
  if (values.help) return console.log(USAGE);
  if (values.reset) resetState(values.directory);
  const stack = await startStack({
    port: portOf(values.port),
    clock: clockOf(values.clock),
    portal: portalOf(values.portal),
    directory: values.keep ? values.directory : undefined,
  });
  stopOnSignal(stack);
  const { seed } = await import('./seed.ts'); // loads the areas, which read the environment of the stack
  await print(stack, await seed(stack));
}

const options = () =>
  optionsOf(() =>
    parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        clock: { type: 'string' },
        portal: { type: 'string' },
        keep: { type: 'boolean', default: false },
        directory: { type: 'string', default: resolve(ROOT, '.local') },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }),
  );

function clockOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const time = tryInstant(text);
  if (time === undefined) throw wrongUsage(`--clock ${text} is no RFC 3339 time with an offset.`);
  return time;
}

/** Links are its URL with a path behind it. */
function portalOf(text: string | undefined) {
  if (text === undefined) return undefined;
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw wrongUsage(`--portal ${text} is no URL of a web page.`);
  return text.replace(/\/$/, '');
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
  Platform       ${urls.platform} (simulated account registry)
  Card processor ${urls.payments} (simulated; test cards in docs/payment-port.md)
  Clock          ${urls.api}/local/clock (${now()})
`);
  for (const { subject, who } of personas) console.log(`Token of ${subject}, ${who}:\n${await tokenFor(subject)}\n`);
}

await command(main);
