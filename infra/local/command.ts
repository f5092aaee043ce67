import type { LocalStack } from './stack.ts';
import { StartFailure } from './start-failure.ts';

const STOP_MS = 30_000;

/** Runs a command of the terminal: what cannot start says one sentence and ends with its exit code. */
export async function command(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof StartFailure ? error.message : error);
    process.exit(error instanceof StartFailure ? error.exitCode : 1);
  }
}

/** @param parse `parseArgs` of the command @throws StartFailure with the sentence of an unknown option */
export function optionsOf<Options>(parse: () => Options): Options {
  try {
    return parse();
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** The first of the five ports that a stack takes. */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_531) throw wrongUsage(`--port ${text} is no port number.`);
  return port;
}

export const wrongUsage = (sentence: string): StartFailure =>
  new StartFailure('wrong-usage', `${sentence} --help shows the options.`);

/** A signal may come twice, from the terminal and from npm. */
export function stopOnSignal(stack: LocalStack): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await stack.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
