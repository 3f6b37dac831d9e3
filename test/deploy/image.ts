import { readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';

export const dockerfileText = readFileSync('Dockerfile', 'utf8');
export const dockerfile = DockerfileParser.parse(dockerfileText);

/** The settings that the image brings along. */
export const imageSettings: Record<string, string> = Object.fromEntries(
  dockerfile
    .getENVs()
    .flatMap((instruction) => instruction.getProperties())
    .map((property) => [property.getName(), property.getValue() ?? '']),
);

/** A tag that says exactly what it is: a full version or a dated release. */
export const pinned = /^[\w./-]+:(\d+\.\d+(\.\d+)?|RELEASE\.[\dTZ-]+)(-[\w.-]+)?$/;
