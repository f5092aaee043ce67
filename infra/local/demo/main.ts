import { parseArgs } from 'node:util';
import { instant } from '#lib/shared/time.ts';
import { seed } from '../seed.ts';
import { type LocalStack, startStack } from '../stack.ts';
import { StartFailure } from '../start-failure.ts';
import { setTheStage } from './cast.ts';
import { factsOf } from './facts.ts';
import { playTheMonth } from './play.ts';
import { progressOn } from './progress.ts';
import { report } from './report.ts';
import { readUsageFile } from './usage-file.ts';

const START = instant('2024-08-31T22:00:00+08:00');

/** The main job: a month of real usage, from budget to bill, on this machine. @returns whether every sum was exact */
async function demo(stack: LocalStack): Promise<boolean> {
  const file = readUsageFile();
  await seed(stack);
  console.log(`A month of real usage: ${file.lines} lines of ${file.accounts.length} accounts, September 2024.`);
  const cast = await setTheStage(stack, file);
  await playTheMonth(stack, cast, file, progressOn(process.stdout));
  const { text, exact } = report(await factsOf(cast), file);
  console.log(`\n${text}\n`);
  return exact;
}

async function sayWhereToLook(stack: LocalStack): Promise<void> {
  const { api, inbox } = stack.urls;
  console.log(`Look around (Ctrl-C ends it):

  Mail inbox     ${inbox}
  API reference  ${api}/docs
  Try it         TOKEN=$(cat .local/demo-token)
                 curl -s -H "Authorization: Bearer $TOKEN" ${api}/v1/bills | head -c 600
`);
}

const { values } = parseArgs({
  options: { exit: { type: 'boolean', default: false }, port: { type: 'string', default: '4010' } },
});
try {
  const stack = await startStack({ port: Number(values.port), clock: START });
  const exact = await demo(stack);
  if (values.exit) {
    await stack.stop();
    process.exit(exact ? 0 : 1);
  }
  await sayWhereToLook(stack);
} catch (error) {
  console.error(error instanceof StartFailure ? error.message : error);
  process.exit(error instanceof StartFailure ? error.exitCode : 1);
}
