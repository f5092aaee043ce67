import Mustache from 'mustache';
import {
  type Catalogue,
  type Content,
  LANGUAGES,
  type Language,
  type TemplateName,
  type Terms,
  type Values,
} from './templates/content.ts';
import { de } from './templates/de.ts';
import { en } from './templates/en.ts';
import { HTML_LAYOUT, TEXT_LAYOUT } from './templates/layout.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, de };
const LONGEST_SUBJECT = 200;

/** A partner's language, or English where there is no translation (ORG-66). */
export const languageOf = (code: string): Language => LANGUAGES.find((language) => language === code) ?? 'en';

export const termsOf = (language: Language): Terms => CATALOGUES[language].terms;

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function renderMail(template: TemplateName, language: Language, values: Values): RenderedMail {
  const content = filled(CATALOGUES[language].contents[template], values);
  const view = { ...content, language, footer: CATALOGUES[language].footer };
  return {
    subject: content.subject,
    text: Mustache.render(TEXT_LAYOUT, view, {}, { escape: String }),
    html: Mustache.render(HTML_LAYOUT, view),
  };
}

export const renderSms = (template: TemplateName, language: Language, values: Values): string =>
  fill(CATALOGUES[language].contents[template].short, values);

/** An in-app message: a title and plain text that a client shows as text. */
export function renderInApp(
  template: TemplateName,
  language: Language,
  values: Values,
): { title: string; text: string } {
  const { subject, lead, facts, advice } = filled(CATALOGUES[language].contents[template], values);
  return { title: subject, text: [lead, ...facts.map(({ label, value }) => `${label}: ${value}`), advice].join('\n') };
}

function filled(content: Content, values: Values) {
  return {
    subject: [...fill(content.subject, values)].slice(0, LONGEST_SUBJECT).join(''),
    lead: fill(content.lead, values),
    highlight: content.highlight && fill(content.highlight, values),
    facts: content.facts
      .map(([label, value]) => ({ label, value: fill(value, values) }))
      .filter(({ value }) => value !== ''),
    action: content.action && { label: fill(content.action[0], values), address: fill(content.action[1], values) },
    advice: fill(content.advice, values),
  };
}

/**
 * Fills the gaps of one text. Nothing is escaped here: the text mail and the SMS are plain, and the HTML layout escapes each filled
 * text as a whole. A gap that nothing fills is a defect, not an empty place in a mail.
 */
function fill(template: string, values: Values): string {
  for (const [kind, name] of Mustache.parse(template)) {
    if (kind === 'name' && values[name] === undefined) throw new Error(`no value for ${name}`);
  }
  const lines = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(value)]));
  return Mustache.render(template, lines, {}, { escape: String }).trim();
}

/**
 * Values come from people: a line break in one could add a header to a mail or a line to a text, a direction mark could turn it
 * around. Both become spaces.
 */
const oneLine = (value: string): string => value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');
