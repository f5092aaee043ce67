import { loadFunctions } from '../../infra/local/functions.ts';
import { writeReference } from '../../infra/reference.ts';

/** The operations of functions/platform/ serve files that exist once they are written; for the test files that read them. */
export async function writeReferenceFiles(): Promise<void> {
  await writeReference(await loadFunctions());
}
