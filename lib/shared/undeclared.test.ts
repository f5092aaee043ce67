import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { declaredField, repeatedParameters, undeclaredPaths } from './undeclared.ts';

const inner = z.object({ amount: z.string() });
const text = z.string();

describe('undeclaredPaths', () => {
  it.each([
    ['nothing beside what is declared', inner, { amount: '1' }, []],
    ['a field that is missing is no field too many', inner, {}, []],
    ['a field beside others', inner, { amount: '1', amout: '2' }, [['amout']]],
    ['several, in their order', inner, { b: 1, a: 2 }, [['b'], ['a']]],
    [
      'names that every object inherits',
      inner,
      JSON.parse('{"__proto__":1,"toString":2}'),
      [['__proto__'], ['toString']],
    ],
    ['in an object inside', z.object({ in: inner }), { in: { amout: '1' } }, [['in', 'amout']]],
    ['in an element of a list', z.array(inner), [{ amount: '1' }, { x: 1 }], [[1, 'x']]],
    [
      'behind optional, nullable and default',
      z.object({ in: inner.nullable().default(null).optional() }),
      { in: { x: 1 } },
      [['in', 'x']],
    ],
    [
      'before a transformation',
      z.object({ in: inner.transform(({ amount }) => amount) }),
      { in: { x: 1 } },
      [['in', 'x']],
    ],
    ['under a rule about the whole', inner.refine(() => false), { x: 1 }, [['x']]],
    ['a loose schema takes what comes', z.object({ in: z.looseObject({ a: inner }) }), { in: { x: 1 } }, []],
    ['and says of what it declares what is too much', z.looseObject({ a: inner }), { a: { x: 1 } }, [['a', 'x']]],
    ['no schema looks into what may be anything', z.object({ any: z.unknown() }), { any: { x: 1 } }, []],
    ['no object where one is declared', inner, [1], []],
    ['no list where one is declared', z.array(inner), { x: 1 }, []],
    ['nothing at all', inner, undefined, []],
  ])('%s', (_name, schema, value, expected) => {
    expect(undeclaredPaths(schema, value)).toEqual(expected);
  });

  const either = z.union([z.object({ cardId: text }), z.object({ cardToken: text, holder: text })]);
  const kinds = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fixed'), amount: text }),
    z.object({ kind: z.literal('rate'), percent: z.number() }),
  ]);

  it.each([
    ['the option that takes the value', either, { cardToken: 'x', holder: 'y' }, []],
    ['what only another option declares', either, { cardId: 'x', cardToken: 'y' }, [['cardToken']]],
    ['a kind with the field of another', kinds, { kind: 'fixed', amount: '1', percent: 1 }, [['percent']]],
    ['where no option takes it, what none declares', kinds, { kind: 'fixed', amount: 1, amout: '1' }, [['amout']]],
  ])('of alternatives: %s', (_name, schema, value, expected) => {
    expect(undeclaredPaths(schema, value)).toEqual(expected);
  });
});

describe('repeatedParameters', () => {
  const list = text.transform((joined) => joined.split(',')).pipe(z.array(z.enum(['a', 'b'])));
  const query = z.object({ limit: z.coerce.number().default(50), name: text.optional(), types: list.optional() });

  it.each([
    ['limit=1&name=x&types=a', []],
    ['limit=1&limit=2', ['limit']],
    ['limit=1&limit=1', ['limit']],
    ['name=x&limit=1&name=y&limit=2', ['name', 'limit']],
    ['name=x,y', []],
    ['types=a&types=b', []],
    ['n%61me=x&name=y', ['name']],
    ['nmae=x&nmae=y', []], // it is not declared, which is said of it already
    ['', []],
  ])('?%s: %j', (rawQuery, expected) => {
    expect(repeatedParameters(query, rawQuery)).toEqual(expected);
  });

  it('finds them under a rule about the whole', () => {
    expect(
      repeatedParameters(
        query.transform(({ name }) => name),
        'name=x&name=y',
      ),
    ).toEqual(['name']);
  });
});

describe('declaredField', () => {
  it('is the schema of a declared field, and of no inherited name', () => {
    expect(declaredField(inner, 'amount')).toBe(inner.shape.amount);
    expect(declaredField(inner, 'toString')).toBeUndefined();
    expect(declaredField(text, 'length')).toBeUndefined();
  });
});
