import { Refusal } from '#lib/shared/errors.ts';
import { changeErrors } from './errors.ts';

const LONGEST = 256;

/** 1 to 256 characters, counted as people count them. @throws Refusal REASON_REQUIRED */
export function requireReason(reason: string | undefined): void {
  const { length } = [...(reason?.trim() ?? '')];
  if (length < 1 || length > LONGEST) throw new Refusal(changeErrors.REASON_REQUIRED);
}
