import { RawAnswer } from '#lib/shared/raw-answer.ts';
import type { InvitationLink } from './link.ts';
import { urlOfLink } from './link-token.ts';

/** Readable with a seventh of it smudged; the white border is the one that readers need. */
const LEVEL = { errorCorrectionLevel: 'M', margin: 4 } as const;
const PIXELS = 600; // prints sharply at 5 cm
const HEADERS = { 'cache-control': 'private, max-age=300', 'x-content-type-options': 'nosniff' };

/** The link's URL as a picture (DEV-69). The writer of pictures is loaded by who asks for one. */
export async function qrCodeAsPng(link: InvitationLink): Promise<RawAnswer> {
  const { toBuffer } = await import('qrcode');
  const picture = await toBuffer(urlOfLink(link), { ...LEVEL, width: PIXELS, type: 'png' });
  return new RawAnswer(picture.toString('base64'), { ...HEADERS, 'content-type': 'image/png' }, true);
}

export async function qrCodeAsSvg(link: InvitationLink): Promise<RawAnswer> {
  const { toString: draw } = await import('qrcode');
  const picture = await draw(urlOfLink(link), { ...LEVEL, type: 'svg' });
  return new RawAnswer(picture, { ...HEADERS, 'content-type': 'image/svg+xml' });
}
