import { dynamodb } from '#lib/shared/dynamodb.ts';

let writes = 0;

dynamodb.middlewareStack.add(
  (next, context) => async (args) => {
    try {
      return await next(args);
    } finally {
      if (/Put|Update|Delete|Write/.test(context.commandName ?? '')) writes += 1; // a failed one may have been carried out
    }
  },
  { step: 'initialize', name: 'writeCount', override: true },
);

/** Grows with every change to the tables of this process, all of which go through one client. */
export const writesSoFar = (): number => writes;
