import { createRequire } from 'node:module';
import { close, LOOPBACK, portOf } from './ports.ts';

// CommonJS with a default export: what `import` makes of it depends on who loads this file, Node or the test runner.
const catcher: typeof import('aws-ses-v2-local') = createRequire(import.meta.url)('aws-ses-v2-local');

export interface MailEngine {
  /** SES endpoint, web inbox at `/`, everything caught at `/store`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the mail catcher: it answers like SES and shows each mail in its inbox instead of sending it. */
export async function startMail(options: { port: number }): Promise<MailEngine> {
  const server = await catcher.default({ host: LOOPBACK, port: options.port });
  return { url: `http://${LOOPBACK}:${portOf(server)}`, stop: () => close(server) };
}
