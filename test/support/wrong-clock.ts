/** Loaded before a process's own code (`node --import`): its clock is wrong by `CLOCK_SHIFT_MS`. */
import { shiftClock } from './shift-clock.ts';

shiftClock(Number(process.env.CLOCK_SHIFT_MS));
