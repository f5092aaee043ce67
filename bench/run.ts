import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run bench`: one JSON line per figure, each benchmark in a process of its own; `npm run bench -- cold-start` runs one. */
const BENCHMARKS = [
  'handler-latency',
  'cold-start',
  'ingestion',
  'bill-run',
  'lead-sweep',
  'reservations',
  'query-customers',
  'invoices',
] as const;

const wanted = process.argv.slice(2);
for (const name of BENCHMARKS.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  execFileSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
}
