import { globSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { ConsumerHandler } from '#lib/shared/consumer.ts';
import type { OperationHandler } from '#lib/shared/operation.ts';
import type { TableName } from '#lib/shared/resources.ts';
import type { ScheduleHandler } from '#lib/shared/schedule.ts';

export interface StreamHandler {
  (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse>;
  readonly definition: {
    readonly kind: 'stream';
    readonly name: string;
    readonly table: TableName;
    readonly timeoutSeconds: number;
  };
}

export interface AuthorizerHandler {
  (event: {
    headers?: Record<string, string | undefined>;
  }): Promise<{ isAuthorized: boolean; context: { subject?: string } }>;
  readonly definition: { readonly kind: 'authorizer'; readonly name: string; readonly timeoutSeconds: number };
}

export type FunctionHandler = OperationHandler | ConsumerHandler | ScheduleHandler | StreamHandler | AuthorizerHandler;

/** One Lambda function as its file declares it. */
export interface DeclaredFunction {
  readonly area: string;
  /** Path from the root, such as `functions/budgets/set-monthly-budget.ts`. */
  readonly file: string;
  readonly handler: FunctionHandler;
}

const ROOT = join(import.meta.dirname, '..', '..');
const KINDS: readonly string[] = ['operation', 'consumer', 'schedule', 'stream', 'authorizer'];

/** What a file says when it declares a function of a kind. */
const DECLARATIONS: Readonly<Record<Kind, string>> = {
  operation: 'operation({',
  consumer: 'consumer({',
  schedule: 'schedule({',
  stream: "kind: 'stream'",
  authorizer: "kind: 'authorizer'",
};

/** Imports every file of functions/; the function map, the routes and the local stack are derived from what they declare. */
export async function loadFunctions(): Promise<DeclaredFunction[]> {
  return Promise.all(functionFiles().map(load));
}

/** Imports only files that declare one of `kinds`: most are operations, and a test that needs none of them need not wait for them. */
export async function loadFunctionsOf(...kinds: readonly Kind[]): Promise<DeclaredFunction[]> {
  const declares = (file: string): boolean => {
    const text = readFileSync(file, 'utf8');
    return kinds.some((kind) => text.includes(DECLARATIONS[kind]));
  };
  return Promise.all(functionFiles().filter(declares).map(load));
}

const functionFiles = (): string[] =>
  globSync(join(ROOT, 'functions', '*', '*.ts'))
    .filter((file) => !file.endsWith('.test.ts'))
    .sort();

async function load(path: string): Promise<DeclaredFunction> {
  const module: { handler?: unknown } = await import(pathToFileURL(path).href);
  const { handler } = module;
  const file = relative(ROOT, path).split(sep).join('/');
  if (!isHandler(handler)) throw new Error(`${file} exports no handler with a definition`);
  const { name } = handler.definition;
  if (name !== basename(file, '.ts')) throw new Error(`${file} declares another name: ${name}`);
  return { area: file.split('/')[1] ?? '', file, handler };
}

function isHandler(value: unknown): value is FunctionHandler {
  if (typeof value !== 'function' || !('definition' in value)) return false;
  const { definition } = value;
  return (
    typeof definition === 'object' &&
    definition !== null &&
    'kind' in definition &&
    KINDS.includes(String(definition.kind))
  );
}

type Kind = FunctionHandler['definition'] extends { kind: infer Each } ? Each : never;
type OfKind<Wanted extends Kind> = Extract<FunctionHandler, { definition: { kind: Wanted } }>;

/** The handlers of one kind. */
export function handlersOf<Wanted extends Kind>(
  functions: readonly DeclaredFunction[],
  kind: Wanted,
): OfKind<Wanted>[] {
  return functions
    .map((each) => each.handler)
    .filter((handler): handler is OfKind<Wanted> => handler.definition.kind === kind);
}
