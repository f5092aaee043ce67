import * as z from 'zod';

type Schema = z.core.$ZodTypes;
type Path = readonly PropertyKey[];

/**
 * Fields of a value that its schema does not declare, at any depth: a mistyped filter would list everything, a mistyped field would be
 * left out of a change. A schema that says `z.looseObject` takes whatever comes.
 */
export function undeclaredPaths(schema: z.core.$ZodType, value: unknown, path: Path = []): Path[] {
  const { def } = (schema as Schema)._zod;
  if (def.type === 'object') return isRecord(value) ? inObject(def, value, path) : [];
  if (def.type === 'array')
    return Array.isArray(value) ? value.flatMap((each, i) => undeclaredPaths(def.element, each, [...path, i])) : [];
  if (def.type === 'union') return inUnion(def.options, value, path);
  if (def.type === 'pipe') return undeclaredPaths(def.in, value, path);
  return 'innerType' in def ? undeclaredPaths(def.innerType, value, path) : [];
}

function inObject({ shape, catchall }: z.core.$ZodObjectDef, value: Record<string, unknown>, path: Path): Path[] {
  return Object.entries(value).flatMap(([name, field]) => {
    const declared = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (declared) return undeclaredPaths(declared, field, [...path, name]);
    return catchall ? [] : [[...path, name]]; // a strict schema names them itself
  });
}

/** What the option that takes the value leaves out. Where none does, the value is refused anyway: the one that leaves out least. */
function inUnion(options: readonly z.core.$ZodType[], value: unknown, path: Path): Path[] {
  const taking = options.find((option) => z.safeParse(option, value).success);
  const found = (taking ? [taking] : options).map((option) => undeclaredPaths(option, value, path));
  return found.reduce((least, each) => (each.length < least.length ? each : least));
}

/** Declared parameters that come several times although one value is meant: the gateway joins them by commas, so that they could pass for one. */
export function repeatedParameters(schema: z.core.$ZodType, rawQuery: string): string[] {
  const query = new URLSearchParams(rawQuery);
  return [...new Set(query.keys())].filter((name) => {
    const field = query.getAll(name).length > 1 ? declaredField(schema, name) : undefined;
    return field !== undefined && !takesSeveral(field);
  });
}

/** The schema of one field; nothing where a schema declares no such field, or only some of its options do. */
export function declaredField(schema: z.core.$ZodType, name: string): z.core.$ZodType | undefined {
  const { def } = (schema as Schema)._zod;
  if (def.type === 'pipe') return declaredField(def.in, name);
  return def.type === 'object' && Object.hasOwn(def.shape, name) ? def.shape[name] : undefined;
}

/** Whether a list comes out: it is told apart at the commas that the gateway puts in. */
function takesSeveral(schema: z.core.$ZodType): boolean {
  const { def } = (schema as Schema)._zod;
  if (def.type === 'pipe') return takesSeveral(def.out);
  return 'innerType' in def ? takesSeveral(def.innerType) : def.type === 'array';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
