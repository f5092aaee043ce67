import * as z from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas that a declaration names (`.meta({ id })`) stand once, under components. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** What a client may send: fields that are not declared are refused, so an object is closed unless its schema is loose. */
  request(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'input');
  }

  /** What a client may get. Fields are only ever added, so an object is never closed. */
  response(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'output');
  }

  #convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _dialect,
      $defs = {},
      ...root
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: (each) => tidy(each, io) });
    for (const [name, definition] of Object.entries($defs)) this.schemas[name] = pointedAtComponents(definition);
    return pointedAtComponents(root);
  }
}

const SAFE = Number.MAX_SAFE_INTEGER;

interface Converted {
  readonly zodSchema: z.core.$ZodTypes;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}

/** Leaves out what says nothing, the bounds of every integer, and closes the objects that a client sends. */
function tidy({ zodSchema, jsonSchema }: Converted, io: 'input' | 'output'): void {
  if (jsonSchema.minimum === -SAFE) delete jsonSchema.minimum;
  if (jsonSchema.maximum === SAFE) delete jsonSchema.maximum;
  const { def } = zodSchema._zod;
  if (def.type !== 'object' || def.catchall) return;
  if (io === 'input') jsonSchema.additionalProperties = false;
  else delete jsonSchema.additionalProperties;
}

function pointedAtComponents(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value,
  );
}

/** The fields of an object schema; none for any other. */
export function propertiesOf({ properties }: JsonSchema): Record<string, JsonSchema> {
  return isRecord(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, isRecord(field) ? field : {}]))
    : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
