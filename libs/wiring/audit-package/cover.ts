import { formatYuan } from '#ledger/money';
import type { PublishedCheckpoint } from '../checkpoints/checkpoints.ts';

export interface CoverFacts {
  readonly origin: string;
  readonly place: string;
  readonly events: number;
  readonly from: string;
  readonly to: string;
  readonly totals: Readonly<Record<string, number>>;
  readonly newest: PublishedCheckpoint;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** The sheet on top of the package, to be printed and signed. */
export const coverText = (facts: CoverFacts): string => {
  const { origin, place, events, from, to, newest, files } = facts;
  const yuan = (name: string) => `${formatYuan(BigInt(facts.totals[name] ?? 0))} 元`;
  return `明账审计包 · Audit package of Mingzhang

台账 ledger      ${place || '—'}
日志 log         ${origin}
事件 events      ${events}(${from} — ${to})
下达 allocated   ${yuan('allocatedFen')}
未到账 unarrived ${yuan('quotaFen')}
国库 treasury    ${yuan('treasuryFen')}
单位 unit        ${yuan('unitFen')}
支付 paid        ${yuan('paidFen')}
上缴 returned    ${yuan('returnedFen')}

核验 to verify (Node ≥ 20, 不需要本台账的任何程序; nothing else is needed):

  node verify.mjs bundle.ndjson --key ledger.vkey [--since 自己保存的旧检查点]

最近的检查点,${newest.size} 个事件 · newest checkpoint, ${newest.size} events:

${newest.note}
文件 files (SHA-256):

${files.map(({ name, bytes, sha256 }) => `${sha256}  ${name}  ${bytes}`).join('\n')}
`;
};
