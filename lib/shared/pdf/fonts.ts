import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, type Font } from 'fontkit';
import { unpackFont } from './woff.ts';

export type Weight = 'regular' | 'bold';

/** One typeface of one weight, under the name that a document knows it by. */
export interface Face {
  readonly name: string;
  readonly font: Font;
}

const noto = (script: string, file: string) => ({
  regular: `@expo-google-fonts/${script}/400Regular/${file}_400Regular.ttf`,
  bold: `@expo-google-fonts/${script}/700Bold/${file}_700Bold.ttf`,
});
const notoCjk = (script: string, subset: string) => ({
  regular: `@fontsource/${script}/files/${script}-${subset}-400-normal.woff`,
  bold: `@fontsource/${script}/files/${script}-${subset}-700-normal.woff`,
});

/**
 * In the order in which a character looks for its glyph. The first has Latin, Greek, Cyrillic, Vietnamese and Devanagari; `sc` has the
 * Chinese characters, simplified and traditional, and the Japanese syllables; `kr` the Korean ones. A new script is a new line.
 */
const FAMILIES: Readonly<Record<string, Readonly<Record<Weight, string>>>> = {
  sans: noto('noto-sans', 'NotoSans'),
  arabic: noto('noto-sans-arabic', 'NotoSansArabic'),
  hebrew: noto('noto-sans-hebrew', 'NotoSansHebrew'),
  thai: noto('noto-sans-thai', 'NotoSansThai'),
  sc: notoCjk('noto-sans-sc', 'chinese-simplified'),
  kr: notoCjk('noto-sans-kr', 'korean'),
};

/** What an archive has to carry, as paths inside `node_modules`; infra/package.ts puts them into `fonts/`. */
export const FONT_FILES: readonly string[] = Object.values(FAMILIES).flatMap(({ regular, bold }) => [regular, bold]);

const loaded = new Map<string, Face>();

/** A face is read when the first character needs it, and kept: parsing a large font takes longer than drawing an invoice. */
function loadFace(family: string, weight: Weight): Face {
  const name = `${family}-${weight}`;
  let face = loaded.get(name);
  if (!face) {
    const file = FAMILIES[family]?.[weight] ?? '';
    face = { name, font: withCharacters(create(unpackFont(readFileSync(join(fontFolder(), file)))) as Font) };
    loaded.set(name, face);
  }
  return face;
}

/**
 * A font keeps each glyph with the characters for which it was wanted first. One that was first wanted as a part of another, as ε of έ, has
 * none, and its letter could not be read back from any later document. So whoever names the characters has them.
 */
function withCharacters(font: Font): Font {
  const getGlyph = font.getGlyph.bind(font);
  font.getGlyph = (id, characters = []) => {
    const glyph = getGlyph(id, characters);
    if (characters.length > 0) glyph.codePoints = characters;
    return glyph;
  };
  return font;
}

function fontFolder(): string {
  const task = process.env.LAMBDA_TASK_ROOT;
  return task === undefined ? join(import.meta.dirname, '..', '..', '..', 'node_modules') : join(task, 'fonts');
}

/** The face that everything is set in unless its characters need another. */
export const baseFace = (weight: Weight): Face => loadFace('sans', weight);

/** The face that has a glyph for the character; the base face, which draws an empty box, when none has one. */
export function faceOf(codePoint: number, weight: Weight): Face {
  for (const family of Object.keys(FAMILIES)) {
    const face = loadFace(family, weight);
    if (face.font.hasGlyphForCodePoint(codePoint)) return face;
  }
  return baseFace(weight);
}
