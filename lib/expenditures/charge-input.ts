import * as z from 'zod';
import { chargeForm } from './charge-form.ts';

/**
 * A delivered record as the API takes it: anything, because each record is judged by itself and a bad one must not refuse its
 * batch. The contract shows the form that a good one has.
 */
export function chargeInput(): z.ZodType {
  const { $schema: _dialect, ...form } = z.toJSONSchema(chargeForm, { io: 'input', unrepresentable: 'any' });
  return z.unknown().meta({ id: 'Charge', ...form });
}
