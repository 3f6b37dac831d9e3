import { badInput, DomainError } from '../domain/errors.ts';

/** Makes a value of a text. @throws {DomainError} BAD_USER_INPUT. */
type Read<T> = (text: string) => T;

/** Reads parameters one by one and keeps what is wrong with them, so that all of it is told at once. */
export interface ParameterReader<Name extends string> {
  /** The one value of a parameter; null where it is left out or cannot be used. */
  one<T>(name: Name, read: Read<T>): T | null;
  /** The values of a parameter that may be repeated. @param separator between several in one. */
  list<T>(name: Name, read: Read<T>, separator?: string): T[];
  /** Check what takes several parameters, where nothing is wrong with each of them. */
  check(names: Name[], fn: () => unknown): void;
  /** @throws {DomainError} BAD_USER_INPUT: everything that is wrong, and every parameter concerned. */
  finish(): void;
}

/** @param names of all parameters: any other is a mistake, which must not pass for no restriction. */
export function readParameters<Name extends string>(
  address: URLSearchParams,
  names: readonly Name[],
): ParameterReader<Name> {
  const problems: DomainError[] = [];
  const attempt = <T>(fn: () => T, ...fields: string[]): T | null => {
    try {
      return fn();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'BAD_USER_INPUT') throw error;
      problems.push(badInput(error.message, ...(fields.length > 0 ? fields : error.fields)));
      return null;
    }
  };
  const valuesOf = (name: Name, separator?: string) => {
    const values = address.getAll(name);
    const parts = separator ? values.flatMap((value) => value.split(separator)) : values;
    if (parts.includes('')) throw badInput(`${name} is empty: leave it out.`);
    return parts;
  };
  for (const name of new Set(address.keys())) {
    attempt(() => oneOf(names, 'parameter')(name as Name), name.slice(0, longestShown));
  }

  return {
    one: (name, read) =>
      attempt(() => {
        const [value, ...others] = valuesOf(name);
        if (others.length > 0) throw badInput(`${name} is given more than once.`);
        return value === undefined ? null : read(value);
      }, name),
    list: (name, read, separator) => attempt(() => valuesOf(name, separator).map(read), name) ?? [],
    check(concerned, fn) {
      const isFine = problems.every(
        ({ fields }) => !concerned.some((name) => fields.includes(name)),
      );
      if (isFine) attempt(fn);
    },
    finish() {
      if (problems.length === 0) return;
      const fields = problems.flatMap((problem) => problem.fields);
      throw badInput(problems.map(({ message }) => message).join(' '), ...new Set(fields));
    },
  };
}

const longestShown = 80;

/** Reads one of some words. */
export function oneOf<T extends string>(words: readonly T[], noun: string): Read<T> {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found) return found;
    const shown = text.slice(0, longestShown);
    throw badInput(`"${shown}" is no ${noun}; there are ${words.join(', ')}.`);
  };
}
