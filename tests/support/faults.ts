import {
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { type Call, maybeCall } from '#lib/shared/call.ts';
import { dynamodb } from '#lib/shared/dynamodb.ts';

/** Calls of any AWS client that change something; what the pump does with its queues is not among them. */
const WRITES: ReadonlySet<string> = new Set([
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'],
  ...['SendMessage', 'SendMessageBatch', 'Publish', 'PublishBatch', 'SendEmail'],
  ...['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'],
]);

class Crashed extends Error {
  override readonly name = 'Crashed';
}

interface Client {
  send(command: { readonly constructor: { readonly name: string } }, ...rest: unknown[]): Promise<unknown>;
}

/** What all AWS clients inherit `send` from; one place to let any of them fail. */
const everyClient: Client = Object.getPrototypeOf(DynamoDBClient).prototype;
const send = everyClient.send;
const active = new Set<Fault>();

type Before = (command: string) => 'pass' | 'fail-before' | 'fail-after';

/** Ends with its block (`using`), at the latest with its test. */
export class Fault implements Disposable {
  readonly #judge: Before;
  /** Writes seen while this fault was active. */
  writes = 0;
  /** Whether it has happened. */
  struck = false;

  constructor(judge: (fault: Fault, command: string) => ReturnType<Before>) {
    this.#judge = (command) => judge(this, command);
    active.add(this);
    everyClient.send = sendOrFail;
  }

  judge(command: string): ReturnType<Before> {
    return this.#judge(command);
  }

  [Symbol.dispose](): void {
    active.delete(this);
    if (active.size === 0) everyClient.send = send;
  }
}

/**
 * The process dies at the n-th write from now on, `before` it is carried out or `after`: from there on every AWS call of the same
 * invocation (of the same message, in a consumer) fails. The next invocation works again.
 */
export function crashAtWrite(n: number, when: 'before' | 'after'): Fault {
  let dead: Call | undefined;
  return new Fault((fault, command) => {
    if (dead !== undefined && dead === maybeCall()) return 'fail-before';
    if (!WRITES.has(command)) return 'pass';
    fault.writes += 1;
    if (fault.writes !== n) return 'pass';
    fault.struck = true;
    dead = maybeCall();
    return when === 'before' ? 'fail-before' : 'fail-after';
  });
}

/** The n-th write from now on fails alone; `command` narrows what counts, such as `PutObject`. */
export function failNth(n: number, when: 'before' | 'after', command?: string): Fault {
  return new Fault((fault, name) => {
    if (command === undefined ? !WRITES.has(name) : name !== command) return 'pass';
    fault.writes += 1;
    if (fault.writes !== n) return 'pass';
    fault.struck = true;
    return when === 'before' ? 'fail-before' : 'fail-after';
  });
}

/** The tables refuse the next `times` requests as throttled; the SDK's own repetitions count as requests. */
export function throttle(times: number): Disposable & { readonly left: number } {
  let left = times;
  const name = 'throttled-for-a-test';
  dynamodb.middlewareStack.add(
    (next, context) => (args) => {
      if (left === 0) return next(args);
      left -= 1;
      throw throttled(String(context.commandName));
    },
    { step: 'deserialize', name, override: true },
  );
  return {
    get left() {
      return left;
    },
    [Symbol.dispose]: () => void dynamodb.middlewareStack.remove(name),
  };
}

/** Somebody else does something between what the next transaction was decided on and its commit. */
export function beforeTransaction(meanwhile: () => Promise<unknown>): Disposable & { readonly happened: boolean } {
  const name = 'meanwhile-for-a-test';
  let happened = false;
  dynamodb.middlewareStack.add(
    (next, context) => async (args) => {
      if (!happened && context.commandName === 'TransactWriteItemsCommand') {
        happened = true;
        await meanwhile();
      }
      return next(args);
    },
    { step: 'initialize', name, override: true },
  );
  return {
    get happened() {
      return happened;
    },
    [Symbol.dispose]: () => void dynamodb.middlewareStack.remove(name),
  };
}

export function endFaults(): void {
  for (const fault of active) fault[Symbol.dispose]();
}

async function sendOrFail(
  this: Client,
  command: { readonly constructor: { readonly name: string } },
  ...rest: unknown[]
): Promise<unknown> {
  const name = command.constructor.name.replace(/Command$/, '');
  const verdicts = [...active].map((fault) => fault.judge(name));
  if (verdicts.includes('fail-before')) throw new Crashed(`before ${name}`);
  const answer = await send.call(this, command, ...rest);
  if (verdicts.includes('fail-after')) throw new Crashed(`after ${name}`);
  return answer;
}

function throttled(command: string): Error {
  const $metadata = { httpStatusCode: 400 };
  if (command !== 'TransactWriteItemsCommand')
    return new ProvisionedThroughputExceededException({ message: 'throttled', $metadata });
  const CancellationReasons = [{ Code: 'ThrottlingError', Message: 'throttled' }];
  return new TransactionCanceledException({ message: 'throttled', $metadata, CancellationReasons });
}
