import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { spawnSync } from 'node:child_process';
import { openApi } from './openapi';
import { PageQuery } from './paging';
import { route, type Route } from './route';
import {
  AsBoolean,
  IsCurrency,
  IsId,
  IsInstant,
  IsMinorUnits,
  IsPlainText,
  IsSlug,
  IsTimeZone,
} from './validators';

class PriceView {
  @IsMinorUnits() amountMinor!: number;
  @IsCurrency() currency!: string;
}
class LineRequest {
  @IsId() ticketTypeId!: string;
  @IsInt() @Min(1) @Max(10) quantity!: number;
}
class OrderRequest {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => LineRequest)
  lines!: LineRequest[];
  @IsOptional() @IsEmail() email?: string;
  @IsPlainText(80) name!: string;
  @IsString({ each: true }) @IsArray() @ArrayMaxSize(5) labels!: string[];
  @IsIn(['post', 'mail']) by!: string;
  @IsTimeZone() zone!: string;
  @IsSlug() slug!: string;
  @IsInstant() at!: string;
  @Length(2, 2) @Matches(/^[A-Z]{2}$/) country!: string;
}
class OrderView {
  @IsId() id!: string;
  @ValidateNested() @Type(() => PriceView) total!: PriceView;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => OrderView) parts?: OrderView[];
}
class ListQuery extends PageQuery {
  @IsOptional() @AsBoolean() @IsBoolean() mine?: boolean;
}
/** Another service's class of the same name. */
const otherOrderView = (() => {
  class OrderView {
    @IsId() ticketId!: string;
  }
  return OrderView;
})();

const handle = async () => ({ status: 200 });
const routes: readonly Route[] = [
  route<OrderRequest>({
    method: 'POST',
    path: '/orders',
    summary: 'Place',
    access: 'signed-in',
    body: OrderRequest,
    idempotencyKey: 'required',
    answers: { status: 201, description: 'Placed', body: OrderView },
    handle,
  }),
  route<object, ListQuery>({
    method: 'GET',
    path: '/orders',
    summary: 'List',
    access: 'signed-in',
    query: ListQuery,
    answers: { status: 200, description: 'Orders', body: OrderView },
    handle,
  }),
  route<OrderRequest>({
    method: 'PUT',
    path: '/orders/{orderId}',
    summary: 'Change',
    access: 'admin',
    body: OrderRequest,
    ifMatch: 'required',
    answers: { status: 200, description: 'Changed', body: OrderView },
    handle,
  }),
  route({
    method: 'GET',
    path: '/orders/{orderId}.pdf',
    summary: 'Receipt',
    access: 'signed-in',
    answers: { status: 200, description: 'PDF', contentType: 'application/pdf' },
    handle,
  }),
  route({
    method: 'POST',
    path: '/payments/webhook/{gateway}',
    summary: 'Hear',
    access: 'anyone',
    rawBody: true,
    answers: { status: 204, description: 'Heard' },
    handle,
  }),
];
const other = route({
  method: 'GET',
  path: '/tickets/{ticketId}',
  summary: 'Ticket',
  access: 'anyone',
  answers: { status: 200, description: 'It', body: otherOrderView },
  handle,
});

const document = openApi(
  [
    { name: 'payment-processing', routes, problems: { 'sold-out': 409 } },
    { name: 'ticket-inventory', routes: [other], problems: {} },
  ],
  {
    title: 'Demo',
    version: '1.2.3',
    openIdConnectUrl: 'https://id.example/.well-known/openid-configuration',
  },
) as {
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, Record<string, unknown>> };
};

// The validator is published as an ES module, which the test runner's module system does not load.
const validate = (text: string) => {
  const program = `import { Validator } from '@seriousme/openapi-schema-validator';
    let text = ''; for await (const chunk of process.stdin) text += chunk;
    process.stdout.write(JSON.stringify(await new Validator().validate(JSON.parse(text))));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    input: text,
    encoding: 'utf8',
    cwd: __dirname,
  });
  return JSON.parse(run.stdout) as { valid: boolean; errors?: unknown };
};

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1', () => {
    expect(validate(JSON.stringify(document))).toEqual({ valid: true });
    expect(validate(JSON.stringify(document).replace('"in":"path"', '"in":"road"')).valid).toBe(false);
  });

  it('says what a body may be, as its decorators do', () => {
    expect(document.components.schemas['OrderRequest']).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['lines', 'name', 'labels', 'by', 'zone', 'slug', 'at', 'country'],
      properties: {
        lines: {
          type: 'array',
          minItems: 1,
          maxItems: 20,
          items: { $ref: '#/components/schemas/LineRequest' },
        },
        email: { type: 'string', format: 'email' },
        name: { type: 'string', minLength: 1, maxLength: 80 },
        labels: { type: 'array', maxItems: 5, items: { type: 'string' } },
        by: { enum: ['post', 'mail'] },
        zone: { type: 'string', examples: ['Europe/Vienna'] },
        slug: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 },
        at: { type: 'string', format: 'date-time' },
        country: { type: 'string', minLength: 2, maxLength: 2, pattern: '^[A-Z]{2}$' },
      },
    });
    expect(document.components.schemas['LineRequest']).toMatchObject({
      properties: { quantity: { type: 'integer', minimum: 1, maximum: 10 } },
    });
  });

  it('describes classes within classes, and one within itself', () => {
    expect(document.components.schemas['OrderView']).toMatchObject({
      required: ['id', 'total'],
      properties: {
        total: { $ref: '#/components/schemas/PriceView' },
        parts: { type: 'array', items: { $ref: '#/components/schemas/OrderView' } },
      },
    });
  });

  it('keeps apart two classes of one name', () => {
    expect(document.components.schemas['TicketInventoryOrderView']).toMatchObject({ required: ['ticketId'] });
  });

  it('names what a call must carry', () => {
    const parameters = (path: string, method: string) =>
      (
        document.paths[path]?.[method]?.['parameters'] as { name: string; in: string; required: boolean }[]
      ).map((p) => `${p.in} ${p.name}${p.required ? '!' : ''}`);
    expect(parameters('/orders', 'post')).toEqual(['header Idempotency-Key!']);
    expect(parameters('/orders/{orderId}', 'put')).toEqual(['path orderId!', 'header If-Match!']);
    expect(parameters('/orders', 'get').sort()).toEqual(['query cursor', 'query limit', 'query mine']);
    expect(document.paths['/orders/{orderId}']?.['put']).toMatchObject({
      security: [{ signIn: [] }],
      description: 'Takes the role admin.',
    });
    expect(document.paths['/tickets/{ticketId}']?.['get']).toMatchObject({ security: [] });
  });

  it('names the problems that a call may meet', () => {
    const statuses = (path: string, method: string) =>
      Object.keys(document.paths[path]?.[method]?.['responses'] as object);
    expect(statuses('/orders', 'post')).toEqual(['201', '400', '401', '413', '415', '422', '503', 'default']);
    expect(statuses('/orders/{orderId}', 'put')).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '412',
      '413',
      '415',
      '428',
      '503',
      'default',
    ]);
    expect(statuses('/payments/webhook/{gateway}', 'post')).toEqual([
      '204',
      '400',
      '404',
      '413',
      '503',
      'default',
    ]);
  });

  it('calls each operation by a name of its own', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation['operationId']),
    );
    expect(ids).toContain('getOrdersByOrderIdPdf');
    expect(new Set(ids).size).toBe(ids.length);
  });
});
