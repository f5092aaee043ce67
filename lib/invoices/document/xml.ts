/** An element: its name, and what is inside; `undefined` leaves it out. */
export type Xml = readonly [name: string, content: Inside, attributes?: Readonly<Record<string, string>>] | undefined;
type Inside = string | readonly Xml[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Control characters have no place in XML 1.0, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text.replaceAll(FORBIDDEN, '').replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter);

/** A whole document. */
export const toXml = (root: NonNullable<Xml>): string => `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;

function written([name, content, attributes = {}]: NonNullable<Xml>, indent: string): string {
  const names = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${names.join('')}>`;
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>\n`;
  const inside = content.flatMap((each) => (each ? [written(each, `${indent}  `)] : []));
  return `${open}\n${inside.join('')}${indent}</${name}>\n`;
}
