import { describe, expect, it } from '@jest/globals';
import { SettingsIncomplete } from '../../kernel';
import { readAzureSettings } from './settings';

describe('the settings of Azure', () => {
  it('take the identity where there are addresses', () => {
    const settings = readAzureSettings(
      {
        AZURE_CLIENT_ID: 'an-identity',
        SERVICE_BUS_NAMESPACE: 'boxoffice.servicebus.windows.net',
        AZURE_SQL_SERVER: 'boxoffice.database.windows.net',
        COSMOS_ENDPOINT: 'https://boxoffice.documents.azure.com',
        BLOB_ENDPOINT: 'https://boxoffice.blob.core.windows.net',
        KEY_VAULT_URL: 'https://boxoffice.vault.azure.net',
        COMMUNICATION_ENDPOINT: 'https://boxoffice.communication.azure.com',
        MAIL_SENDER: 'tickets@example.com',
        APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=0',
        TRACES_PERCENT: '12.5',
        TIMERS_AT_LEAST_SECONDS: '60',
      },
      ['bus', 'sql', 'documents', 'files', 'secrets', 'mail'],
    );
    const clientId = 'an-identity';
    expect(settings).toEqual({
      clientId,
      bus: { namespace: 'boxoffice.servicebus.windows.net', clientId },
      sql: { server: 'boxoffice.database.windows.net', clientId },
      documents: { endpoint: 'https://boxoffice.documents.azure.com', clientId },
      files: { endpoint: 'https://boxoffice.blob.core.windows.net', clientId },
      secrets: { url: 'https://boxoffice.vault.azure.net', clientId },
      mail: {
        endpoint: 'https://boxoffice.communication.azure.com',
        clientId,
        sender: 'tickets@example.com',
      },
      insights: 'InstrumentationKey=0',
      sample: 0.125,
      timersAtLeastSeconds: 60,
    });
  });

  it('prefer a connection string', () => {
    const { bus, sql } = readAzureSettings(
      {
        SERVICE_BUS_CONNECTION_STRING: 'Endpoint=sb://here',
        SERVICE_BUS_NAMESPACE: 'there',
        AZURE_SQL_CONNECTION_STRING: 'Server=here',
      },
      ['bus', 'sql'],
    );
    expect({ bus, sql }).toEqual({
      bus: { connectionString: 'Endpoint=sb://here' },
      sql: { connectionString: 'Server=here' },
    });
  });

  it('keep every trace unless told otherwise, and take no share that is none', () => {
    expect(readAzureSettings({}, []).sample).toBe(1);
    for (const percent of ['101', '-1', 'half'])
      expect(() => readAzureSettings({ TRACES_PERCENT: percent }, [])).toThrow(
        `TRACES_PERCENT: ${percent} is no number from 0 to 100`,
      );
  });

  it('leave timers as they are unless told otherwise, and take no pace that a schedule can’t have', () => {
    const paceOf = (text: string) =>
      readAzureSettings({ TIMERS_AT_LEAST_SECONDS: text }, []).timersAtLeastSeconds;
    expect(readAzureSettings({}, []).timersAtLeastSeconds).toBe(0);
    expect(['', '1', '30', '60', '900', '3600', '86400'].map(paceOf)).toEqual([
      0, 1, 30, 60, 900, 3600, 86_400,
    ]);
    for (const text of [
      '0',
      '7',
      '45',
      '90',
      '2700',
      '100000',
      '-60',
      '1e1',
      '0x3c',
      '60.0',
      ' 60',
      'minute',
    ]) {
      expect(() => paceOf(text)).toThrow(SettingsIncomplete);
      expect(() => paceOf(text)).toThrow(
        `TIMERS_AT_LEAST_SECONDS: ${text} is none of 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120,`,
      );
    }
  });

  it('complain of all that is missing, and of nothing that is not needed', () => {
    const read = () => readAzureSettings({ SERVICE_BUS_NAMESPACE: '' }, ['bus', 'mail']);
    expect(read).toThrow(SettingsIncomplete);
    expect(read).toThrow(
      'SERVICE_BUS_NAMESPACE is not set; COMMUNICATION_ENDPOINT is not set; MAIL_SENDER is not set',
    );
  });
});
