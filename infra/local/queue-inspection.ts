import * as z from 'zod';

const message = z.object({ body: z.string() });
const contents = z.object({
  messages: z.object({
    ready: z.array(message),
    delayed: z.array(message),
    inflight: z.array(z.object({ message })),
  }),
});
const count = z.number();
const overview = z.array(
  z.object({
    name: z.string(),
    approximateMessageCount: count,
    approximateInflightCount: count,
    approximateDelayedCount: count,
  }),
);

/** Bodies of everything that lies in a queue, also of what is being worked on; nothing is taken out. */
export async function bodiesIn(name: string): Promise<string[]> {
  const { ready, delayed, inflight } = contents.parse(await view(`/${name}`)).messages;
  return [...ready, ...delayed, ...inflight.map((each) => each.message)].map((each) => each.body);
}

/** Names of the queues that are not empty; what is in flight may have become visible again. */
export async function queuesInUse(): Promise<ReadonlySet<string>> {
  const queues = overview.parse(await view(''));
  const sizeOf = (each: (typeof queues)[number]): number =>
    each.approximateMessageCount + each.approximateInflightCount + each.approximateDelayedCount;
  return new Set(queues.filter((each) => sizeOf(each) > 0).map((each) => each.name));
}

/** The engine offers it beside the AWS interface: one question for all queues, asked many times a second. */
async function view(path: string): Promise<unknown> {
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL_SQS}/_fauxqs/queues${path}`);
  if (!answer.ok) throw new Error(`the queue engine answers ${answer.status} to ${path}`);
  return answer.json();
}
