import type { EventStore } from '#event-store/port';
import { businessDateOf } from '#ledger/calendar';
import type { ReadDatabase } from '#projections/engine/read-database';
import { allocation } from '#projections/allocation-register/query';
import { place } from '#projections/place-directory/query';
import type { Suspect } from '#transparency-log/verify/suspect';
import type { VerificationFault } from '#transparency-log/verify/verification-fault';
import { wan } from '#presentation/figures';
import { presentTileFault } from './tiles-report.ts';

/** What is wrong, as one would tell a colleague: which event, of which village, of how much. */
export const presentFault = (
  db: ReadDatabase,
  fault: VerificationFault,
): { readonly zh: string; readonly en: string } => {
  switch (fault.kind) {
    case 'event-altered':
      return of(db, fault.event, '被改动', 'was altered');
    case 'leaf-altered':
      return of(
        db,
        fault.event,
        '旁存的哈希被改动,事件本身与签名时相同',
        'stands beside a hash that was altered; the event is as it was signed',
      );
    case 'row-altered':
      return of(
        db,
        fault.event,
        '的写法或旁列被改动,内容未变',
        'was altered in its spelling or in the columns beside it; what it says is the same',
      );
    case 'unreadable':
      return of(db, fault.event, '的文字已损坏,读不出来', 'is damaged and cannot be read');
    case 'missing': {
      const where = placeOf(db, fault);
      return {
        zh: `第 ${fault.position} 个事件不见了,或已读不出来:${where || '不知所属'}。`,
        en: `Event ${fault.position} is gone, or cannot be read any more: ${where || 'nothing tells of what'}.`,
      };
    }
    case 'subtree-altered':
      return {
        zh: `第 ${fault.from} 至 ${fault.through} 个事件的合计哈希被改动。`,
        en: `The hash kept over events ${fault.from} to ${fault.through} was altered.`,
      };
    case 'file-damaged':
      return {
        zh: `数据库文件有损坏或改动:${fault.words}。`,
        en: `The file of the database is damaged, or was altered: ${fault.words}.`,
      };
    case 'tile-altered':
    case 'tile-missing':
    case 'tile-foreign':
    case 'checkpoint-unreadable':
    case 'checkpoint-unsigned':
    case 'checkpoint-differs':
      return presentTileFault(fault, (event) => what(db, event));
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

/** An event with its village and its amount, as far as its row still tells. */
const of = (db: ReadDatabase, event: Suspect, zh: string, en: string) => {
  const { position, id, besideFen, hashed } = event;
  const was = (words: string): string => (hashed === undefined ? '' : words + what(db, hashed));
  return {
    zh: `第 ${position} 个事件${zh}:${what(db, event)}(${id})${told(besideFen, ',旁列记为 ')}${was(',旁存的哈希所对应的是 ')}`,
    en: `Event ${position} ${en}: ${what(db, event)} (${id})${told(besideFen, ', beside it stands ')}${was(', and the hash beside it is that of ')}`,
  };
};

const what = (db: ReadDatabase, event: Suspect): string =>
  `${event.type}${told(event.amountFen, ' ')} ${placeOf(db, event)}`;

const told = (fen: number | undefined, before: string): string =>
  fen === undefined ? '' : `${before}${wan(fen)} 万元`;

/** The village of a line of money, as the views know it; the stream where it is none. */
const placeOf = (
  db: ReadDatabase,
  { stream, allocationId }: Pick<Suspect, 'stream' | 'allocationId'>,
): string => {
  const named = [allocationId, stream.replace(/^fund-/, '')].flatMap((id) =>
    id === undefined ? [] : (placeOfAllocation(db, id) ?? []),
  );
  return named[0] ?? stream;
};

const placeOfAllocation = (db: ReadDatabase, allocationId: string): string | undefined => {
  const line = allocation(db, allocationId);
  return line && place(db, line.placeId)?.name;
};

/** The day on which the log began; today's marks when it has not. */
export const firstDay = async (log: EventStore): Promise<string> => {
  for await (const { meta } of log.readAll({ limit: 1 })) {
    return businessDateOf(meta['recordedAt'] ?? '');
  }
  return '—';
};
