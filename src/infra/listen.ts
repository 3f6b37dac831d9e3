import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listen on a port.
 *
 * @param at the port (0 takes any free one), and the setting that it comes from.
 * @returns the server's address.
 * @throws {Error} when the port is taken, naming the setting.
 */
export async function listen(
  http: Server,
  { port, host, setting }: { port: number; host: string; setting: string },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken. Set ${setting} to a free one, or to 0 for any.`)
          : error,
      ),
    );
    http.listen(port, host, resolve);
  });
  return `http://${host}:${(http.address() as AddressInfo).port}`;
}
