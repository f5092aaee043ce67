import type { TestProject } from 'vitest/node';
import { type Endpoints, startEngines } from '../../infra/local/engines.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoints: Endpoints;
  }
}

/** Starts the engines once per run, on free ports and in memory; each test file lives under its own prefix. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = await startEngines();
  project.provide('endpoints', engines.endpoints);
  return () => engines.stop();
}
