import type { Signing } from '#transparency-log/sign/signing';
import { ProblemException } from '../problems/problem.ts';

/** Why this process gave no signature. */
export const notSigning = (signing: Signing): ProblemException => {
  const fault = signing.fault();
  return new ProblemException({
    status: 409,
    code: fault?.fault ?? 'not-the-signer',
    detail: fault?.zh ?? '这个节点不签名;请向持有签名密钥的节点提出。',
    detailEn: fault?.message ?? 'This node does not sign; ask the node that has the key.',
  });
};
