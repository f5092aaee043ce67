import type { TestProject } from 'vitest/node';
import { type Endpoints, type Engines, startEngines } from '../../infra/local/engines.ts';
import { loadResources, type Resources } from '../../infra/local/templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    endpoints: Endpoints;
    resources: Resources;
  }
}

let started: Promise<Engines> | undefined;
let users = 0;

/** Starts the engines once per run, on free ports and in memory; each test file lives under its own prefix. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  started ??= startEngines();
  const engines = await started;
  project.provide('endpoints', engines.endpoints);
  project.provide('resources', loadResources()); // read once: each file would take as long as many of its tests
  return async () => {
    users -= 1;
    if (users === 0) await engines.stop();
  };
}
