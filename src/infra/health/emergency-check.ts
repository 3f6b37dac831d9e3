import type { HealthCheck } from '../../domain/health/component.ts';
import type { EmergencyWatch } from '../watch-emergency.ts';

/** An emergency makes an installation no worse than DEGRADED: it answers, to fewer. */
export function emergencyCheck({ present }: Pick<EmergencyWatch, 'present'>): HealthCheck {
  return {
    name: 'EMERGENCY',
    unanswered: 'UNKNOWN',
    async measure() {
      const emergency = present();
      if (emergency === undefined) return { status: 'UNKNOWN' };
      if (!emergency) return { status: 'OK' };
      const { reason, startedAt, until } = emergency;
      const end = until ? `, until ${until.toISOString()}` : '';
      const message = `It lasts since ${startedAt.toISOString()}${end}: ${reason}`;
      return { status: 'DEGRADED', message };
    },
  };
}
