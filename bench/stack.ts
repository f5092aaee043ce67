import { startEngines } from '../infra/local/engines.ts';
import { environmentOf } from '../infra/local/environment.ts';

/** Engines, tables and environment for one benchmark process; call before anything that makes an AWS client is imported. */
export async function benchStack(): Promise<{ stop(): Promise<void> }> {
  const engines = await startEngines();
  Object.assign(
    process.env,
    environmentOf(engines.endpoints, { prefix: 'bench', issuer: 'http://127.0.0.1:1', mailSender: 'notices@bench.test' }),
    { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  );
  const { provision } = await import('../infra/local/provision.ts');
  const { loadResources } = await import('../infra/local/templates.ts');
  await provision('bench', loadResources());
  return engines;
}
