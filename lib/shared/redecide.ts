import { Refusal, sharedErrors } from './errors.ts';
import { backoff } from './retry.ts';
import { ConditionFailed } from './transaction.ts';

const ATTEMPTS = 8;

/**
 * Runs a use case that loads, decides and commits, and runs it again from the loading on when somebody wrote in between.
 * @throws Refusal CONCURRENT_CHANGE when others keep coming first
 */
export async function redecide<T>(attempt: () => Promise<T>): Promise<T> {
  for (let i = 1; i <= ATTEMPTS; i += 1) {
    if (i > 1) await backoff(i);
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  throw new Refusal(sharedErrors.CONCURRENT_CHANGE);
}
