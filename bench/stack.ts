import { startEngines } from '../infra/local/engines.ts';
import { ACCOUNT_ID, environmentOf } from '../infra/local/environment.ts';

/** Engines, tables and environment for one benchmark process; call before anything that makes an AWS client is imported. */
export async function benchStack(): Promise<{ stop(): Promise<void> }> {
  const engines = await startEngines();
  Object.assign(
    process.env,
    environmentOf(engines.endpoints, {
      prefix: 'bench',
      issuer: 'http://127.0.0.1:1',
      platform: 'http://127.0.0.1:1',
      payments: 'http://127.0.0.1:1',
      portal: 'https://portal.bench',
      mailSender: 'notices@bench.test',
    }),
    { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  );
  await freshTables('bench');
  return engines;
}

/** Tables, queues and files of their own for what follows. */
export async function freshTables(prefix: string): Promise<void> {
  Object.assign(process.env, { RESOURCE_PREFIX: prefix, FILES_BUCKET: `${prefix}-files-${ACCOUNT_ID}` });
  const { provision } = await import('../infra/local/provision.ts');
  const { loadResources } = await import('../infra/local/templates.ts');
  await provision(prefix, loadResources());
}
