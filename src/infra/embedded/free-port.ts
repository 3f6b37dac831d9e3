import { type AddressInfo, createServer } from 'node:net';

/**
 * The port to use on loopback: the wanted one, or any free one for 0.
 *
 * @throws {Error} naming the port and its setting when it is taken.
 */
export async function freePort(wanted: number, setting: string): Promise<number> {
  const probe = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${wanted} is taken. Set ${setting} to a free one, or to 0 for any.`)
          : error,
      ),
    );
    probe.listen(wanted, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port));
  });
  await new Promise((closed) => probe.close(closed));
  return port;
}
