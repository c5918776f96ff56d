import { route, type Route } from '@boxoffice/shared/http';
import { Type } from 'class-transformer';
import { IsIn, IsString, ValidateNested } from 'class-validator';
import type { TicketKey } from '@boxoffice/shared/scanning';
import type { PublishedKeys } from '../core/ports';
import type { Plain } from '@boxoffice/shared/http';

export class TicketKeyView {
  @IsIn(['OKP']) kty!: string;
  @IsIn(['Ed25519']) crv!: string;
  @IsString() kid!: string;
  @IsString() x!: string;
  @IsIn(['EdDSA']) alg!: string;
  @IsIn(['sig']) use!: string;
}

export class TicketKeysView {
  @ValidateNested({ each: true }) @Type(() => TicketKeyView) keys!: TicketKeyView[];
}

export const ticketKeyView = ({ kid, x }: TicketKey): Plain<TicketKeyView> => ({
  kty: 'OKP',
  crv: 'Ed25519',
  kid,
  x,
  alg: 'EdDSA',
  use: 'sig',
});

export const ticketKeys = (published: PublishedKeys): Route =>
  route({
    method: 'GET',
    path: '/ticket-keys',
    summary: 'The public keys that tickets verify with, offline, as a JSON Web Key Set (RFC 7517, RFC 8037)',
    access: 'anyone',
    answers: {
      status: 200,
      description: 'Every key that a valid ticket may be signed with',
      body: TicketKeysView,
    },
    async handle() {
      const keys = (await published.list())
        .filter(({ purpose }) => purpose === 'ticket')
        .map(({ keyId, publicKey }) => ticketKeyView({ kid: keyId, x: publicKey }));
      return {
        status: 200,
        headers: { 'cache-control': 'public, max-age=300' },
        body: { keys } satisfies Plain<TicketKeysView>,
      };
    },
  });
