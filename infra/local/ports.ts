import { createServer, type Server } from 'node:net';
import { StartFailure } from './start-failure.ts';

/** Nothing of the local stack listens anywhere else. */
export const LOOPBACK = '127.0.0.1';

/** A port that is free now, chosen by the operating system. */
export async function freePort(): Promise<number> {
  const server = await listenOnce(0);
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** @throws StartFailure when somebody else listens there */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  try {
    const server = await listenOnce(port);
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    throw portFailure(error, port, purpose);
  }
}

/** Turns what `listen` throws into the sentence that names the port and the way out. */
export function portFailure(error: unknown, port: number, purpose: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const cause = error.code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened by this user';
  return new StartFailure(
    'port-in-use',
    `Port ${port} of ${LOOPBACK}, wanted for ${purpose}, ${cause}; end that program or choose another port with --port.`,
  );
}

function listenOnce(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve(server));
  });
}
