import { route, type Route } from '@boxoffice/shared/http';
import type { StockReport } from '../core/stock-report';

const contentType = 'application/x-ndjson';

export const stockReport = (report: StockReport): Route =>
  route({
    method: 'GET',
    path: '/events/{eventId}/stock-report',
    summary: 'Every change of the stock of an event of yours, hash-chained, ending in the numbers of now',
    access: 'organizer',
    answers: { status: 200, description: 'JSON lines, to keep and to recompute', contentType },
    async handle({ params, principal }) {
      const eventId = params['eventId'] ?? '';
      const lines: Buffer[] = [];
      for await (const line of report.of(eventId, principal.userId)) lines.push(Buffer.from(line));
      const headers = {
        'content-type': contentType,
        'content-disposition': `attachment; filename="stock-${eventId}.ndjson"`,
        'cache-control': 'private, no-store',
      };
      return { status: 200, headers, bytes: Buffer.concat(lines) };
    },
  });
