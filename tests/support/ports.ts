import { randomInt } from 'node:crypto';
import { requireFreePort } from '../../infra/local/ports.ts';

/** The first of five free ports in a row, below those that the operating system gives to connections. */
export async function somePort(): Promise<string> {
  const first = randomInt(10_000, 30_000);
  try {
    for (let offset = 0; offset < 5; offset += 1) await requireFreePort(first + offset, 'a test');
    return String(first);
  } catch {
    return somePort();
  }
}
