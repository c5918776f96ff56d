import { expect, it } from '@jest/globals';
import { RecordingTelemetry } from '../../../../shared/test/doubles/recording-telemetry';
import { DoorTelemetry } from './door-telemetry';

it('counts the moves of a commit by their kind', () => {
  const telemetry = new RecordingTelemetry();
  const released = { kind: 'released', holdId: 'a-hold' } as const;
  const expired = { kind: 'expired', holdId: 'another' } as const;
  new DoorTelemetry(telemetry).committed('an-event', {
    visitors: 3,
    moves: [expired, released, expired],
    rounds: 3,
  });
  expect(telemetry.counts).toEqual({
    'stock.commits': 1,
    'stock.moves kind=expired': 2,
    'stock.moves kind=released': 1,
    'stock.commit.retries': 2,
  });
});
