import { dynamodb } from '#lib/shared/dynamodb.ts';

/** Capacity units that DynamoDB says it consumed. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

interface Consumed {
  readonly CapacityUnits?: number;
}

const used = { read: 0, write: 0 };
let counting = false;

/** Asks DynamoDB for the consumed capacity of every command of `work`. */
export async function consumedBy(work: () => Promise<unknown>): Promise<Units> {
  if (!counting) count();
  counting = true;
  used.read = 0;
  used.write = 0;
  await work();
  return { ...used };
}

function count(): void {
  dynamodb.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Consumed | Consumed[] };
      const units = [ConsumedCapacity ?? []].flat().reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);
      used[/Get|Query/.test(context.commandName ?? '') ? 'read' : 'write'] += units;
      return answer;
    },
    { step: 'initialize', name: 'countCapacity' },
  );
}
