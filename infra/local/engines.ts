import { startAws } from './aws-engine.ts';
import { startDynamoDb } from './dynamodb-engine.ts';
import { startMail } from './mail-engine.ts';
import { freePort } from './ports.ts';

export interface Endpoints {
  readonly dynamodb: string;
  /** Queues, topics and files. */
  readonly aws: string;
  readonly mail: string;
}

export interface Engines {
  readonly endpoints: Endpoints;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Free ports when not given. */
  readonly ports?: { readonly dynamodb: number; readonly aws: number; readonly mail: number };
  /** Where DynamoDB Local keeps its tables; in memory when not given. */
  readonly directory?: string;
  readonly longestDelaySeconds?: number;
}

/** Starts everything that AWS would be; what has started is ended again when a later one fails. */
export async function startEngines(options: EngineOptions = {}): Promise<Engines> {
  const ports = options.ports ?? { dynamodb: await freePort(), aws: 0, mail: 0 };
  await using started = new AsyncDisposableStack();
  const use = <Engine extends { stop(): Promise<void> }>(engine: Engine): Engine =>
    started.adopt(engine, (each) => each.stop());
  const aws = use(await startAws({ port: ports.aws, longestDelaySeconds: options.longestDelaySeconds ?? 0 }));
  const mail = use(await startMail({ port: ports.mail }));
  const dynamodb = use(await startDynamoDb({ port: ports.dynamodb, directory: options.directory }));
  const running = started.move();
  return { endpoints: { dynamodb: dynamodb.url, aws: aws.url, mail: mail.url }, stop: () => running.disposeAsync() };
}
