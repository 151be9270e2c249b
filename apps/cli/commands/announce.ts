import { Option, type Command } from 'commander';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  ANNOUNCEMENT_LEVELS,
  ANNOUNCEMENT_STAGES,
  type AnnouncementLevel,
  type AnnouncementStage,
} from '#ledger/announcement/announcement';
import { registerDraft } from './announce-draft.ts';
import { findAllocation, findPlaceNamed, readDate } from '../names.ts';
import { badInput } from '../session.ts';
import { writes, type WriteOptions } from '../write.ts';

interface PostOptions extends WriteOptions {
  readonly stage: AnnouncementStage;
  readonly level: AnnouncementLevel;
  readonly place: string;
  readonly medium: string;
  readonly until: string;
  readonly workingDays?: boolean;
  readonly text: string;
}

/** 公告公示: post, end, withdraw, objections and answers. */
export const registerAnnounceCommands = (program: Command): void => {
  const announce = program.command('announce').description('公告公示 announcements');
  registerDraft(announce);

  writes<PostOptions>(
    announce
      .command('post <allocations...>')
      .description('张贴 post')
      .addOption(
        new Option('--stage <stage>', '安排或结果')
          .choices(ANNOUNCEMENT_STAGES)
          .makeOptionMandatory(),
      )
      .addOption(
        new Option('--level <level>', '哪一级').choices(ANNOUNCEMENT_LEVELS).default('village'),
      )
      .requiredOption('--place <name>', '张贴地点')
      .requiredOption('--medium <text>', '公开栏或网站')
      .requiredOption('--until <date>', '计划公示到哪天')
      .option('--working-days', '按工作日计算')
      .requiredOption('--text <file>', '公示内容的文件,只记其 SHA-256'),
    ({ db, idFor, on }, options, ...names) => [
      {
        type: 'PostAnnouncement',
        data: {
          announcementId: idFor('announcement'),
          stage: options.stage,
          // Commander gives a variadic argument as one list.
          allocationIds: names.flat().map((name) => findAllocation(db, name).allocationId),
          placeId: findPlaceNamed(db, options.place).placeId,
          level: options.level,
          medium: options.medium,
          from: on,
          plannedUntil: readDate(options.until),
          dayCount: options.workingDays === true ? 'working' : 'calendar',
          contentSha256: sha256Of(options.text),
        },
      },
    ],
  );

  writes(
    announce.command('end <announcement>').description('期满 end'),
    (_s, _o, announcementId = '') => [{ type: 'EndAnnouncement', data: { announcementId } }],
  );

  writes<WriteOptions & { reason: string }>(
    announce
      .command('withdraw <announcement>')
      .description('撤回 withdraw')
      .requiredOption('--reason <text>', '原因'),
    (_scene, { reason }, announcementId = '') => [
      { type: 'WithdrawAnnouncement', data: { announcementId, reason } },
    ],
  );

  writes<WriteOptions & { matter: string }>(
    announce
      .command('object <announcement>')
      .description('登记异议 raise an objection')
      .requiredOption('--matter <text>', '异议内容'),
    ({ idFor }, { matter }, announcementId = '') => [
      { type: 'RaiseObjection', data: { announcementId, objectionId: idFor('objection'), matter } },
    ],
  );

  writes<WriteOptions & { answer: string }>(
    announce
      .command('answer <announcement> <objection>')
      .description('答复异议 answer an objection')
      .requiredOption('--answer <text>', '答复'),
    (_scene, { answer }, announcementId = '', objectionId = '') => [
      { type: 'AnswerObjection', data: { announcementId, objectionId, answer } },
    ],
  );
};

const sha256Of = (file: string): string => {
  try {
    return hash('sha256', readFileSync(file), 'hex');
  } catch {
    throw badInput(`读不到文件 ${file}。`, `Cannot read ${file}.`);
  }
};
