/** All that draws. It is heavy: the press loads it when the first paper is asked for. */
export { salePaper } from '../papers/sale-paper';
export { ticketPaper } from '../papers/ticket-paper';
