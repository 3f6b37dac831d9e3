import { Counter, type Registry } from 'prom-client';
import { type SecurityEventName, securityEvents } from '../../domain/audit-log/security-log.ts';

/** Counts security events, from none of each on: an alert sees the first one too. */
export function createSecurityMetrics(registry: Registry): (event: SecurityEventName) => void {
  const counter = new Counter({
    name: 'mediagraph_security_events_total',
    help: 'Security events that this server noted, by event (docs/security.md)',
    labelNames: ['event'],
    registers: [registry],
  });
  for (const event of Object.keys(securityEvents)) counter.inc({ event }, 0);
  return (event) => counter.inc({ event });
}
