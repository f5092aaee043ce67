import * as z from 'zod';

const message = z.object({ body: z.string() });
const inspection = z.object({
  messages: z.object({ ready: z.array(message), delayed: z.array(message), inflight: z.array(z.object({ message })) }),
});

/** Bodies of everything that lies in a queue, also of what is being worked on; nothing is taken out. */
export async function bodiesIn(name: string): Promise<string[]> {
  const { ready, delayed, inflight } = await inspect(name);
  return [...ready, ...delayed, ...inflight.map((each) => each.message)].map((each) => each.body);
}

/** A view that the engine offers beside the AWS interface. */
async function inspect(name: string): Promise<z.output<typeof inspection>['messages']> {
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL_SQS}/_fauxqs/queues/${name}`);
  if (!answer.ok) throw new Error(`there is no queue ${name}`);
  return inspection.parse(await answer.json()).messages;
}
