import { describe, expect, it } from 'vitest';
import { canonicalJson, derivedId, digestOf, newId } from './ids.ts';
import { instant, plus } from './time.ts';

const NOW = instant('2024-09-10T10:00:00Z');

describe('ids', () => {
  it('CUS-246: sort as they were made, also within one millisecond', () => {
    const ids = [...Array.from({ length: 1_000 }, () => newId('trc', NOW)), newId('trc', plus(NOW, { seconds: 1 }))];
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('CUS-096: the same content has the same digest, whatever the order of its fields', () => {
    expect(digestOf({ a: 1n, b: [{ c: 'x', d: null }] })).toBe(digestOf({ b: [{ d: null, c: 'x' }], a: 1n }));
    expect(digestOf({ a: '1' })).not.toBe(digestOf({ a: '2' }));
    expect(canonicalJson({ b: 1, a: 2 })).toBe('{"a":2,"b":1}');
    expect(derivedId('qua', 'a', 'b')).toBe(derivedId('qua', 'a', 'b'));
    expect(derivedId('qua', 'a', 'b')).not.toBe(derivedId('qua', 'ab'));
  });
});
