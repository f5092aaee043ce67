import { timingSafeEqual } from 'node:crypto';
import { portalUrl } from '#lib/shared/resources.ts';
import { linkToken } from '#lib/shared/secret-link.ts';
import type { InvitationLink } from './link.ts';

type Named = Pick<InvitationLink, 'linkId' | 'customTag'>;

/** Stands in no id and no tag, and needs no escape in a path. */
const SEPARATOR = '~';
const SIGNATURE_LENGTH = 22; // 132 bits

/** What the URL of a link ends with: id and tag in clear, signed, so that an altered tag leads nowhere (DEV-76). */
const tokenOfLink = (link: Named): string => [link.linkId, link.customTag ?? '', signatureOf(link)].join(SEPARATOR);

/** The link and tag that a token names, if it is one that was given out; `undefined` for any other text. */
export function signedLink(token: string): Named | undefined {
  const [linkId, customTag, given, ...rest] = token.split(SEPARATOR);
  if (!linkId || customTag === undefined || given === undefined || rest.length > 0) return undefined;
  const named = { linkId, customTag: customTag || undefined };
  const [expected, presented] = [Buffer.from(signatureOf(named)), Buffer.from(given)];
  return expected.length === presented.length && timingSafeEqual(expected, presented) ? named : undefined;
}

/** Where it is opened; mails, links and QR codes lead to the same page (DEV-69). */
export const urlOfLink = (link: Named): string => `${portalUrl()}/invitations/${tokenOfLink(link)}`;

const signatureOf = ({ linkId, customTag = '' }: Named): string =>
  linkToken(`link:${linkId}${SEPARATOR}${customTag}`).slice(0, SIGNATURE_LENGTH);
