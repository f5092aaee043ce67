/**
 * Remembers what a pure function of a text answered. Hourly usage repeats its times thousandfold, and calendar arithmetic is most of
 * what judging a record costs.
 */
export function remembering<Text extends string, Result>(compute: (text: Text) => Result, atMost = 5_000) {
  const known = new Map<Text, Result>();
  return (text: Text): Result => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = compute(text);
    if (known.size >= atMost) known.clear();
    known.set(text, result);
    return result;
  };
}
