import type { PurchaseFault } from '../faults';
import { isOfKnownForm, readVatId } from './vat-id';

/** A number with a wrong digit would count as none, and its owner would be charged tax that they do not owe. What nobody here can check is let be. */
export const vatIdFaults = (vatId: string | undefined): readonly PurchaseFault[] =>
  vatId === undefined || readVatId(vatId) || !isOfKnownForm(vatId)
    ? []
    : [
        {
          field: 'buyer.vatId',
          code: 'vat-id-wrong',
          message: 'This is no valid VAT number. Check its digits, or leave it out.',
        },
      ];
