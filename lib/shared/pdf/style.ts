import type { Weight } from './fonts.ts';

/** Lengths in points. */
export const MARGIN = 48;
/** Left free for the footer. */
export const BOTTOM = 64;
export const TEXT_SIZE = 9;
export const LINE_HEIGHT = 1.4;
export const INK = '#1a1a1a';
export const PALE = '#6b6b6b';
export const HAIRLINE = '#c8c8c8';

export const weightOf = (bold: boolean): Weight => (bold ? 'bold' : 'regular');
