import type { Coverage } from '#transparency-log/verify/coverage';
import { VERIFIED } from './exit-codes.ts';

export interface CoverageFault {
  readonly exitCode: number;
  readonly zh: string;
  readonly en: string;
}

/** What no signature speaks for, as a fault; undefined where everything is signed, or the rest is allowed. */
export const coverageFault = (
  coverage: Coverage,
  allowsTail: boolean,
): CoverageFault | undefined => {
  switch (coverage.kind) {
    case 'whole':
      return undefined;
    case 'tail-unsigned':
      if (allowsTail) return undefined;
      return {
        exitCode: VERIFIED.unsignedTail,
        zh: `最后 ${coverage.events} 个事件没有签名,谁能写文件谁就能添上。请先签名(mz checkpoint),或用 --allow-unsigned-tail 放行。`,
        en: `The last ${coverage.events} events are not signed: who can write the file could have added them. Sign first (mz checkpoint), or allow them with --allow-unsigned-tail.`,
      };
    case 'nothing-signed':
      return {
        exitCode: VERIFIED.nothingSigned,
        zh: '没有一个事件签过名,也就无从说起有没有被改动。请先签名(mz checkpoint)。',
        en: 'No event is signed, so nothing tells whether any was altered. Sign first (mz checkpoint).',
      };
    case 'key-missing':
      return {
        exitCode: VERIFIED.nothingSigned,
        zh: '目录里有检查点,却没有核对它们的密钥(integrity/log.skey):台账可能已不是签过的那一本。请从保管处取回密钥。',
        en: 'There are checkpoints and no key to check them with (integrity/log.skey): this may not be the ledger that was signed. Bring the key back from where keys are kept.',
      };
    default:
      return coverage satisfies never;
  }
};
