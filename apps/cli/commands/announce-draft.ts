import { Option, type Command } from 'commander';
import { writeFileSync } from 'node:fs';
import {
  ANNOUNCEMENT_LEVELS,
  ANNOUNCEMENT_STAGES,
  type AnnouncementLevel,
  type AnnouncementStage,
} from '#ledger/announcement/announcement';
import { publishCheckpoint } from '#wiring/checkpoints/checkpoints';
import { systemClock } from '#wiring/clock';
import { posterOf } from '#wiring/poster/poster';
import { posterPage } from '#wiring/poster/poster-page';
import { posterText } from '#wiring/poster/poster-text';
import { findAllocation, findPlaceNamed, readDate } from '../names.ts';
import { print } from '../output.ts';
import { run, withCommonOptions, withExistingLedger, type CommonOptions } from '../session.ts';

interface DraftOptions extends CommonOptions {
  readonly stage: AnnouncementStage;
  readonly level: AnnouncementLevel;
  readonly place: string;
  readonly medium: string;
  readonly from?: string;
  readonly until: string;
  readonly workingDays?: boolean;
  readonly responsible?: string;
  readonly telephone?: string;
  readonly beneficiaries?: string;
  readonly target?: string;
  readonly out?: string;
}

/** The text of an announcement out of the ledger, with the checkpoint that holds the ledger to it. */
export const registerDraft = (announce: Command): void => {
  withCommonOptions(announce.command('draft <allocations...>'))
    .description('起草公示文稿,带检查点和二维码 draft the text, with checkpoint and QR code')
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
    .option('--from <date>', '从哪天起(今天)')
    .option('--working-days', '按工作日计算')
    .option('--responsible <text>', '责任人')
    .option('--telephone <text>', '本地监督电话')
    .option('--beneficiaries <text>', '受益对象')
    .option('--target <text>', '绩效目标')
    .option('-o, --out <file>', '写到文件;.html 可打印 to a file; .html to be printed')
    .action((names: readonly string[], options: DraftOptions) =>
      run(options.lang, () => draft(names, options)),
    );
};

const draft = (names: readonly string[], options: DraftOptions): Promise<void> =>
  withExistingLedger(options, async (ledger) => {
    const { stage, level, place, medium, workingDays, out } = options;
    const { responsible, telephone, beneficiaries, target } = options;
    const { db } = ledger.views;
    const allocations = names.map((name) => findAllocation(db, name));
    const filledIn = Object.entries({ responsible, telephone, beneficiaries, target });
    const request = {
      stage,
      level,
      medium,
      placeId: findPlaceNamed(db, place).placeId,
      from: readDate(options.from),
      until: readDate(options.until),
      dayCount: workingDays === true ? ('working' as const) : ('calendar' as const),
      ...Object.fromEntries(filledIn.filter(([, text]) => text !== undefined)),
    };
    const checkpoint = await publishCheckpoint(ledger, systemClock);
    const poster = posterOf(db, allocations, request, checkpoint);
    const text = out?.endsWith('.html') === true ? await posterPage(poster) : posterText(poster);
    if (out === undefined) return print(text.trimEnd());
    writeFileSync(out, text);
    print(
      options.lang === 'en'
        ? `${out}: fill in what is blank, then mz announce post --text ${out}`
        : `${out}:请补齐空白处,定稿后用 mz announce post --text ${out} 登记`,
    );
  });
