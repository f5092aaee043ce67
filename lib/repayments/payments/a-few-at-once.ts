/** Asked at the same time: with all of them silent for as long as the port waits, a sweep still ends within its time. */
const AT_ONCE = 8;

/** Works through things a few at a time, in their order. */
export async function aFewAtOnce<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < things.length; start += AT_ONCE) {
    await Promise.all(things.slice(start, start + AT_ONCE).map(work));
  }
}
