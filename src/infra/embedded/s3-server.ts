import { mkdir } from 'node:fs/promises';
import S3rver from 's3rver';

/** Credentials that the embedded S3 server knows; it listens on loopback only. */
export const s3Credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * Start an S3 server over a folder.
 *
 * It makes listing tokens with MD4: its process must run with `--openssl-legacy-provider`.
 */
export async function startS3Server(folder: string, port: number) {
  await mkdir(folder, { recursive: true });
  const server = new S3rver({ directory: folder, address: '127.0.0.1', port, silent: true });
  await server.run();
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => server.close() };
}
