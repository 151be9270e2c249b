import type { Command } from 'commander';
import { run, withCommonOptions, withLedger, type CommonOptions } from '../session.ts';
import { serveUntilStopped } from '../serve-until-stopped.ts';

export const registerServe = (program: Command): void => {
  withCommonOptions(program.command('serve'))
    .description('启动服务 serve the API and the page')
    .option('--port <port>', '端口', process.env['MZ_PORT'] ?? '8420')
    .option('--host <host>', '地址', process.env['MZ_HOST'] ?? '127.0.0.1')
    .action((options: CommonOptions & { readonly port: string; readonly host: string }) =>
      run(options.lang, () =>
        withLedger(options, (ledger) => serveUntilStopped(ledger, options.port, options.host)),
      ),
    );
};
