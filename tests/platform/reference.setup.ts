import { loadFunctions } from '../../infra/local/functions.ts';
import { writeReference } from '../../infra/reference.ts';

/** The operations of functions/platform/ serve files that exist once they are written; so for every test file. */
export async function setup(): Promise<void> {
  await writeReference(await loadFunctions());
}
