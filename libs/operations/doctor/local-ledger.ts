import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newerRelease } from '#event-codec/upcast';
import { StoreUnusable } from '#event-store/store-unusable';
import { watchClock } from '#application/commands/clock-watch';
import { clockDoubtSentence } from '#presentation/clock-doubt-sentence';
import { readAcceptedClock } from '#wiring/accepted-clock';
import { haltSentence } from '#presentation/halt-sentence';
import { payeeMergersInCircles } from '#projections/place-directory/payees';
import { mergersInCircles } from '#projections/place-directory/query';
import { openLedgerReader, VIEWS_FILE, type LedgerReader } from '#wiring/ledger';
import { fault, ok, warning, type Diagnosis, type DoctorInput } from './diagnosis.ts';

/** The log, the views and the clock of what the directory holds. */
export const localLedger = async ({
  directory,
  now,
}: DoctorInput): Promise<readonly Diagnosis[]> => {
  try {
    const reader = openLedgerReader(directory);
    try {
      const damaged = damage(reader);
      if (damaged.length > 0) return damaged;
      const head = Number((await reader.log.head()) ?? 0n);
      return [
        ok('store', `日志有 ${head} 个事件${writer(directory)}`, `The log holds ${head} events`),
        ...(await unknownEvent(reader)),
        ...views(reader, head),
        ...circles(reader),
        ...circlesOfPayees(reader),
        await clock(reader, now),
      ];
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof StoreUnusable) return [fault('store', error.zh, error.message)];
    const reason = error instanceof Error ? error.message : String(error);
    return [
      fault(
        'views',
        `视图文件打不开(${reason});删除 ${VIEWS_FILE} 后重启即可重建。`,
        `The views cannot be opened (${reason}); remove ${VIEWS_FILE} and start again to rebuild them.`,
      ),
    ];
  }
};

/** The first event that a later release wrote, whether or not a view has met it. */
const unknownEvent = async ({ firstUnreadable }: LedgerReader): Promise<readonly Diagnosis[]> => {
  const event = await firstUnreadable();
  if (event === undefined) return [];
  const { zh, message } = newerRelease(event, event.version);
  return [
    fault('store', `第 ${event.position} 个事件:${zh}`, `Event ${event.position}: ${message}`),
  ];
};

/** What SQLite finds wrong with the file, and tables that are not as they were made; `mz verify` reads every event. */
const damage = ({ inspect }: LedgerReader): readonly Diagnosis[] => {
  const inspection = inspect();
  try {
    return inspection
      .damage()
      .map((words) =>
        fault(
          'store',
          `events.sqlite 已损坏(${words});请用 mz verify 看是哪些事件,再取最近的备份比对。`,
          `events.sqlite is damaged (${words}); mz verify tells which events, then compare the newest backup.`,
        ),
      );
  } finally {
    inspection.close();
  }
};

const writer = (directory: string): string => {
  const file = join(directory, 'writer.pid');
  return existsSync(file) ? `(最近的写入进程 ${readFileSync(file, 'utf8').trim()})` : '';
};

const views = ({ views: { status } }: LedgerReader, head: number): readonly Diagnosis[] => {
  const states = status();
  const halts = states.flatMap(({ name, halted }) =>
    halted === undefined ? [] : [haltSentence(name, halted)],
  );
  if (halts.length > 0) return halts.map(({ zh, en }) => fault('views', zh, en));
  const behind = Math.max(0, ...states.map(({ position }) => head - position));
  return behind > 0
    ? [
        warning(
          'views',
          `视图落后 ${behind} 个事件;服务运行时会自动追上。`,
          `The views are ${behind} events behind; a running service catches up by itself.`,
        ),
      ]
    : [
        ok(
          'views',
          `${states.length} 个视图都到最新`,
          `All ${states.length} views are level with the log`,
        ),
      ];
};

/** Mergers of payees without effect: two nodes wrote at once. */
const circlesOfPayees = ({ views: { db } }: LedgerReader): readonly Diagnosis[] =>
  payeeMergersInCircles(db).map(({ payeeId, circleInto, mergerEventId }) =>
    warning(
      'payees',
      `收款人 ${payeeId} 并入 ${circleInto} 的合并(事件 ${mergerEventId})构成循环,不起作用;请核对是哪一次合并有误。`,
      `The merger of payee ${payeeId} into ${circleInto} (event ${mergerEventId}) closes a circle and is without effect; find out which merger of the circle is wrong.`,
    ),
  );

/** Mergers without effect: two nodes wrote at once, or an earlier release took a merger that closes a circle. */
const circles = ({ views: { db } }: LedgerReader): readonly Diagnosis[] =>
  mergersInCircles(db).map(({ name, intoName, mergerEventId }) =>
    warning(
      'places',
      `“${name}”并入“${intoName}”的合并(事件 ${mergerEventId})构成循环,不起作用;请核对是哪一次合并有误。`,
      `The merger of “${name}” into “${intoName}” (event ${mergerEventId}) closes a circle and is without effect; find out which merger of the circle is wrong.`,
    ),
  );

const clock = async (reader: LedgerReader, now: number): Promise<Diagnosis> => {
  const { log, directory } = reader;
  const head = await log.head();
  let newest: string | undefined;
  if (head !== undefined) {
    for await (const { meta } of log.readAll({ from: head, limit: 1 })) newest = meta['recordedAt'];
  }
  const watch = watchClock({
    clock: () => new Date(now).toISOString(),
    monotonicMs: () => now,
    newest: () => newest,
    accepted: () => readAcceptedClock(directory),
  });
  const doubt = watch.doubt();
  if (doubt === undefined)
    return ok('clock', '本机时间与日志相符', 'The clock agrees with the log');
  const { zh, en } = clockDoubtSentence(doubt);
  return fault('clock', zh, en);
};
