import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import * as z from 'zod';
import { digestOf } from '#lib/shared/ids.ts';
import { type Instant, instant, instantText } from '#lib/shared/time.ts';
import { StartFailure } from './start-failure.ts';
import type { Resources } from './templates.ts';

const FORMAT = 1;

const stateFile = z.object({
  format: z.literal(FORMAT),
  /** Of the templates that the tables were created from. */
  resources: z.string(),
  clock: instantText.transform(instant).optional(),
  issuerKey: z.custom<JWK>((value) => typeof value === 'object' && value !== null).optional(),
  /** The process that works on the state now. */
  process: z.number().optional(),
});

/** What outlives a restart beside the tables. */
export interface Remembered {
  readonly clock?: Instant;
  readonly issuerKey?: JWK;
}

/** The directory in which a local stack keeps its state: tables, clock, issuer key, and what lay in queues and files. */
export class KeptState {
  readonly directory: string;
  readonly remembered: Remembered;
  /** Nothing was kept here before. */
  readonly fresh: boolean;
  readonly #resources: string;
  #last: Remembered;

  /** @throws StartFailure when the directory is in use, foreign, or was written for other tables */
  constructor(directory: string, resources: Resources) {
    this.directory = directory;
    this.#resources = digestOf(tablesOf(resources));
    this.remembered = this.#open();
    this.fresh = this.remembered.clock === undefined;
    this.#last = this.remembered;
    this.#write(process.pid);
  }

  /** Where the engine of the tables keeps its files. */
  get tables(): string {
    return join(this.directory, 'dynamodb');
  }

  /** Written at once: a stack that is killed goes on from here. */
  remember(remembered: Remembered): void {
    this.#last = remembered;
    this.#write(process.pid);
  }

  /** Leaves the state to the next one. */
  release(): void {
    this.#write();
  }

  #open(): Remembered {
    mkdirSync(this.directory, { recursive: true });
    if (readdirSync(this.directory).length === 0) return {};
    const state = readState(this.directory);
    if (!state) throw foreign(this.directory, 'holds files that this stack did not write');
    if (state.process !== undefined && isRunning(state.process)) throw inUse(this.directory, state.process);
    if (state.resources !== this.#resources) throw foreign(this.directory, 'was written for other tables than today’s');
    return { clock: state.clock, issuerKey: state.issuerKey };
  }

  #write(process?: number): void {
    const state = { format: FORMAT, resources: this.#resources, ...this.#last, process };
    const draft = join(this.directory, 'state.json.new');
    writeFileSync(draft, JSON.stringify(state, null, 2), { mode: 0o600 }); // it holds a private key
    renameSync(draft, join(this.directory, 'state.json'));
  }
}

/** Throws the kept state away. @throws StartFailure when it is in use or not ours to delete */
export function resetState(directory: string): void {
  if (!existsSync(directory)) return;
  const state = readState(directory);
  if (!state && !existsSync(join(directory, 'state.json')) && readdirSync(directory).length > 0) {
    throw new StartFailure(
      'state-foreign',
      `${directory} holds files that this stack did not write; move them away first.`,
    );
  }
  if (state?.process !== undefined && isRunning(state.process)) throw inUse(directory, state.process);
  rmSync(directory, { recursive: true });
}

function readState(directory: string): z.output<typeof stateFile> | undefined {
  try {
    return stateFile.parse(JSON.parse(readFileSync(join(directory, 'state.json'), 'utf8')));
  } catch {
    return undefined; // missing or unreadable: the caller says so
  }
}

/** A changed key or index needs new tables; what else the templates say does not. */
const tablesOf = (resources: Resources): unknown =>
  Object.entries(resources).filter(([, resource]) => resource.Type === 'AWS::DynamoDB::Table');

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const foreign = (directory: string, why: string): StartFailure =>
  new StartFailure('state-foreign', `${directory} ${why}; start with --reset to throw it away, or without --keep.`);

const inUse = (directory: string, pid: number): StartFailure =>
  new StartFailure('state-in-use', `${directory} is in use by process ${pid}; stop that one first.`);
