/** A text that isn't Bicep, at an offset of it. */
export class SyntaxFault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}
