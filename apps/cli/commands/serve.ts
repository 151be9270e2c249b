import type { Command } from 'commander';
import { withCommonOptions, type CommonOptions } from '../session/common-options.ts';
import { withLedger } from '../session/open-ledger.ts';
import { run } from '../session/run.ts';
import { serveUntilStopped } from '../session/serve-until-stopped.ts';
import type { Session } from '../session/session.ts';

export const registerServe = (program: Command, session: Session): void => {
  withCommonOptions(program.command('serve'), session)
    .description('启动服务 serve the API and the page')
    .option('--port <port>', '端口', session.settings.port)
    .option('--host <host>', '地址', session.settings.host)
    .action((options: CommonOptions & { readonly port: string; readonly host: string }) =>
      run(session, options.lang, () =>
        withLedger(session, options, (ledger) =>
          serveUntilStopped(session, ledger, options.port, options.host),
        ),
      ),
    );
};
