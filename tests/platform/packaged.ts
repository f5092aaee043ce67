import { beforeAll } from 'vitest';
import type { Resource } from '../../infra/local/templates.ts';
import { loadPackaged, packageAll, type Template } from '../../infra/package.ts';

/** A resource of a packaged template with its logical id. */
export interface Packaged extends Resource {
  readonly area: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const templates = new Map<string, Template>();

/** Packages everything once for the test file, as `npm run package` does. */
export function usePackaged(): void {
  beforeAll(async () => {
    for (const area of await packageAll('test')) templates.set(area, await loadPackaged(area));
  }, 600_000);
}

export const packagedTemplates = (): ReadonlyMap<string, Template> => templates;

/** All resources of a type, over all templates. */
export function packaged(type: string): Packaged[] {
  return [...templates].flatMap(([area, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ ...resource, area, id, properties: resource.Properties ?? {} })),
  );
}

/** The logical id that `{ 'Fn::GetAtt': [id, …] }` or `{ Ref: id }` names. */
export function referred(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('Ref' in value) return String(value.Ref);
  return 'Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt']) ? String(value['Fn::GetAtt'][0]) : undefined;
}

/** What lies at a path inside a template; nothing when a step is missing. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
