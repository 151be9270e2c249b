import type { EventProof } from '#transparency-log/prove/prove-event';
import { CommandFault, EXIT, badInput } from './exit-codes.ts';

/** The proof, or a fault that says why there is none. */
export const provedOrFault = (
  proof: EventProof,
  name: string,
): EventProof & { readonly kind: 'proved' } => {
  switch (proof.kind) {
    case 'proved':
      return proof;
    case 'unknown':
      throw badInput(
        `没有事件“${name}”;请写日志位置,或编号的前八位以上。`,
        `There is no event “${name}”; give its position, or eight or more characters of its id.`,
      );
    case 'ambiguous':
      throw badInput(
        `“${name}”对应 ${proof.events} 个事件,请多写几位。`,
        `“${name}” begins ${proof.events} events; give more of it.`,
      );
    case 'not-signed-yet':
      throw new CommandFault(
        EXIT.unavailable,
        '这个事件在最近一次签名之后;先用 mz checkpoint 签名。',
        'This event came after the newest checkpoint; sign with mz checkpoint first.',
      );
  }
};
