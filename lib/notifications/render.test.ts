import { describe, expect, it } from 'vitest';
import { languageOf, renderInApp, renderMail, renderSms, termsOf } from './render.ts';
import { LANGUAGES, TEMPLATE_NAMES } from './templates/content.ts';
import { de } from './templates/de.ts';
import { en } from './templates/en.ts';

const frozen = {
  accountName: 'acme',
  level: 'the account',
  cause: 'by hand',
  reason: 'arrears',
  frozenAt: '2024-09-10 10:00:00 (GMT+08:00)',
  retentionUntil: '',
};
const withName = (accountName: string) => ({ ...frozen, accountName });

/** Every gap of every text of a content. */
const gapsOf = (content: object): string[] =>
  [...new Set([...JSON.stringify(content).matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? ''))].sort();

describe('escaping', () => {
  it('CUS-118: markup in a name is text in the HTML mail and untouched in the plain one', () => {
    const { html, text, subject } = renderMail(
      'customer-frozen',
      'en',
      withName('<script>alert("x")</script> & \'co\''),
    );
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;&#x2F;script&gt; &amp; &#39;co&#39; was frozen');
    expect(text).toContain('The account <script>alert("x")</script> & \'co\' of your customer');
    expect(subject).toBe('<script>alert("x")</script> & \'co\' was frozen');
  });

  it('CUS-118: a name cannot leave an attribute or open a link', () => {
    const { html } = renderMail('customer-frozen', 'en', withName('"><a href=javascript:alert(1)>x</a>'));
    expect(html).not.toMatch(/<a[\s>]/);
  });

  it.each(['a\r\nBcc: victim@example.com', 'a\nb', 'a\u2028b', 'a\u0000b', 'a\u202Eb'])(
    'CUS-118: %j cannot add a header, a line or turn the text around',
    (name) => {
      const { subject, text } = renderMail('customer-frozen', 'en', withName(name));
      expect(subject).toMatch(/^a (Bcc: victim@example\.com|b) was frozen$/);
      expect(text.split('\n')[0]).toBe(
        `The account ${subject.replace(' was frozen', '')} of your customer was frozen.`,
      );
    },
  );

  it('CUS-118: braces in a name are not filled in a second time', () => {
    const { html, text } = renderMail('customer-frozen', 'en', withName('{{reason}} {{{reason}}} {{#facts}}'));
    for (const body of [html, text]) expect(body).toContain('{{reason}} {{{reason}}} {{#facts}}');
  });

  it('keeps a subject short', () => {
    expect(renderMail('customer-frozen', 'en', withName('x'.repeat(500))).subject).toHaveLength(200);
  });
});

describe('contents', () => {
  it('ORG-66: both languages fill the same gaps of every notice', () => {
    for (const template of TEMPLATE_NAMES) {
      expect(gapsOf(de.contents[template]), template).toEqual(gapsOf(en.contents[template]));
      expect(gapsOf(en.contents[template]), template).not.toContainEqual(expect.stringMatching(/[^a-zA-Z]/)); // no triple braces, no sections
    }
  });

  it('ORG-66: a language without a translation gets English', () => {
    expect(languageOf('de')).toBe('de');
    expect(languageOf('fr')).toBe('en');
  });

  it('ORG-66: the mail, the terms and its frame are in the language', () => {
    const mail = renderMail('customer-frozen', 'de', { ...frozen, level: termsOf('de').freezeLevel.account });
    expect(mail.subject).toBe('acme wurde gesperrt');
    expect(mail.html).toContain('<html lang="de">');
    expect(mail.text).toContain('Umfang: das Konto');
    expect(mail.text).toContain(de.footer);
  });

  it('leaves out a fact without a value', () => {
    expect(renderMail('customer-frozen', 'en', frozen).text).not.toContain('Resources are released');
    expect(renderMail('customer-frozen', 'en', { ...frozen, retentionUntil: '2024-09-25' }).text).toContain(
      'Resources are released after: 2024-09-25',
    );
  });

  it('a gap that nothing fills is a defect', () => {
    const { accountName: _missing, ...rest } = frozen;
    expect(() => renderMail('customer-frozen', 'en', rest)).toThrow('no value for accountName');
  });

  it('an SMS and an in-app message are plain texts', () => {
    expect(renderSms('customer-frozen', 'en', withName('<b>'))).toBe('<b> was frozen: the account.');
    expect(renderInApp('customer-frozen', 'en', frozen)).toEqual({
      title: 'acme was frozen',
      text: expect.stringMatching(
        /^The account acme .*\nLevel: the account\nCause: by hand\nReason: arrears\nFrozen at: .*\n.*$/,
      ),
    });
  });

  it('every language is complete', () => {
    expect(LANGUAGES.map((language) => Object.keys(termsOf(language).operation).length)).toEqual([19, 19]);
  });
});
