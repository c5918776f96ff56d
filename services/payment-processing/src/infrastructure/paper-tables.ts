/** What is issued, and what it is numbered by. */
export interface PaperTables {
  /** Append only: `facts` is an IssuedPaper, printed from for ever. */
  papers: PaperRow;
  /** The last number of each series. */
  paperNumbers: { series: string; last: number };
}

export interface PaperRow {
  number: string;
  orderId: string;
  /** `sale`, or the refund's id. */
  cause: string;
  facts: string;
  issuedAt: string;
}
