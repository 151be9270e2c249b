import { ApiProperty } from '@nestjs/swagger';
import type { EventProof } from '#transparency-log/prove/prove-event';

/** That an event is in a tree that was signed: enough for somebody who has the log's key alone. */
export class ProofBody {
  @ApiProperty({ description: '日志中的序号,从 0 起 number of the leaf, from 0' })
  readonly index!: number;

  @ApiProperty({ description: '检查点含多少个事件 how many events the checkpoint holds' })
  readonly size!: number;

  @ApiProperty({ description: '签名时刻 when it was signed' })
  readonly published!: string;

  @ApiProperty({ description: 'c2sp.org/tlog-proof@v1;extra 是事件原文 its extra is the event' })
  readonly proof!: string;
}

export const proofBodyOf = (proved: EventProof & { readonly kind: 'proved' }): ProofBody => ({
  index: Number(proved.event.position) - 1,
  size: proved.checkpoint.size,
  published: proved.checkpoint.published,
  proof: proved.proof,
});
