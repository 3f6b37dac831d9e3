import type { NextFunction, Request, Response } from 'express';

/** A body that is not JSON, or too large, is the caller's mistake, told as GraphQL tells mistakes. */
export function answerBadRequest(
  error: Error & { status?: number },
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
  const isTheirs = error.status !== undefined && error.status < 500;
  const message = isTheirs
    ? `The request cannot be read: ${error.message}`
    : 'Something went wrong on our side.';
  const code = isTheirs ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
  response.status(error.status ?? 500).json({ errors: [{ message, extensions: { code } }] });
}
