/** A place among `count` for an id, always the same one: spreads what would be one hot key. */
export const shardOf = (id: string, count: number): number =>
  [...id].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521, 7) % count;
