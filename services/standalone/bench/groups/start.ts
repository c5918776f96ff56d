import type { Group } from '../group';
import { residentMegabytes, withMachine } from '../house';

export const start: Group = ({ report }) =>
  withMachine(async (machine) => {
    report({ name: 'start to first answer', value: machine.startMilliseconds, unit: 'ms' });
    report({ name: 'memory at rest', value: residentMegabytes(machine), unit: 'MB' });
  }, true);
