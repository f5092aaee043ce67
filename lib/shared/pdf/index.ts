export { createPdf, type Pdf } from './document.ts';
export type { Row } from './table.ts';
