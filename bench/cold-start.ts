import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build, DIST, loadedBytes, ROOT } from '../infra/build.ts';
import { median, print, rounded } from './figures.ts';

/** Import of a built handler over import of the bare SDK clients it uses, bundled alike, each in a fresh process, alternating. */
const ROUNDS = 21;
const CASES = [
  // one of each kind: a read, a change, a consumer, a job's worker
  { handler: 'customers/get-customer', clients: ['client-dynamodb'] },
  { handler: 'budgets/set-monthly-budget', clients: ['client-dynamodb'] },
  { handler: 'expenditures/count-expenditure', clients: ['client-dynamodb'] },
  { handler: 'billing/settle-bill-part', clients: ['client-dynamodb', 'client-sqs'] },
];

const metafile = await build();

async function floorOf(clients: readonly string[]): Promise<string> {
  const folder = join(DIST, 'bench');
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, `${clients.join('-')}.ts`);
  const names: Record<string, string> = {
    'client-dynamodb': 'DynamoDBClient',
    'client-sqs': 'SQSClient',
    'client-s3': 'S3Client',
  };
  const lines = clients.map(
    (client) =>
      `import { ${names[client]} } from '@aws-sdk/${client}'; export const ${names[client]}_ = new ${names[client]}({ region: 'eu-west-1' });`,
  );
  writeFileSync(entry, lines.join('\n'));
  const outfile = entry.replace('.ts', '.mjs');
  const banner = {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  };
  await bundle({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    banner,
    logLevel: 'warning',
  });
  return outfile;
}

const importTime = (path: string): number => {
  const script = `const s=performance.now();await import(${JSON.stringify(path)});console.log(performance.now()-s)`;
  const env = { ...process.env, AWS_REGION: 'eu-west-1', POWERTOOLS_LOG_LEVEL: 'SILENT' };
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }).trim(),
  );
};

for (const { handler, clients } of CASES) {
  const ours = join(DIST, 'functions', `${handler}.mjs`);
  const floor = await floorOf(clients);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) ratios.push(importTime(ours) / importTime(floor));
  const value = rounded(median(ratios));
  print({
    figure: `cold start of ${handler} over its bare SDK clients`,
    value,
    unit: 'ratio',
    target: '<= 1.3',
    met: value <= 1.3,
    detail: { clients: clients.join(', ') },
  });
}
const largest = [...loadedBytes(metafile)].sort((a, b) => b[1] - a[1])[0];
if (largest) {
  const kilobytes = rounded(largest[1] / 1024, 0);
  print({
    figure: 'largest handler, code loaded',
    value: kilobytes,
    unit: 'KB',
    target: '<= 700',
    met: kilobytes <= 700,
    detail: { handler: largest[0] },
  });
}
