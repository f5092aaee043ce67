import type { TestProject } from 'vitest/node';
import { type Endpoints, startEngines } from '../../infra/local/engines.ts';
import { loadResources, type Resources } from '../../infra/local/templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoints: Endpoints;
    resources: Resources;
  }
}

/** Starts the engines once per run, on free ports and in memory; each test file lives under its own prefix. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = await startEngines();
  project.provide('endpoints', engines.endpoints);
  project.provide('resources', loadResources()); // read once: each file would take as long as many of its tests
  return () => engines.stop();
}
