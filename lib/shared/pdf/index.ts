export { createPdf, type DocumentFacts, type Pdf, type TextStyle } from './document.ts';
export type { Column, Row, Table } from './table.ts';
