import type { EventStore } from '#event-store/port';
import { businessDateOf } from '#ledger/calendar';
import type { ReadDatabase } from '#projections/read-database';
import { place } from '#projections/place-directory/query';
import type { VerificationFault } from '#wiring/checkpoints/verify-log';
import { wan } from './output.ts';

/** What is wrong, as one would tell a colleague: which event, of which village, of how much. */
export const tellFault = (
  db: ReadDatabase,
  fault: VerificationFault,
): { readonly zh: string; readonly en: string } => {
  switch (fault.kind) {
    case 'event-altered': {
      const { position, type, id, data, stream } = fault.event;
      const amountFen = data['amountFen'];
      const amount = typeof amountFen === 'number' ? ` ${wan(amountFen)} 万元` : '';
      const where = placeOf(db, stream);
      return {
        zh: `第 ${position} 个事件被改动:${type}${amount} ${where}(${id})`,
        en: `Event ${position} was altered: ${type}${amount} ${where} (${id})`,
      };
    }
    case 'unreadable':
      return {
        zh: `第 ${fault.position} 个事件的文字已损坏,读不出来;其后的没有核对。`,
        en: `The text of event ${fault.position} is damaged and cannot be read; what follows was not verified.`,
      };
    case 'root-differs':
      return {
        zh: `前 ${fault.size} 个事件与当时签名的不同。`,
        en: `The first ${fault.size} events are not those that were signed.`,
      };
    case 'signature-invalid':
      return {
        zh: `${fault.size} 个事件处的检查点签名无效。`,
        en: `The signature of the checkpoint at ${fault.size} events is not valid.`,
      };
    case 'cut-short':
      return {
        zh: `日志只有 ${fault.events} 个事件,而签过名的有 ${fault.size} 个:末尾被删,或是恢复了旧备份。`,
        en: `The log has ${fault.events} events, and ${fault.size} were signed: its end was cut off, or an old backup restored.`,
      };
    case 'forked':
      return {
        zh: `历史与你保存的检查点(${fault.size} 个事件)不是同一份:它被改写过。`,
        en: `The history is not that of the checkpoint you kept (${fault.size} events): it was rewritten.`,
      };
  }
};

/** The village of a line of money, as the views know it. */
const placeOf = (db: ReadDatabase, stream: string): string => {
  const [, allocationId] = /^fund-(.+)$/.exec(stream) ?? [];
  if (allocationId === undefined) return stream;
  const row = db.get<{ placeId: string }>(
    'SELECT placeId FROM allocation WHERE allocationId = ?',
    allocationId,
  );
  return row === undefined ? stream : (place(db, row.placeId)?.name ?? stream);
};

/** The day on which the log began; today's marks when it has not. */
export const firstDay = async (log: EventStore): Promise<string> => {
  for await (const { meta } of log.readAll({ limit: 1 })) {
    return businessDateOf(meta['recordedAt'] ?? '');
  }
  return '—';
};
