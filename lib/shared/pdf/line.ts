import type { Pdfkit } from './document.ts';
import type { Line } from './wrap.ts';

export type Align = 'left' | 'center' | 'right';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly color: string;
  readonly align: Align;
}

/** Of all faces: how far below the top of a line its letters stand, so that scripts share one base line. */
const ASCENT = 1.05;

/** Sets the runs of one line side by side. */
export function drawLine(kit: Pdfkit, line: Line, { x, y, width, size, color, align }: Place): void {
  let at = x + indent(width - line.width * size, align);
  kit.fillColor(color);
  for (const { text, face, width: runWidth } of line.runs) {
    kit.registerFont(face.name, face.font as unknown as ArrayBuffer); // a font that is open already, which its types do not know
    kit.font(face.name, size).text(text, at, y + ASCENT * size, { lineBreak: false, baseline: 'alphabetic' });
    at += runWidth * size;
  }
}

function indent(spare: number, align: Align): number {
  if (align === 'left') return 0;
  return align === 'right' ? spare : spare / 2;
}
