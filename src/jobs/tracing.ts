/** Names, counts and ids that say what a step was: never a value that a caller gave. */
export type StepAttributes = Record<string, string | number>;

/** One step of a trace. */
export interface Step {
  name: string;
  kind: 'SERVER' | 'INTERNAL' | 'PRODUCER' | 'CONSUMER' | 'CLIENT';
  attributes?: StepAttributes;
  /**
   * The position to go on from; null begins a trace. Where left out, it is part of the step that is running,
   * and where none is, it is not traced.
   */
  parent?: string | null | undefined;
}

/** What is told of the work that a request or a job causes, wherever it is done. */
export interface Tracing {
  /** Where the running step is, as a W3C `traceparent`; null where nothing is traced. */
  position(): string | null;
  /** Run `fn` as a step. What it throws marks the step as failed, and is passed on. */
  step<T>(step: Step, fn: () => Promise<T>): Promise<T>;
  /** Say more of the running step; `error.type` marks it as failed. */
  note(attributes: StepAttributes, name?: string): void;
}
