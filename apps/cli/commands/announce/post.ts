import type { Command } from 'commander';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  announcementIn,
  withAnnouncementOptions,
  type AnnouncementOptions,
} from '../../options/announcement.ts';
import { findAllocation } from '../../options/names.ts';
import { badInput } from '../../session/exit-codes.ts';
import type { Session } from '../../session/session.ts';
import { writes, type WriteOptions } from '../../write.ts';

interface Options extends WriteOptions, AnnouncementOptions {
  readonly text: string;
}

export const registerAnnouncePost = (announce: Command, session: Session): void => {
  writes('PostAnnouncement')<Options>(
    session,
    withAnnouncementOptions(
      announce.command('post <allocations...>').description('张贴 post'),
    ).requiredOption('--text <file>', '公示内容的文件,只记其 SHA-256'),
    ({ db, idFor, on }, options, ...names) => [
      {
        type: 'PostAnnouncement',
        data: {
          announcementId: idFor('announcement'),
          ...announcementIn(db, options, session.clock),
          // Commander gives a variadic argument as one list.
          allocationIds: names.flat().map((name) => findAllocation(db, name).allocationId),
          from: on,
          contentSha256: sha256Of(options.text),
        },
      },
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
