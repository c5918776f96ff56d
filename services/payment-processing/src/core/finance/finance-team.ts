/** Who sees and moves an organiser's money beside its owner. */
export interface FinanceTeam {
  readonly organizerId: string;
  /** E-mail addresses that they sign in with, in lower case. */
  readonly members: readonly string[];
  /** 1 as long as nobody has been named, then one more each time. */
  readonly version: number;
}

export const nobody = (organizerId: string): FinanceTeam => ({ organizerId, members: [], version: 1 });
