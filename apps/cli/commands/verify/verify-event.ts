import { readFileSync } from 'node:fs';
import { eventOfLine } from '#event-codec/event-line';
import { presentEvent } from '#presentation/questions/event';
import { Malformed } from '#integrity/malformed';
import { checkProof, trustIn, type CheckedEvent } from '#transparency-log/prove/check-proof';
import { newestCheckpoint } from '#transparency-log/checkpoints/checkpoint-files';
import { proveEvent } from '#transparency-log/prove/prove-event';
import type { LedgerReader } from '#wiring/ledger';
import type { CommonOptions } from '../../session/common-options.ts';
import { CommandFault, VERIFIED, badInput } from '../../session/exit-codes.ts';
import { identityOf } from '../../session/log-identity.ts';
import { provedOrFault } from '../../session/proved-or-fault.ts';
import type { Terminal } from '../../output/terminal.ts';

/** One event of the live ledger: its text, its way to the root, the signature. */
export const verifyEvent = async (
  terminal: Terminal,
  ledger: LedgerReader,
  name: string,
  options: CommonOptions,
): Promise<void> => {
  const { vkeys } = identityOf(ledger.directory);
  const checkpoints = [newestCheckpoint(ledger.directory) ?? []].flat();
  const { proof } = provedOrFault(await proveEvent(ledger, { checkpoints }, name), name);
  tell(terminal, checkProof(proof, trustIn(vkeys)), options);
};

/** A proof that somebody kept, held to the keys of the log; no ledger is needed. */
export const verifyProofFile = (
  terminal: Terminal,
  file: string,
  vkeys: readonly string[],
  options: CommonOptions,
): void => {
  try {
    tell(terminal, checkProof(readFileSync(file, 'utf8'), trustIn(vkeys)), options);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw badInput(`${file} 读不懂:${error.message}`, `${file} cannot be read: ${error.message}`);
  }
};

const tell = (
  { print, printJson }: Terminal,
  { checked, line, index, checkpoint }: CheckedEvent,
  { json, lang }: CommonOptions,
): void => {
  if (checked.kind === 'not-included') {
    throw new CommandFault(
      VERIFIED.rootMismatch,
      '证明不成立:这个事件不在签过名的日志中,或已被改动。',
      'The proof does not hold: the event is not in the log that was signed, or was altered.',
    );
  }
  if (checked.kind !== 'accepted') {
    throw new CommandFault(
      VERIFIED.signature,
      '检查点没有这些公钥的有效签名。',
      'The checkpoint bears no valid signature of these keys.',
    );
  }
  const event = presentEvent(eventOfLine(line, BigInt(index + 1)));
  if (json === true) return printJson({ ok: true, event, size: checkpoint.size, line });
  print(event.sentence[lang]);
  print(
    lang === 'en'
      ? `Event ${index + 1}, recorded ${event.recordedAt}: unaltered, one of the ${checkpoint.size} that ${checkpoint.origin} signed.`
      : `第 ${index + 1} 个事件,记录于 ${event.recordedAt}:未被改动,在 ${checkpoint.origin} 签过名的 ${checkpoint.size} 个事件之中。`,
  );
};
