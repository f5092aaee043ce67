import { createServer, type Server } from 'node:net';
import { StartFailure } from './start-failure.ts';

/** Nothing of the local stack listens anywhere else. */
export const LOOPBACK = '127.0.0.1';

/** Lets a server listen on a port of this machine alone, a free one for 0. @returns its port */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return portOf(server);
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

/** Ends a server without waiting for clients that keep their connection open. */
export async function close(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections?.();
  await closed;
}

/** A port that is free now, chosen by the operating system. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await close(server);
  return port;
}

/** @throws StartFailure when somebody else listens there, or may not be disturbed */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  const server = createServer();
  try {
    await listen(server, port);
  } catch (error) {
    throw portFailure(error, port, purpose);
  }
  await close(server);
}

function portFailure(error: unknown, port: number, purpose: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const cause = error.code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened by this user';
  return new StartFailure(
    'port-in-use',
    `Port ${port} of ${LOOPBACK}, wanted for ${purpose}, ${cause}; end that program or choose another port with --port.`,
  );
}
