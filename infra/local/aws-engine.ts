import { buildApp } from 'fauxqs';
import { REGION } from './environment.ts';
import { LOOPBACK, portOf } from './ports.ts';

export interface AwsEngine {
  readonly url: string;
  stop(): Promise<void>;
}

interface QueueRequest {
  QueueUrl?: string;
  DelaySeconds?: number;
  Entries?: { DelaySeconds?: number }[];
}

const LARGEST_FILE = 1024 ** 3;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Starts queues, topics and file storage in this process. Delays of messages are cut to `longestDelaySeconds`: they are counted on
 * the wall clock, while everything else here follows the movable one.
 */
export async function startAws(options: { port: number; longestDelaySeconds: number }): Promise<AwsEngine> {
  const app = buildApp({ logger: false });
  // A file of a million lines comes in one PUT; the engine's own limit is that of a multipart part.
  const wholeFile = { parseAs: 'buffer', bodyLimit: LARGEST_FILE } as const;
  app.removeContentTypeParser(['*', FORM]);
  app.addContentTypeParser('*', wholeFile, (_request, body, done) => done(null, body));
  // Topics are asked by forms, with POST. The engine takes a file for a form, too, when its sender says so, as `curl -d` does unasked.
  app.addContentTypeParser(FORM, wholeFile, (request, body, done) =>
    done(null, request.method === 'PUT' ? body : Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('preHandler', (request, _reply, done) => {
    if (String(request.headers['x-amz-target']).startsWith('AmazonSQS.')) {
      const body = request.body as QueueRequest;
      cutDelays(body, options.longestDelaySeconds);
      if (body.QueueUrl) body.QueueUrl = toEngineUrl(body.QueueUrl);
    }
    done();
  });
  await app.listen({ port: options.port, host: LOOPBACK });
  return { url: `http://${LOOPBACK}:${portOf(app.server)}`, stop: async () => void (await app.close()) };
}

function cutDelays(body: QueueRequest, longest: number): void {
  for (const each of [body, ...(body.Entries ?? [])]) {
    if (each.DelaySeconds !== undefined) each.DelaySeconds = Math.min(each.DelaySeconds, longest);
  }
}

/** The engine knows its queues by a host name that not every machine resolves; we call them by address. */
const toEngineUrl = (url: string): string => url.replace(`//${LOOPBACK}:`, `//sqs.${REGION}.localhost:`);
