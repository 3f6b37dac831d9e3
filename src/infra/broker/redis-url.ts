const forms = {
  redis: /^rediss?:\/\//,
  sentinel: /^rediss?\+sentinel:\/\//,
  cluster: /^rediss?\+cluster:\/\//,
};

/** Where Redis is, as `REDIS_URL` says it. */
export interface RedisAddress {
  form: keyof typeof forms;
  tls: boolean;
  username?: string;
  password?: string;
  hosts: { host: string; port: number }[];
  /** Number of the database; a cluster has one only. */
  db: number;
  /** Name of the master that sentinels know. */
  master?: string;
}

/**
 * Read an address:
 * `redis[s]://[user:password@]host[:port][/db]`,
 * `redis[s]+sentinel://[user:password@]host:port,host:port/master[/db]` or
 * `redis[s]+cluster://[user:password@]host:port,host:port`. With `rediss`, over TLS.
 *
 * @throws {Error} saying which part is wrong, without the password.
 */
export function parseRedisUrl(url: string): RedisAddress {
  const form = (Object.keys(forms) as RedisAddress['form'][]).find((each) => forms[each].test(url));
  if (!form)
    throw new Error(
      'must begin with redis://, redis+sentinel:// or redis+cluster://, or with rediss over TLS',
    );
  const [, authority = '', path = ''] = /^[^/]+\/\/([^/?#]*)\/?([^?#]*)$/.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  const [username, password] = at < 0 ? [] : authority.slice(0, at).split(/:(.*)/s);
  const hosts = authority
    .slice(at + 1)
    .split(',')
    .map((host) => readHost(host, form === 'sentinel' ? 26_379 : 6379));
  if (form === 'redis' && hosts.length > 1) {
    throw new Error('names several hosts: say redis+cluster:// or redis+sentinel://');
  }
  const [master, database] = form === 'sentinel' ? path.split('/') : [undefined, path];
  if (form === 'sentinel' && !master) throw new Error("lacks the master's name after the hosts");
  if (database && !/^\d{1,4}$/.test(database))
    throw new Error('has no number of a database at its end');
  if (form === 'cluster' && database)
    throw new Error('names a database, which a cluster does not have');
  return {
    form,
    tls: url.startsWith('rediss'),
    hosts,
    db: Number(database ?? 0),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(master && { master }),
  };
}

function readHost(text: string, defaultPort: number) {
  const [, host, port] = /^(\[[^\]]+\]|[^:\s]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!host || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    throw new Error('must name its hosts as host or host:port');
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? defaultPort) };
}

/** An address as it may be shown: without who and how. */
export function showRedisAddress(url: string): string {
  const { form, hosts } = parseRedisUrl(url);
  return `${form} at ${hosts.map(({ host, port }) => `${host}:${port}`).join(', ')}`;
}
