import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { close, LOOPBACK, listen } from '../../infra/local/ports.ts';
import { somePort } from '../support/ports.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'infra', 'local', 'main.ts');
const scratch = mkdtempSync(join(tmpdir(), 'partner-center-'));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL'); // a failed test leaves nothing behind either
});
afterAll(() => rmSync(scratch, { recursive: true }));

const clockAnswer = z.object({
  now: z.string(),
  ran: z.array(z.object({ name: z.string(), dueAt: z.string(), failed: z.boolean() })).default([]),
});

interface Ended {
  readonly code: number | null;
  readonly complaint: string;
}

class Stack {
  readonly #child: ChildProcess;
  #said = '';
  #complained = '';

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...environment } });
    running.add(this.#child);
    this.#child.once('exit', () => running.delete(this.#child));
    this.#child.stdout?.on('data', (text) => (this.#said += text));
    this.#child.stderr?.on('data', (text) => (this.#complained += text));
  }

  /** @returns the token that was printed */
  async up(): Promise<string> {
    while (!/^eyJ\S+$/m.test(this.#said)) {
      if (this.#child.exitCode !== null) throw new Error(this.#complained);
      await Promise.race([once(this.#child.stdout ?? this.#child, 'data'), once(this.#child, 'exit')]);
    }
    return /^eyJ\S+$/m.exec(this.#said)?.[0] ?? '';
  }

  async end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended();
  }

  async ended(): Promise<Ended> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return { code: this.#child.exitCode, complaint: this.#complained };
  }
}

const listening = async (port: number): Promise<boolean> => {
  try {
    await fetch(`http://${LOOPBACK}:${port}`);
    return true;
  } catch {
    return false;
  }
};

describe('npm start says in one sentence', { timeout: 120_000 }, () => {
  it('that there is no Java', async () => {
    const stack = new Stack(['--port', await somePort()], { PATH: scratch });
    const { code, complaint } = await stack.ended();
    expect(code).toBe(3);
    expect(complaint).toMatch(/^DynamoDB Local needs Java, and there is no `java` on the PATH; install .+\n$/);
  });

  it('which port is in use, and for what it was wanted', async () => {
    const port = Number(await somePort());
    const other = createServer();
    await listen(other, port + 4);
    const { code, complaint } = await new Stack(['--port', String(port)]).ended();
    await close(other);
    expect(code).toBe(4);
    expect(complaint).toBe(
      `Port ${port + 4} of 127.0.0.1, wanted for DynamoDB Local, is in use by another program; end that program or choose another port with --port.\n`,
    );
  });

  it('that the kept state is not its own', async () => {
    const directory = mkdtempSync(join(scratch, 'state-'));
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    const { code, complaint } = await new Stack([
      '--keep',
      '--directory',
      directory,
      '--port',
      await somePort(),
    ]).ended();
    expect(code).toBe(6);
    expect(complaint).toBe(
      `${directory} holds files that this stack did not write; start with --reset to throw it away, or without --keep.\n`,
    );
  });

  it.each([
    ['--clock', 'yesterday', 'is no RFC 3339 time with an offset'],
    ['--portal', 'localhost:5173', 'is no URL of a web page'],
    ['--portal', 'portal', 'is no URL of a web page'],
  ])('that an option is wrong: %s %s', async (option, value, reason) => {
    const { code, complaint } = await new Stack([option, value]).ended();
    expect(code).toBe(2);
    expect(complaint).toBe(`${option} ${value} ${reason}. --help shows the options.\n`);
  });
});

describe('npm start', () => {
  const read = async (port: string) =>
    clockAnswer.parse(await (await fetch(`http://${LOOPBACK}:${port}/local/clock`)).json());
  const move = (port: string, body: object) =>
    fetch(`http://${LOOPBACK}:${port}/local/clock`, { method: 'POST', body: JSON.stringify(body) });

  it('keeps state, clock and tokens over a restart, moves the clock forward alone, and leaves nothing behind', async () => {
    const directory = join(scratch, 'kept');
    const port = await somePort();
    const args = ['--keep', '--directory', directory, '--port', port];

    const portal = 'http://localhost:5173';
    const first = new Stack([...args, '--clock', '2024-09-01T00:00:00+08:00', '--portal', `${portal}/`]);
    const token = await first.up();
    const health = await fetch(`http://${LOOPBACK}:${port}/v1/health`, { headers: { origin: portal } });
    expect(health.headers.get('access-control-allow-origin')).toBe(portal);
    expect((await read(port)).now).toMatch(/^2024-08-31T16:0/);
    const moved = clockAnswer.parse(await (await move(port, { advance: 'PT2H' })).json());
    expect(moved.now).toMatch(/^2024-08-31T18:0/);
    const dueTimes = moved.ran.map((each) => each.dueAt);
    expect(dueTimes).toEqual(dueTimes.toSorted());
    expect(moved.ran.filter((each) => each.failed)).toEqual([]);
    expect((await move(port, { now: '2024-09-01T00:00:00+08:00' })).status).toBe(422);
    expect((await move(port, { advance: 'soon' })).status).toBe(400);
    const inUse = await new Stack(['--keep', '--directory', directory, '--port', await somePort()]).ended();
    expect(inUse).toMatchObject({
      code: 7,
      complaint: expect.stringMatching(/is in use by process \d+; stop that one first\.\n$/),
    });
    expect(await first.end('SIGTERM')).toEqual({ code: 0, complaint: '' });

    const second = new Stack(args);
    await second.up();
    expect((await read(port)).now).toMatch(/^2024-08-31T18:/);
    const fast = clockAnswer.parse(await (await move(port, { advance: 'PT1H', pace: 'latest' })).json());
    expect(new Set(fast.ran.map(({ name }) => name)).size).toBe(fast.ran.length); // else some come every five minutes
    const answer = await fetch(`http://${LOOPBACK}:${port}/v1/partners/par_unknown`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(404); // the operator is still known, and the token still good
    expect(await second.end('SIGINT')).toMatchObject({ code: 0 });
    for (const offset of [0, 1, 2, 3, 4]) expect(await listening(Number(port) + offset)).toBe(false);
  }, 240_000);

  it('takes its engine with it when it is killed', async () => {
    const port = await somePort();
    const stack = new Stack(['--port', port]);
    await stack.up();
    await stack.end('SIGKILL');
    while (await listening(Number(port) + 4)) await new Promise((resolve) => setTimeout(resolve, 50));
  }, 120_000);
});
