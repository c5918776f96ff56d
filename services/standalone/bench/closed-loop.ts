import autocannon from 'autocannon';

/** Load from a kept generator, in a process of its own: each connection sends again once it is answered. `closed-loop PLAN`. */
export interface ClosedLoopPlan {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `[<id>]` in it, or in a header, becomes another id with each request. */
  readonly body: string;
}

export interface ClosedLoopOutcome {
  readonly perSecond: number;
  readonly failed: number;
}

if (process.argv[3] === 'closed-loop') {
  const { url, connections, seconds, headers, body } = JSON.parse(process.argv[2] ?? '') as ClosedLoopPlan;
  void autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers,
    body,
    idReplacement: true,
  }).then((result) => {
    const outcome: ClosedLoopOutcome = {
      perSecond: result['2xx'] / result.duration,
      failed: result.non2xx + result.errors + result.timeouts,
    };
    process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0));
  });
}
