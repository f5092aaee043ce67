import { parseArgs } from 'node:util';
import { osls, packageAll } from './package.ts';

/** Deploys every area's stack as it was packaged just now, the platform first; stops at the first that fails (docs/runbooks/deploy.md). */
const { values } = parseArgs({ options: { stage: { type: 'string' } } });
const { stage } = values;
if (stage === undefined || !/^[a-z][a-z0-9]{1,11}$/.test(stage)) {
  console.error('Say which stage: npm run deploy -- --stage dev (2 to 12 lower-case letters and digits).');
  process.exit(2);
}

for (const area of await packageAll(stage)) {
  console.log(`deploying ${area} to ${stage}`);
  console.log(await osls(area, ['deploy', '--stage', stage, '--package', '.serverless']));
}
