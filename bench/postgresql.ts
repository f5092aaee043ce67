import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of its own in a temporary directory, reached by a socket there; the machine's programs, its own settings. */
export interface PostgreSql {
  /** Runs statements; `input` is what a COPY FROM STDIN reads. @returns what psql prints, without titles */
  sql(statements: string, input?: string): Promise<string>;
  stop(): void;
}

/** @returns `undefined` where PostgreSQL is not installed */
export function startPostgreSql(): PostgreSql | undefined {
  if (!isInstalled()) return undefined;
  const home = mkdtempSync(join(tmpdir(), 'bench-postgresql-'));
  chmodSync(home, 0o777);
  const data = join(home, 'data');
  const options = asOrdinaryUser();
  execFileSync('initdb', ['--pgdata', data, '--username', 'bench', '--auth', 'trust', '--encoding', 'UTF8'], options);
  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${home}`, '-c', 'fsync=off'];
  const server = spawn('postgres', ['-D', data, ...settings], options);
  return {
    sql: (statements, input) => psql(home, statements, input),
    stop: () => {
      server.kill('SIGINT');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function isInstalled(): boolean {
  try {
    execFileSync('initdb', ['--version'], { stdio: 'ignore' });
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const NOBODY = 65_534;

/** The server refuses to run as root. */
const asOrdinaryUser = () => ({
  stdio: 'ignore' as const,
  ...(process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
});

const CONNECT_ATTEMPTS = 50;

async function psql(home: string, statements: string, input?: string): Promise<string> {
  const args = ['-h', home, '-U', 'bench', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-qAt', '-c', statements];
  for (let attempt = 1; ; attempt += 1) {
    const { code, output, error } = await finished(args, input);
    if (code === 0) return output;
    const starting = /could not connect|No such file|starting up/.test(error);
    if (!starting || attempt === CONNECT_ATTEMPTS) throw new Error(`psql ended with ${code}: ${error}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function finished(args: readonly string[], input = ''): Promise<{ code: number; output: string; error: string }> {
  const child = spawn('psql', args);
  let output = '';
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString();
  });
  child.stdin.on('error', () => undefined); // the server is not up yet; the code of the process tells
  child.stdin.end(input);
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code: code ?? 1, output: output.trim(), error })),
  );
}
