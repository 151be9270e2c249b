import { Option, type Command } from 'commander';
import {
  ANNOUNCEMENT_LEVELS,
  ANNOUNCEMENT_STAGES,
  type Announcement,
  type AnnouncementLevel,
  type AnnouncementStage,
} from '#ledger/announcement/announcement-events';
import type { ReadDatabase } from '#projections/engine/read-database';
import type { Clock } from '#application/commands/clock';
import { findPlaceNamed, readDate } from './names.ts';

/** What is said of an announcement when its text is drafted, and again when it is posted. */
export interface AnnouncementOptions {
  readonly stage: AnnouncementStage;
  readonly level: AnnouncementLevel;
  readonly place: string;
  readonly medium: string;
  readonly until: string;
  readonly workingDays?: boolean;
}

export const withAnnouncementOptions = (command: Command): Command =>
  command
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
    .option('--working-days', '按工作日计算');

export const announcementIn = (
  db: ReadDatabase,
  { stage, level, place, medium, until, workingDays }: AnnouncementOptions,
  clock: Clock,
): Pick<Announcement, 'stage' | 'level' | 'placeId' | 'medium' | 'plannedUntil' | 'dayCount'> => ({
  stage,
  level,
  placeId: findPlaceNamed(db, place).placeId,
  medium,
  plannedUntil: readDate(until, clock),
  dayCount: workingDays === true ? 'working' : 'calendar',
});
