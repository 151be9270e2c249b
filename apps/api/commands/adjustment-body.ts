import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FUNDING_ACCOUNTS } from '#ledger/fund/transfer';

/** How a document is described to those who call the API; `readAdjustment` is what reads one. */
class NoticeLineBody {
  @ApiProperty()
  noticeId!: string;

  @ApiProperty({ example: '3' })
  annex!: string;

  @ApiProperty({ example: 1 })
  row!: number;
}

class AdjustmentLegBody {
  @ApiPropertyOptional({ description: '序号,默认按顺序 as printed; by default the running number' })
  ordinal?: number;

  @ApiPropertyOptional({
    description: '哪一笔资金:编号,或 <文号>/<附件>/<行> id, or its row by document number',
  })
  allocationId?: string;

  @ApiPropertyOptional({
    description: '或开立它的文件行 or the row that opens it',
    type: NoticeLineBody,
  })
  line?: NoticeLineBody;

  @ApiProperty({ enum: ['decrease', 'increase'], description: '调减、调增' })
  direction!: string;

  @ApiPropertyOptional({
    enum: FUNDING_ACCOUNTS,
    default: 'quota',
    description: '指标、国库、单位账户',
  })
  account?: string;

  @ApiProperty({ description: '金额,按所写单位 decimal text in the unit beside it', example: '5' })
  amount!: string;

  @ApiProperty({ enum: ['元', '万元'] })
  unit!: string;

  @ApiPropertyOptional({ description: '资金来源;文件未写则不填 the source, where one is stated' })
  fundingSource?: string;
}

export class AdjustmentDocumentBody {
  @ApiProperty({ description: '批准文号', example: '朔区脱贫巩固组〔2024〕9号' })
  approval!: string;

  @ApiPropertyOptional({ description: '批准日期,默认同业务日期', example: '2024-07-15' })
  decidedOn?: string;

  @ApiPropertyOptional({ description: '业务日期,默认同批准日期', example: '2024-07-15' })
  occurredOn?: string;

  @ApiProperty({ type: [AdjustmentLegBody] })
  legs!: AdjustmentLegBody[];
}
