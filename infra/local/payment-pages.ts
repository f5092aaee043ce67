import { TEST_CARDS } from './payment-cards.ts';

/** The pages of the simulated processor: where a person enters a card, and where a bank asks whether it is really the payer. */

const shell = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#1c2330}
label{display:block;margin:.9rem 0 .2rem}input{width:100%;padding:.5rem;font:inherit;box-sizing:border-box}
button{margin:1.2rem .6rem 0 0;padding:.6rem 1.2rem;font:inherit}small{color:#5b6472}li{font-family:ui-monospace,monospace}
</style></head><body><h1>${title}</h1>${content}</body></html>`;

const field = (name: string, label: string, example: string): string =>
  `<label for="${name}">${label}</label><input id="${name}" name="${name}" placeholder="${example}" required>`;

/** `whole`: a card; else only what may change of one that is kept (FIN-108). */
export const cardForm = (whole: boolean): string =>
  shell(
    whole ? 'Enter your card' : 'Change the validity of your card',
    `<form method="post">${whole ? field('number', 'Card number', '4242424242424242') + field('holderName', 'Name on the card', 'Ada Admin') : ''}
${field('expiry', 'Valid through', '12/30')}${field('securityCode', 'Security code', '123')}<button>Continue</button></form>
<p><small>Simulated processor. Test numbers:</small></p><ul>${Object.keys(TEST_CARDS)
      .map((number) => `<li>${number}</li>`)
      .join('')}</ul>`,
  );

export const payerForm = (amount: string): string =>
  shell(
    'Is it you who pays?',
    `<p>${escaped(amount)}</p><form method="post"><button name="answer" value="yes">Yes</button><button name="answer" value="no">No</button></form>`,
  );

export const donePage = (text: string): string => shell('Done', `<p>${escaped(text)}</p>`);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
