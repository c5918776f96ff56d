import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsIncomplete } from './settings';

const read = (environment: Record<string, string>) =>
  readSettings(environment, (setting) => ({
    issuer: setting.text('ISSUER'),
    sender: setting.text('SENDER'),
    port: setting.wholeOr('PORT', 8080),
    name: setting.textOr('NAME', 'Boxoffice'),
  }));

describe('settings', () => {
  it('are read whole, with what may be left out', () => {
    expect(read({ ISSUER: 'https://id.example', SENDER: 'a@example.com' })).toEqual({
      issuer: 'https://id.example',
      sender: 'a@example.com',
      port: 8080,
      name: 'Boxoffice',
    });
    expect(read({ ISSUER: 'i', SENDER: 's', PORT: '0', NAME: 'n' })).toEqual({
      issuer: 'i',
      sender: 's',
      port: 0,
      name: 'n',
    });
  });

  it('are refused with everything that is missing or wrong in one message', () => {
    expect(() => read({ SENDER: '', PORT: '80a' })).toThrow(SettingsIncomplete);
    expect(() => read({ SENDER: '', PORT: '80a' })).toThrow(
      'ISSUER is not set; SENDER is not set; PORT is not a whole number: 80a',
    );
    for (const port of ['-1', '1.5', '', ' 80'])
      expect(() => read({ ISSUER: 'i', SENDER: 's', PORT: port })).toThrow('PORT');
  });

  it('of a shape of their own are read by whoever knows it, who says what is wrong', () => {
    const list = (environment: Record<string, string>) =>
      readSettings(environment, (setting) => ({
        list: setting.readOr<unknown>('LIST', [], (text) => JSON.parse(text) as unknown),
        port: setting.wholeOr('PORT', 1),
      }));
    expect([list({}), list({ LIST: '[1]' })]).toMatchObject([{ list: [] }, { list: [1] }]);
    expect(() => list({ LIST: '[', PORT: 'x' })).toThrow(/LIST: .*JSON.*; PORT is not/);
  });

  it('do not change afterwards', () => {
    const settings = read({ ISSUER: 'i', SENDER: 's' });
    expect(() => Object.assign(settings, { port: 1 })).toThrow(TypeError);
  });
});
