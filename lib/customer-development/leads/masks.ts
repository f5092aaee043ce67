/** DEV-190: the masks of this chapter's screens. What would still show everything shows its first character alone. */
const STARS = '****';

/** `w****1`. */
export function maskCustomerName(name: string): string {
  const letters = [...name];
  return `${letters[0] ?? ''}${STARS}${letters.length > 2 ? letters.at(-1) : ''}`;
}

/** `4097****@qq.com`. */
export function maskCustomerEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const local = [...email.slice(0, at)];
  return `${local.slice(0, local.length > 4 ? 4 : 1).join('')}${STARS}${email.slice(at)}`;
}

/** `193****0003`. */
export function maskCustomerMobile(mobile: string): string {
  return mobile.length > 7 ? `${mobile.slice(0, 3)}${STARS}${mobile.slice(-4)}` : `${mobile.slice(0, 1)}${STARS}`;
}
