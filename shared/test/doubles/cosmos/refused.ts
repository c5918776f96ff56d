/** What the double says no with; on the wire it is the status, the substatus and a message. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    message: string,
    readonly substatus?: number,
  ) {
    super(message);
  }
}
