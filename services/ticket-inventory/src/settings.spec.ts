import { describe, expect, it } from '@jest/globals';
import { SettingsIncomplete } from '@boxoffice/shared/kernel';
import { readInventorySettings } from './settings';

const both = { APPLE_PASS_TYPE_ID: 'pass.org.example.tickets', APPLE_TEAM_ID: 'A1B2C3D4E5' };

describe('the settings of ticket-inventory', () => {
  it('need nothing: tickets are then issued for no wallet', () => {
    expect(readInventorySettings({})).toEqual({ liveHoldsPerBuyer: 5, mostListeners: 20_000, passes: {} });
    const empty = { APPLE_PASS_TYPE_ID: '', APPLE_TEAM_ID: '', GOOGLE_WALLET_ISSUER_ID: '' };
    expect(readInventorySettings(empty).passes).toEqual({});
  });

  it('name who issues passes', () => {
    const google = { GOOGLE_WALLET_ISSUER_ID: '3388000000022195611' };
    expect(readInventorySettings({ ...both, ...google, SELLER_NAME: 'Konzerthaus' }).passes).toEqual({
      apple: { passTypeId: both.APPLE_PASS_TYPE_ID, teamId: both.APPLE_TEAM_ID, seller: 'Konzerthaus' },
      google: { issuerId: '3388000000022195611', seller: 'Konzerthaus' },
    });
  });

  it.each(['APPLE_PASS_TYPE_ID', 'APPLE_TEAM_ID'] as const)(
    'are refused with half of what Apple asks for: without %s',
    (missing) => {
      const read = () => readInventorySettings({ ...both, [missing]: undefined });
      expect(read).toThrow(SettingsIncomplete);
      expect(read).toThrow(`${missing} is not set`);
    },
  );

  it('are refused with everything that is wrong at once', () => {
    const read = () => readInventorySettings({ APPLE_TEAM_ID: 'x', GOOGLE_WALLET_ISSUER_ID: 'BCR2DN4T' });
    expect(read).toThrow('GOOGLE_WALLET_ISSUER_ID is not a whole number: BCR2DN4T');
    expect(read).toThrow('APPLE_PASS_TYPE_ID is not set');
  });
});
