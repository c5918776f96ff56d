import { describe, expect, it } from '@jest/globals';
import { redactFacts, redactText } from './redaction';

describe('redaction', () => {
  it.each([
    ["mail to ada.o'neill+tickets@mail.example.org failed", 'mail to [e-mail] failed'],
    ['GET /users?email=ada%40example.org', 'GET /users?email=[e-mail]'],
    ['zoë@exämple.org wrote', '[e-mail] wrote'],
    ['Authorization: Bearer abcdefgh.ijk_lmn-opq', 'Authorization: Bearer [token]'],
    ['authorization basic dXNlcjpwYXNzd29yZA==', 'authorization basic [token]'],
    ['token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl!', 'token [token]!'],
    ['hold BH1.h-1a2b.WyIwMWp2MGgiXQ.c2lnbmF0dXJl', 'hold [ticket or hold token]'],
    ['code BX1.AAECAwQFBgcICQoLDA0ODw', 'code [ticket or hold token]'],
    ['paid with 4242 4242 4242 4242, thanks', 'paid with [card number], thanks'],
    ['paid with 378282246310005.', 'paid with [card number].'],
    ['key sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'key [key]'],
    [
      'Endpoint=sb://x/;SharedAccessKeyName=root;SharedAccessKey=abc/def=;EntityPath=q',
      'Endpoint=sb://x/;SharedAccessKeyName=root;SharedAccessKey=[secret];EntityPath=q',
    ],
    ['Server=x;User=sa;Password=p4ss!word;Encrypt=true', 'Server=x;User=sa;Password=[secret];Encrypt=true'],
    ['POST /token?code=abc123&state=1', 'POST /token?code=[secret]&state=1'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- and on', '[private key] and on'],
  ])('takes the secret out of: %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each([
    'order 01jv0hc2k4b6d8f0g1h3j5m7n9 of event 01jv0h5c9n3yq8t6w2b4d7f1ga',
    'at 1798761600123 after 12.5 ms',
    '4242 4242 4242 4243 is no card: its check digit is wrong',
    'POST /events/{eventId}/publish answered 409 sold-out',
    'the bearer was refused',
    'postcode=1030',
  ])('leaves be what is no secret: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('takes facts out by their name, whatever they hold', () => {
    const secret = Object.fromEntries(
      [
        'authorization',
        'Cookie',
        'accessToken',
        'password',
        'clientSecret',
        'email',
        'buyerEmail',
        'name',
        'buyer_name',
        'cardLast4',
        'cvc',
        'phoneNumber',
        'address',
        'ticketSignature',
        'apiKey',
        'connectionString',
      ].map((name) => [name, 'x']),
    );
    expect(new Set(Object.values(redactFacts(secret)))).toEqual(new Set(['[redacted]']));
  });

  it('leaves facts that speak of things, and drops those that say nothing', () => {
    const facts = {
      orderId: '01jv',
      hostname: 'x',
      eventName: 'e',
      queueName: 'q',
      count: 3,
      ok: true,
      tokenCount: 2,
      'http.route': '/orders',
    };
    expect(redactFacts({ ...facts, nothing: undefined })).toEqual(facts);
  });

  it('looks into the values of those, too', () => {
    expect(redactFacts({ reason: 'no such box: ada@example.org', account: 4242424242424242 })).toEqual({
      reason: 'no such box: [e-mail]',
      account: '[card number]',
    });
  });
});
