import type { Command } from 'commander';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  announcementIn,
  withAnnouncementOptions,
  type AnnouncementOptions,
} from '../announcement-options.ts';
import { registerDraft } from './announce-draft.ts';
import { findAllocation } from '../names.ts';
import { badInput } from '../session.ts';
import { writes, type WriteOptions } from '../write.ts';

interface PostOptions extends WriteOptions, AnnouncementOptions {
  readonly text: string;
}

/** 公告公示: post, end, withdraw, objections and answers. */
export const registerAnnounceCommands = (program: Command): void => {
  const announce = program.command('announce').description('公告公示 announcements');
  registerDraft(announce);

  writes<PostOptions>(
    withAnnouncementOptions(
      announce.command('post <allocations...>').description('张贴 post'),
    ).requiredOption('--text <file>', '公示内容的文件,只记其 SHA-256'),
    ({ db, idFor, on }, options, ...names) => [
      {
        type: 'PostAnnouncement',
        data: {
          announcementId: idFor('announcement'),
          ...announcementIn(db, options),
          // Commander gives a variadic argument as one list.
          allocationIds: names.flat().map((name) => findAllocation(db, name).allocationId),
          from: on,
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
