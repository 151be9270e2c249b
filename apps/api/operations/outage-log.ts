import {
  Injectable,
  Inject,
  Logger,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { skipWhile, type Subscription } from 'rxjs';
import type { Ledger } from '#wiring/ledger';
import { LEDGER } from '../tokens-of-injection.ts';

/** One line of the log when the cluster takes no more writes, and one when it does again. */
@Injectable()
export class OutageLog implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger('store');
  #following: Subscription | undefined;

  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  onModuleInit(): void {
    this.#following = this.ledger.outages.outages
      .pipe(skipWhile((outage) => outage === undefined))
      .subscribe((outage) => {
        if (outage === undefined)
          this.#logger.log('The cluster takes writes again. 集群恢复,可以记账。');
        else this.#logger.warn(`${outage.en} ${outage.zh}`);
      });
  }

  onModuleDestroy(): void {
    this.#following?.unsubscribe();
  }
}
