import { isIP } from 'node:net';
import type { Origin } from './record-change.ts';

/** What is read of a request, whoever took it. */
interface OriginatingRequest {
  ip?: string | null | undefined;
  userAgent: string | null | undefined;
}

/** Where a request came from. What a proxy says in other words is no address that could be kept. */
export function originOf(request: OriginatingRequest, requestId: string): Origin {
  const { ip, userAgent = null } = request;
  return {
    requestId,
    ip: ip && isIP(ip) ? ip : null,
    userAgent: userAgent?.slice(0, 1000) ?? null,
  };
}
