import { AdjustmentListController } from './adjustments.controller.ts';
import { AgeingController } from './ageing.controller.ts';
import { AllocationController } from './allocation.controller.ts';
import { AnnouncementListController } from './announcements.controller.ts';
import { BalancesController } from './balances.controller.ts';
import { DifferenceController } from './difference.controller.ts';
import { ExplanationController } from './explanation.controller.ts';
import { FrameController } from './frame.controller.ts';
import { JournalController } from './journal.controller.ts';
import { NamedDaysController } from './named-days.controller.ts';
import { NoticeListController } from './notices.controller.ts';
import { OpenRequestsController } from './open-requests.controller.ts';
import { PayeePaymentsController } from './payee-payments.controller.ts';
import { PayeesController } from './payees.controller.ts';
import { PlaceBalanceController } from './place-balance.controller.ts';
import { PlacesController } from './places.controller.ts';
import { ProgressController } from './progress.controller.ts';
import { RegisterController } from './register.controller.ts';
import { SearchController } from './search.controller.ts';
import { StatementController } from './statement.controller.ts';
import { TraceController } from './trace.controller.ts';
import { ViewStatusController } from './view-status.controller.ts';

/** One controller a question, in the order in which OpenAPI lists them. */
export const QUERY_CONTROLLERS = [
  BalancesController,
  PlaceBalanceController,
  ProgressController,
  NoticeListController,
  RegisterController,
  AllocationController,
  AnnouncementListController,
  AdjustmentListController,
  JournalController,
  PlacesController,
  PayeesController,
  ViewStatusController,
  ExplanationController,
  DifferenceController,
  StatementController,
  AgeingController,
  SearchController,
  TraceController,
  PayeePaymentsController,
  NamedDaysController,
  FrameController,
  OpenRequestsController,
];
