import { Client } from 'pg';

/** One connection. When it is lost, what was asked of it fails; nothing else need be told. */
export async function openClient(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'mediagraph backup' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
