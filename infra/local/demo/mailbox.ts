import * as z from 'zod';
import type { LocalStack } from '../stack.ts';

const store = z.object({
  emails: z.array(
    z.object({ destination: z.object({ to: z.array(z.string()) }), body: z.object({ text: z.string().default('') }) }),
  ),
});

/** The text of the last mail to an address; the stack has sent it already. */
export async function latestMailTo(stack: LocalStack, address: string): Promise<string> {
  const answer = await fetch(`${stack.urls.inbox}/store`);
  const { emails } = store.parse(await answer.json());
  const mail = emails.findLast(({ destination }) => destination.to.includes(address));
  if (!mail) throw new Error(`no mail has reached ${address}`);
  return mail.body.text;
}
