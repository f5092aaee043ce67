import { createHash, createHmac } from 'node:crypto';
import { signingSecret } from './resources.ts';

/**
 * The secret part of a mailed link: 256 bits that nobody can guess (DEV-62). Whoever sends the mail derives it again from what it is
 * for, so it is never stored, queued, logged or put into an event. `purpose` names what the link opens and which sending of it.
 */
export const linkToken = (purpose: string): string =>
  createHmac('sha256', signingSecret()).update(`link:${purpose}`).digest('base64url');

/** What is stored of a token; it finds what the link opens and opens nothing by itself. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
