import { messageOf, Stopped, type Fault } from '../stopped';

export const isolated: Fault = {
  what: 'The SQL server answers inside its virtual network alone (networkIsolation), and this machine is outside.',
  next: 'Run `azd hooks run postprovision` on a machine inside it: a self-hosted runner, or one that is joined by VPN.',
};

const troubles: readonly (readonly [RegExp, Fault])[] = [
  [/Deny Public Network Access/i, isolated], // 47073
  [
    /Login failed for user/i, // 18456
    {
      what: 'The SQL server does not take whoever is signed in to azd for its administrator.',
      next: 'Sign in as a member of the group that administers it (`azd auth login`), or join that group; a new membership counts from the next sign-in on.',
    },
  ],
  [
    /ENOTFOUND|EAI_AGAIN|getaddrinfo/,
    {
      what: 'The SQL server’s name does not resolve here.',
      next: 'Check AZURE_SQL_SERVER (`azd env get-values`) and this machine’s DNS, then run `azd hooks run postprovision`.',
    },
  ],
];

/** What is known to go wrong on the way to a server, with what to do; anything else as it is. */
export function explained(error: unknown): unknown {
  const [, fault] = troubles.find(([says]) => says.test(messageOf(error))) ?? [];
  return fault === undefined ? error : new Stopped([fault], { cause: error });
}
