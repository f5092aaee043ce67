import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConsumerHandler } from '#lib/shared/consumer.ts';
import type { OperationHandler } from '#lib/shared/operation.ts';
import type { TableName } from '#lib/shared/resources.ts';
import type { ScheduleHandler } from '#lib/shared/schedule.ts';

/** A function that follows a table's stream. */
export interface StreamDefinition {
  readonly kind: 'stream';
  readonly name: string;
  readonly summary: string;
  readonly rules: string;
  readonly table: TableName;
  readonly timeoutSeconds: number;
}

/** The function that verifies bearer tokens for every route. */
export interface AuthorizerDefinition {
  readonly kind: 'authorizer';
  readonly name: string;
  readonly summary: string;
  readonly rules: string;
  readonly timeoutSeconds: number;
}

export type Definition =
  | OperationHandler['definition']
  | ConsumerHandler['definition']
  | ScheduleHandler['definition']
  | StreamDefinition
  | AuthorizerDefinition;

type Kind = Definition['kind'];

/** One file of functions/: one Lambda function. */
export interface Declared<D extends Definition = Definition> {
  readonly area: string;
  /** From the root of the project, `functions/budgets/set-monthly-budget.ts`. */
  readonly file: string;
  readonly definition: D;
}

export const ROOT = dirname(import.meta.dirname);
const KINDS: readonly string[] = ['operation', 'consumer', 'schedule', 'stream', 'authorizer'] satisfies Kind[];

/** Every declaration of functions/, in the order of area and name. */
export async function loadDeclarations(): Promise<Declared[]> {
  const entries = await readdir(join(ROOT, 'functions'), { recursive: true });
  const files = entries.filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.test.ts')).sort();
  return Promise.all(files.map((file) => load(`functions/${file}`)));
}

export const ofKind = <K extends Kind>(declared: readonly Declared[], kind: K): Declared<Extract<Definition, { kind: K }>>[] =>
  declared.filter((each): each is Declared<Extract<Definition, { kind: K }>> => each.definition.kind === kind);

export const areasOf = (declared: readonly Declared[]): string[] => [...new Set(declared.map((each) => each.area))];

async function load(file: string): Promise<Declared> {
  const module: unknown = await import(pathToFileURL(join(ROOT, file)).href);
  if (!isHandlerModule(module)) throw new Error(`${file} exports no handler with a definition`);
  const { definition } = module.handler;
  if (definition.name !== basename(file, '.ts')) throw new Error(`${file} declares the name ${definition.name}`);
  return { area: basename(dirname(file)), file, definition };
}

function isHandlerModule(module: unknown): module is { handler: { definition: Definition } } {
  if (typeof module !== 'object' || module === null || !('handler' in module)) return false;
  const { handler } = module;
  if (typeof handler !== 'function' || !('definition' in handler)) return false;
  const { definition } = handler;
  return typeof definition === 'object' && definition !== null && 'kind' in definition && KINDS.includes(String(definition.kind));
}
