import type { Route } from '@boxoffice/shared/http';
import type { DependencyContainer } from 'tsyringe';
import { AdmitTicket } from '../core/admit-ticket';
import { BlockTickets } from '../core/block-tickets';
import { MergeScans } from '../core/merge-scans';
import { ScanBundles } from '../core/scan-bundles';
import { SetAdmissionRules } from '../core/set-admission-rules';
import { WatchAdmissions } from '../core/watch-admissions';
import { setAdmissionRules, showAdmissionRules } from './admission-rules.http';
import { summarizeAdmissions } from './admission-summary.http';
import { admitTicket, listConflicts, mergeScans } from './admissions.http';
import { blockTicket, unblockTicket } from './blocked-tickets.http';
import { scanBundle } from './scan-bundle.http';

/** What organisers and stewards do to let people in. */
export function atTheGates(container: DependencyContainer): readonly Route[] {
  const rules = container.resolve(SetAdmissionRules);
  const blocking = container.resolve(BlockTickets);
  const watching = container.resolve(WatchAdmissions);
  return [
    showAdmissionRules(rules),
    setAdmissionRules(rules),
    blockTicket(blocking),
    unblockTicket(blocking),
    admitTicket(container.resolve(AdmitTicket)),
    mergeScans(container.resolve(MergeScans)),
    scanBundle(container.resolve(ScanBundles)),
    summarizeAdmissions(watching),
    listConflicts(watching),
  ];
}
