/** Masks of spec note 13: enough to recognise, not enough to use. */

/** `f***y`: first and last character; shorter values lose all but the first. */
export function maskName(name: string): string {
  const letters = [...name];
  if (letters.length <= 2) return `${letters[0] ?? ''}***`;
  return `${letters[0]}***${letters.at(-1)}`;
}

/** `193****0003`: the first three and last four digits, fewer for short numbers. */
export function maskPhone(phone: string): string {
  const shown = phone.length >= 10 ? 4 : 2;
  return `${phone.slice(0, phone.length >= 10 ? 3 : 1)}****${phone.slice(-shown)}`;
}

/** `q202***@163.com`: at most four characters of the local part, the domain in clear. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  const local = [...email.slice(0, at)];
  return `${local.slice(0, Math.min(4, Math.ceil(local.length / 2))).join('')}***${email.slice(at)}`;
}

const MASKS: Readonly<Record<string, (value: string) => string>> = {
  name: maskName,
  customerName: maskName,
  email: maskEmail,
  mobileNumber: maskPhone,
};

/** A field of a record, masked when its name says that it is personal. */
export function maskPersonal(field: string, value: unknown): unknown {
  const mask = MASKS[field];
  return mask && typeof value === 'string' ? mask(value) : value;
}
