/** A product type and the unit in which its usage was delivered: what quantities are summed by. */
export const productKey = (code: string, unit: string): string => JSON.stringify([code, unit]);

const PREFIX = 'used';

/** The name under which a customer month keeps the quantity of a product. */
export const productAttribute = (key: string): string => `${PREFIX}${key}`;

export const productOfAttribute = (name: string): string | undefined =>
  name.startsWith(`${PREFIX}[`) ? name.slice(PREFIX.length) : undefined;
