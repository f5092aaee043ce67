import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { instant } from '#lib/shared/time.ts';
import { command, optionsOf, portOf, stopOnSignal } from '../command.ts';
import { type LocalStack, startStack } from '../stack.ts';
import { PARTNERS } from './plan.ts';
import { progressOn } from './progress.ts';
import { readUsageFile } from './usage-file.ts';

const USAGE = `npm run demo -- [options]

  --exit           end after the report instead of staying up
  --port <number>  port of the API (4010); the six that follow are taken, too
  --help           this page`;

const START = instant('2024-08-31T22:00:00+08:00');
const TOKENS = resolve(import.meta.dirname, '..', '..', '..', '.demo', 'tokens');

async function main(): Promise<void> {
  const { values } = options();
  if (values.help) return console.log(USAGE);
  const stack = await startStack({ port: portOf(values.port), clock: START });
  stopOnSignal(stack);
  const exact = await playAndReport(stack);
  if (values.exit) {
    await stack.stop();
    process.exit(exact ? 0 : 1);
  }
  await sayWhereToLook(stack);
}

const options = () =>
  optionsOf(() =>
    parseArgs({
      options: {
        exit: { type: 'boolean', default: false },
        port: { type: 'string', default: '4010' },
        help: { type: 'boolean', default: false },
      },
    }),
  );

/** The main job: a month of real usage, from budget to bill. @returns whether every sum equals the file's */
async function playAndReport(stack: LocalStack): Promise<boolean> {
  const file = readUsageFile();
  console.log(`A month of real usage: ${file.lines} lines of ${file.accounts.length} accounts, September 2024.`);
  // Loaded now, because the areas read the environment that the stack has set.
  const [{ setTheStage }, { playTheLeads }, money, { playTheMonth }, { factsOf }, { report }, { createFirstOperator }] =
    await Promise.all([
      import('./cast.ts'),
      import('./leads.ts'),
      import('./money.ts'),
      import('./play.ts'),
      import('./facts.ts'),
      import('./report.ts'),
      import('../seed.ts'),
    ]);
  await createFirstOperator(stack);
  const cast = await setTheStage(stack, file);
  await money.arrangeMoney(cast);
  const leads = await playTheLeads(stack, cast);
  await playTheMonth(stack, cast, file, progressOn(process.stdout));
  await money.transferWhatIsDue(cast);
  await stack.drain();
  await money.keepInvoices(cast);
  const { text, exact } = report(await factsOf(cast, leads), file);
  console.log(`\n${text}\n`);
  return exact;
}

async function sayWhereToLook(stack: LocalStack): Promise<void> {
  const { api, inbox } = stack.urls;
  mkdirSync(TOKENS, { recursive: true });
  const subjects = ['operator', ...PARTNERS.map(({ key }) => `owner-${key}`)];
  for (const subject of subjects) writeFileSync(join(TOKENS, subject), await stack.tokenFor(subject), { mode: 0o600 });
  console.log(`The stack stays up; Ctrl-C ends it.

  Mail inbox     ${inbox}
  API reference  ${api}/docs
  Invoices       .demo/files/: each as PDF and as UBL 2.1
  Tokens         .demo/tokens/: ${subjects.join(', ')}
  Try it         curl -s -H "Authorization: Bearer $(cat .demo/tokens/owner-sunbird)" ${api}/v1/bills
`);
}

await command(main);
