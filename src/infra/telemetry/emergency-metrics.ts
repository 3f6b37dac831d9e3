import { Gauge, type Registry } from 'prom-client';
import type { EmergencyWatch } from '../watch-emergency.ts';

/** Whether an emergency lasts, as this process knows; left out before that was found out. */
export function createEmergencyMetrics(
  registry: Registry,
  { present }: Pick<EmergencyWatch, 'present'>,
): void {
  new Gauge({
    name: 'mediagraph_emergency_mode',
    help: '1 while an emergency lasts, 0 otherwise',
    registers: [registry],
    collect() {
      const emergency = present();
      if (emergency === undefined) this.remove();
      else this.set(emergency ? 1 : 0);
    },
  });
}
