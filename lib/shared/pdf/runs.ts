import type { Bidi } from 'bidi-js';
import bidiFactory from 'bidi-js';
import { baseFace, type Face, faceOf, type Weight } from './fonts.ts';

/** Characters of one face in the order in which they are read, to be set from left to right after the run before. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  /** Width at a size of 1. */
  readonly width: number;
}

interface Stretch {
  text: string; // grows while it is being cut out
  readonly face: Face;
  readonly level: number;
}

/** Its types describe a CommonJS module, what is loaded is its default export. */
const bidi = (bidiFactory as unknown as () => Bidi)();
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Takes the face of what stands before it, so that a comma does not change the font in mid-sentence. */
const FOLLOWS = /^[\p{P}\p{S}\p{Z}\p{M}\p{Cf}]$/u;
/** Says something about its neighbours, shows nothing itself; a joiner stays, because it shapes the letters beside it. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u{FEFF}]/gu;

/** The embedding levels of a paragraph by the Unicode bidirectional algorithm; an odd level reads from right to left. */
export const levelsOf = (paragraph: string): Uint8Array =>
  RIGHT_TO_LEFT.test(paragraph) ? bidi.getEmbeddingLevels(paragraph, 'auto').levels : new Uint8Array(paragraph.length);

/** The runs of one line from left to right. `levels` are those of its characters within their paragraph. */
export function runsOf(line: string, levels: Uint8Array, weight: Weight): Run[] {
  const stretches = inVisualOrder(stretchesOf(line, levels, weight));
  return stretches.flatMap(({ text, face, level }) =>
    level % 2 === 0 ? [runOf(text, face)] : mirrored(text).map((token) => runOf(token, face)),
  );
}

export const widthOf = (runs: readonly Run[]): number => runs.reduce((total, { width }) => total + width, 0);

/** Cuts a line where the level or the face changes. */
function stretchesOf(line: string, levels: Uint8Array, weight: Weight): Stretch[] {
  const stretches: Stretch[] = [];
  let before: Face | undefined;
  let at = 0;
  for (const character of line) {
    const level = levels[at] ?? 0;
    at += character.length;
    if (character.replace(UNSEEN, '') === '') continue;
    const face: Face = faceFor(character, before, weight);
    const last = stretches.at(-1);
    if (last?.face === face && last.level === level) last.text += character;
    else stretches.push({ text: character, face, level });
    before = face;
  }
  return stretches;
}

function faceFor(character: string, before: Face | undefined, weight: Weight): Face {
  const codePoint = character.codePointAt(0) ?? 0;
  if (before && FOLLOWS.test(character) && before.font.hasGlyphForCodePoint(codePoint)) return before;
  return codePoint < 0x250 ? baseFace(weight) : faceOf(codePoint, weight);
}

/** Rule L2: from the highest level down to the lowest odd one, every sequence of that level or a higher one is turned around. */
function inVisualOrder(stretches: readonly Stretch[]): Stretch[] {
  const order = [...stretches];
  const highest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let start = 0; start < order.length; start += 1) {
      let end = start;
      while (end < order.length && (order[end]?.level ?? 0) >= level) end += 1;
      if (end > start) order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = end;
    }
  }
  return order;
}

/**
 * The words of a stretch that reads from right to left, the last one first. The shaper turns the letters of a word around by itself; one
 * that has none (a bracket, a dash) it would leave as it is, so those are turned here.
 */
function mirrored(text: string): string[] {
  const words = text.match(/\s+|\S+/gu) ?? [];
  return words.reverse().map((word) => {
    const characters = [...word].map((character) => bidi.getMirroredCharacter(character) ?? character);
    return (RIGHT_TO_LEFT.test(word) ? characters : characters.reverse()).join('');
  });
}

const MOST_REMEMBERED = 20_000;
const widths = new Map<string, number>();

function runOf(text: string, face: Face): Run {
  let width = 0;
  for (const word of text.match(/\s+|\S+/gu) ?? []) width += wordWidth(word, face);
  return { text, face, width };
}

/** The same words come again and again in a table: each is shaped once. */
function wordWidth(word: string, face: Face): number {
  const key = `${face.name}:${word}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size === MOST_REMEMBERED) widths.clear();
    width = face.font.layout(word).advanceWidth / face.font.unitsPerEm;
    widths.set(key, width);
  }
  return width;
}
