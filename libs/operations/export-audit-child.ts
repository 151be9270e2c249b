import { writeAuditPackage } from '#exports/audit-package/write-package';
import { StoreUnusable } from '#event-store/store-unusable';
import { openLedgerReader } from '#wiring/ledger';
import type { AuditExport, AuditExportMessage } from './export-audit.ts';

/** Started by `exportAudit`: takes one request, answers it, and ends. */
const answer = async ({ ledger, ...request }: AuditExport): Promise<AuditExportMessage> => {
  const reader = openLedgerReader(ledger);
  try {
    const onProgress = (done: number, of: number): void => say({ kind: 'progress', done, of });
    const written = await writeAuditPackage({ ...request, ledger: reader, onProgress });
    return { kind: 'written', written };
  } finally {
    await reader.close();
  }
};

const faultOf = (error: unknown): AuditExportMessage => {
  if (error instanceof StoreUnusable) {
    const { fault, message: en, zh } = error;
    return { kind: 'unusable', fault, en, zh };
  }
  return { kind: 'failed', stack: error instanceof Error ? String(error.stack) : String(error) };
};

const say = (message: AuditExportMessage, then?: () => void): void => {
  process.send?.(message, undefined, undefined, then);
};

process.once('message', (request: AuditExport) => {
  void answer(request)
    .catch(faultOf)
    .then((message) => say(message, () => process.disconnect?.()));
});
// Nobody waits for the package any more.
process.once('disconnect', () => process.exit());
