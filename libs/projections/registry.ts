import { adjustmentsView } from './adjustments/view.ts';
import { allocationRegisterView } from './allocation-register/view.ts';
import { announcementBoardView } from './announcement-board/view.ts';
import { correctionsView } from './corrections/view.ts';
import { keysView } from './keys/view.ts';
import { openWorkView } from './open-work/view.ts';
import { payeePaymentsView } from './payee-payments/view.ts';
import { placeDirectoryView } from './place-directory/view.ts';
import { spendingProgressView } from './spending-progress/view.ts';
import type { View } from './engine/view.ts';
import { villageBalanceView } from './village-balance/view.ts';
import { vouchersView } from './vouchers/view.ts';

/** Every view there is. */
export const VIEWS: readonly View[] = [
  placeDirectoryView,
  allocationRegisterView,
  villageBalanceView,
  spendingProgressView,
  announcementBoardView,
  correctionsView,
  vouchersView,
  payeePaymentsView,
  adjustmentsView,
  openWorkView,
  keysView,
];
