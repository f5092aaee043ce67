import { createOperator } from '#lib/organization/index.ts';
import { SYSTEM } from '#lib/shared/actor.ts';
import { inCall } from '#lib/shared/call.ts';
import type { LocalStack } from './stack.ts';

/** Somebody to try the stack with: the subject of a ready-made token. */
export interface Persona {
  readonly subject: string;
  readonly who: string;
}

/** Puts a small believable data set into an empty stack; a kept one has it already. @returns whose tokens are printed */
export async function seed(stack: LocalStack): Promise<Persona[]> {
  const operator = { subject: 'operator', who: 'operator of the platform' };
  if (stack.fresh) {
    const now = stack.now();
    await inCall({ operation: 'seed', requestId: 'seed', now, actor: SYSTEM }, () =>
      createOperator(operator.subject, 'Olga Operator', now),
    );
  }
  return [operator];
}
