import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { KeptState, resetState } from './kept-state.ts';
import type { Resources } from './templates.ts';

const table = (name: string): Resources => ({
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: name } },
});
const queue: Resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } };
const remembered = { clock: instant('2024-09-01T00:00:00+08:00'), issuerKey: { kty: 'EC', kid: 'k' } };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kept-state-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A stack was here and ended. */
function leave(resources: Resources): void {
  const state = new KeptState(directory, resources);
  state.remember(remembered);
  state.release();
}

const write = (file: string, content: object | string) =>
  writeFileSync(join(directory, file), typeof content === 'string' ? content : JSON.stringify(content));

describe('kept state', () => {
  it('is fresh in an empty directory, and remembers what it was closed with', () => {
    const first = new KeptState(directory, table('a'));
    expect(first.fresh).toBe(true);
    first.remember(remembered);
    first.release();

    const second = new KeptState(directory, { ...table('a'), ...queue }); // queues live in memory: they may change
    expect(second.fresh).toBe(false);
    expect(second.remembered).toEqual(remembered);
  });

  it('stays fresh when the first start failed, and remembers without a good end', () => {
    new KeptState(directory, table('a')).release();
    const second = new KeptState(directory, table('a'));
    expect(second.fresh).toBe(true);
    second.remember(remembered);
    expect(JSON.parse(readState())).toMatchObject({ clock: remembered.clock, process: process.pid });
  });

  it('is refused when it belongs to other tables', () => {
    leave(table('a'));
    expect(() => new KeptState(directory, table('b'))).toThrow(
      `${directory} was written for other tables than today’s; start with --reset to throw it away, or without --keep.`,
    );
  });

  it.each([
    ['files of somebody else', 'notes.txt', 'mine'],
    ['a state file that cannot be read', 'state.json', '{"format":'],
    ['a state file of another form', 'state.json', { format: 0 }],
  ])('is refused when the directory holds %s', (_name, file, content) => {
    write(file, content);
    expect(() => new KeptState(directory, table('a'))).toThrow(
      `${directory} holds files that this stack did not write`,
    );
  });

  it('is refused while another process works on it, and not after that one died', () => {
    leave(table('a'));
    const state = (process: number) => ({ ...JSON.parse(readState()), process });
    write('state.json', state(process.ppid));
    expect(() => new KeptState(directory, table('a'))).toThrow(
      `is in use by process ${process.ppid}; stop that one first.`,
    );
    expect(() => resetState(directory)).toThrow('is in use');

    write('state.json', state(2 ** 22 + 1)); // above the largest process id
    expect(new KeptState(directory, table('a')).remembered).toEqual(remembered);
  });
});

describe('resetState', () => {
  it('deletes what a stack wrote, of whatever form, and nothing else', () => {
    write('state.json', { format: 0 });
    resetState(directory);
    expect(() => readdirSync(directory)).toThrow('ENOENT');
    resetState(directory); // nothing to do
  });

  it('leaves files of somebody else alone', () => {
    write('notes.txt', 'mine');
    expect(() => resetState(directory)).toThrow('did not write; move them away first.');
    expect(readdirSync(directory)).toEqual(['notes.txt']);
  });
});

const readState = (): string => readFileSync(join(directory, 'state.json'), 'utf8');
