import type { Command } from 'commander';
import { writeOutputFile } from '#files/whole-file';
import { openAdjustmentsOn } from '#application/queries/noting';
import { posterRefusedSentence } from '#presentation/adjustment-sentence';
import type { OpenAdjustment } from '#projections/adjustments/query';
import { publishCheckpoint } from '#transparency-log/sign/publish-checkpoint';
import { isSigner } from '#transparency-log/sign/signing';
import { signedDraft } from '#exports/signed-draft';
import {
  announcementIn,
  withAnnouncementOptions,
  type AnnouncementOptions,
} from '../../options/announcement.ts';
import { withCommonOptions, type CommonOptions } from '../../session/common-options.ts';
import { findAllocation, readDate } from '../../options/names.ts';
import { CommandFault, EXIT } from '../../session/exit-codes.ts';
import { withExistingLedger } from '../../session/open-ledger.ts';
import { run } from '../../session/run.ts';
import type { Session } from '../../session/session.ts';

interface DraftOptions extends CommonOptions, AnnouncementOptions {
  readonly from?: string;
  readonly responsible?: string;
  readonly telephone?: string;
  readonly beneficiaries?: string;
  readonly target?: string;
  readonly out?: string;
}

/** The text of an announcement out of the ledger, with the checkpoint that holds the ledger to it. */
export const registerAnnounceDraft = (announce: Command, session: Session): void => {
  const command = withCommonOptions(announce.command('draft <allocations...>'), session);
  withAnnouncementOptions(command)
    .description('起草公示文稿,带检查点和二维码 draft the text, with checkpoint and QR code')
    .option('--from <date>', '从哪天起(今天)')
    .option('--responsible <text>', '责任人')
    .option('--telephone <text>', '本地监督电话')
    .option('--beneficiaries <text>', '受益对象')
    .option('--target <text>', '绩效目标')
    .option('-o, --out <file>', '写到文件;.html 可打印 to a file; .html to be printed')
    .action((names: readonly string[], options: DraftOptions) =>
      run(session, options.lang, () => draft(session, names, options)),
    );
};

const draft = (session: Session, names: readonly string[], options: DraftOptions): Promise<void> =>
  withExistingLedger(session, options, async (ledger) => {
    const { print } = session.terminal;
    if (!isSigner(ledger)) throw notTheSigner();
    const { from, responsible, telephone, beneficiaries, target, out } = options;
    const { db } = ledger.views;
    const allocations = names.map((name) => findAllocation(db, name));
    const filledIn = Object.entries({ responsible, telephone, beneficiaries, target });
    const request = {
      ...announcementIn(db, options, session.clock),
      from: readDate(from, session.clock),
      ...Object.fromEntries(filledIn.filter(([, text]) => text !== undefined)),
    };
    const concerned = {
      allocationIds: allocations.map(({ allocationId }) => allocationId),
      placeIds: [request.placeId],
    };
    const open = openAdjustmentsOn(db, ledger.views.position(), concerned);
    if (open.length > 0) throw adjustmentsOpen(open);
    const draft = { ...request, allocations, isPage: out?.endsWith('.html') === true };
    const sign = () => publishCheckpoint(ledger, session.clock);
    const text = await signedDraft(ledger.views, draft, sign);
    if (text === undefined) throw notTheSigner();
    if (out === undefined) return print(text.trimEnd());
    await writeOutputFile(out, text);
    print(
      options.lang === 'en'
        ? `${out}: fill in what is blank, then mz announce post --text ${out}`
        : `${out}:请补齐空白处,定稿后用 mz announce post --text ${out} 登记`,
    );
  });

const adjustmentsOpen = (open: readonly OpenAdjustment[]): CommandFault => {
  const { zh, en } = posterRefusedSentence(open);
  return new CommandFault(EXIT.refused, zh, en);
};

/** A notice carries a checkpoint; a key made here would sign as another log. */
const notTheSigner = (): CommandFault =>
  new CommandFault(
    EXIT.unavailable,
    '这个节点不签名,公示文稿要带签名;请在持有签名密钥的节点起草。',
    'This node does not sign, and the text carries a signature; draft it on the node that has the key.',
  );
