import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import type { Signing } from '#transparency-log/sign/signing';
import type { Ledger } from '#wiring/ledger';
import type { Tokens } from '#application/access/tokens';
import { AuthGuard } from './auth/auth.guard.ts';
import { AdjustmentsController } from './commands/adjustments.controller.ts';
import { AnnouncementsController } from './commands/announcements.controller.ts';
import { CommandEndpoint } from './commands/command-endpoint.ts';
import { DirectoryController } from './commands/directory.controller.ts';
import { EntriesController } from './commands/entries.controller.ts';
import { FundsController } from './commands/funds.controller.ts';
import { NoticesController } from './commands/notices.controller.ts';
import { PaymentsController } from './commands/payments.controller.ts';
import { ProjectController } from './commands/project.controller.ts';
import { Withdrawals } from './commands/withdrawals.ts';
import type { TimeLimits } from './http/time-limits.ts';
import { createMetrics } from './operations/metrics.ts';
import { OutageLog } from './operations/outage-log.ts';
import { OperationsController } from './operations/operations.controller.ts';
import { PageController } from './page/page.controller.ts';
import { ProblemFilter } from './problems/problem.filter.ts';
import { QUERY_CONTROLLERS } from './queries/query-controllers.ts';
import { QueryResponder } from './queries/query-responder.ts';
import { OpenStreams } from './stream/open-streams.ts';
import { DraftsController } from './announcement-drafts/drafts.controller.ts';
import { ProofController } from './proof/proof.controller.ts';
import { Receipts } from './proof/receipts.ts';
import { StreamController } from './stream/stream.controller.ts';
import { PersonsController } from './vault/persons.controller.ts';
import { LEDGER, LIMITS, METRICS, SIGNING, TOKENS } from './tokens-of-injection.ts';

@Module({})
export class ApiModule {
  /** The API over one open ledger. */
  static over(ledger: Ledger, tokens: Tokens, signing: Signing, limits: TimeLimits): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        PageController,
        NoticesController,
        FundsController,
        AdjustmentsController,
        PaymentsController,
        ProjectController,
        EntriesController,
        AnnouncementsController,
        DirectoryController,
        PersonsController,
        ...QUERY_CONTROLLERS,
        ProofController,
        DraftsController,
        StreamController,
        OperationsController,
      ],
      providers: [
        CommandEndpoint,
        Withdrawals,
        Receipts,
        QueryResponder,
        OpenStreams,
        OutageLog,
        { provide: LEDGER, useValue: ledger },
        { provide: TOKENS, useValue: tokens },
        { provide: SIGNING, useValue: signing },
        { provide: LIMITS, useValue: limits },
        { provide: METRICS, useFactory: () => createMetrics(ledger) },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
