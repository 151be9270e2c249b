import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  IsArray,
  IsHash,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  ANNOUNCEMENT_LEVELS,
  ANNOUNCEMENT_STAGES,
  type AnnouncementLevel,
  type AnnouncementStage,
} from '#ledger/announcement/announcement-events';
import type { DayCount } from '#ledger/calendar';
import {
  PAYMENT_REVERSAL_KINDS,
  PAYMENT_STAGES,
  type Asset,
  type PayingAccount,
  type PaymentReversalKind,
  type SpendingAccount,
  type PaymentStage,
} from '#ledger/fund/fund-events';
import type { MoneyUnit } from '#ledger/money';
import { PAYEE_KINDS, type PayeeKind } from '#ledger/payee/payee-events';
import { IsAmount } from './amount.ts';
import type { Person } from '#vault/person';
import { IsPerson } from '../vault/is-person.ts';
import { PersonBody } from '../vault/person-body.ts';
import { IsBusinessDay } from './business-day.ts';

/** Bodies of commands. Who asks is in the token, what it is about in the path, all else is here. */
export const Text = (description: string, example: string) =>
  applyDecorators(ApiProperty({ description, example }), IsString(), IsNotEmpty(), MaxLength(500));

export const OptionalText = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ description }),
    IsOptional(),
    IsString(),
    IsNotEmpty(),
    MaxLength(500),
  );

const VoucherReason = () =>
  OptionalText(
    '同一凭证再次记账的原因 why a voucher that is recorded already is recorded once more',
  );

const OneOf = (description: string, choices: readonly string[]) =>
  applyDecorators(ApiProperty({ description, enum: choices }), IsIn(choices));

const OptionalOneOf = (description: string, choices: readonly string[]) =>
  applyDecorators(ApiPropertyOptional({ description, enum: choices }), IsOptional(), IsIn(choices));

const Id = (description: string) => applyDecorators(ApiProperty({ description }), IsUUID());

export class Occurrence {
  @ApiProperty({ description: '业务日期 business date', example: '2024-05-15' })
  @IsBusinessDay()
  occurredOn!: string;
}

export class AmountBody extends Occurrence {
  @ApiProperty({
    description: '金额,按所写单位 decimal text in the unit beside it',
    example: '160',
  })
  @IsAmount()
  amount!: string;

  @OneOf('单位', ['元', '万元'])
  unit!: MoneyUnit;
}

export class ArrivalBody extends AmountBody {
  @OptionalText('凭证号 voucher')
  voucher?: string;

  @VoucherReason()
  voucherReason?: string;
}

export class ReleaseBody extends ArrivalBody {
  @Text('核拨到的单位', '北旺庄街道办')
  unitName!: string;
}

export class ReturnBody extends ArrivalBody {
  @OneOf('从哪个账上缴回', ['treasury', 'unit'])
  from!: PayingAccount;

  @Text('原因', '项目结余')
  reason!: string;
}

export class RecallBody extends AmountBody {
  @Text('批准文号', '朔区脱贫巩固组〔2024〕9号')
  approval!: string;
}

export class FundsRecallBody extends RecallBody {
  @OneOf('从哪个账上收回', ['treasury', 'unit'])
  from!: PayingAccount;

  @OptionalText('凭证号')
  voucher?: string;

  @VoucherReason()
  voucherReason?: string;
}

export class AdjustmentBody extends RecallBody {
  @Id('调增的那一笔资金 the allocation that gains')
  counterpartAllocationId!: string;
}

export class ClassificationBody extends Occurrence {
  @Text('项目类型', '产业发展')
  projectType!: string;

  @Text('依据', '项目库')
  ground!: string;
}

export class RequestBody extends AmountBody {
  @Id('收款人 payee')
  payeeId!: string;

  @OneOf('从哪个账上支付', ['treasury', 'unit'])
  from!: PayingAccount;

  @OneOf('款项阶段', PAYMENT_STAGES)
  stage!: PaymentStage;

  @Text('用途', '棚体改造进度款')
  purpose!: string;
}

export class RejectionBody extends Occurrence {
  @Text('原因', '缺验收单')
  reason!: string;
}

export class PaymentBody extends Occurrence {
  @Text('凭证号 voucher', 'zf-2024-0001')
  voucher!: string;

  @VoucherReason()
  voucherReason?: string;
}

export class StatementPaymentBody extends AmountBody {
  @Id('收款人 payee')
  payeeId!: string;

  @OneOf('从哪个账上支付;advance 是到账以前由他人垫付', ['treasury', 'unit', 'advance'])
  from!: SpendingAccount;

  @OneOf('款项阶段', PAYMENT_STAGES)
  stage!: PaymentStage;

  @Text('对账单凭证号 voucher', 'zf-2024-0001')
  voucher!: string;

  @VoucherReason()
  voucherReason?: string;
}

export class ReversalBody extends AmountBody {
  @Text('原因', '收款账号有误')
  reason!: string;

  @OptionalOneOf('支付为何退回:记账有误、银行退票、收款人退款、追缴', PAYMENT_REVERSAL_KINDS)
  kind?: PaymentReversalKind;

  @OptionalText('退回的凭证号 slip by which money came back')
  voucher?: string;

  @OptionalText('批准文号')
  approval?: string;
}

/** Of a part of an entry with its amount; all that is left of it otherwise. */
export class EntryReversalBody extends Occurrence {
  @Text('原因', '录入有误')
  reason!: string;

  @ApiPropertyOptional({ description: '只冲一部分时的金额 a part of it', example: '3' })
  @IsOptional()
  @IsAmount()
  amount?: string;

  @OptionalOneOf('单位', ['元', '万元'])
  unit?: MoneyUnit;

  @OptionalOneOf('支付为何退回:记账有误、银行退票、收款人退款、追缴', PAYMENT_REVERSAL_KINDS)
  kind?: PaymentReversalKind;

  @OptionalText('退回的凭证号 slip by which money came back')
  voucher?: string;

  @OptionalText('批准文号')
  approval?: string;
}

export class AssetBody extends AmountBody {
  @Text('资产名称', '蔬菜大棚')
  name!: string;

  @OneOf('类别:经营性、公益性、到户类', ['operating', 'public', 'household'])
  assetClass!: Asset['assetClass'];

  @Text('管护单位', '野狐涧村')
  keeper!: string;
}

export class BenefitBody extends AmountBody {
  @ApiProperty({ description: '户数', example: 24 })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  households!: number;
}

/** What is said of an announcement when its text is drafted, and again when it is posted. */
export class PlannedAnnouncement extends Occurrence {
  @OneOf('阶段:安排或结果', ANNOUNCEMENT_STAGES)
  stage!: AnnouncementStage;

  @ApiProperty({ description: '公示的资金', type: [String] })
  @IsArray()
  @ArrayNotEmpty()
  @IsUUID(undefined, { each: true })
  allocationIds!: string[];

  @Id('张贴地点')
  placeId!: string;

  @OneOf('级别', ANNOUNCEMENT_LEVELS)
  level!: AnnouncementLevel;

  @Text('公开栏或网站', '村务公开栏')
  medium!: string;

  @ApiProperty({ description: '计划公示到哪天', example: '2024-05-25' })
  @IsBusinessDay()
  plannedUntil!: string;

  @OneOf('按自然日或工作日', ['calendar', 'working'])
  dayCount!: DayCount;
}

export class AnnouncementBody extends PlannedAnnouncement {
  @ApiProperty({ description: '公示内容的 SHA-256' })
  @IsHash('sha256')
  contentSha256!: string;
}

/** `occurredOn` is the first day; what is left out is left blank, to be filled in by hand. */
export class DraftBody extends PlannedAnnouncement {
  @OptionalText('责任人')
  responsible?: string;

  @OptionalText('本地监督电话')
  telephone?: string;

  @OptionalText('受益对象')
  beneficiaries?: string;

  @OptionalText('绩效目标')
  target?: string;
}

export class ObjectionBody extends Occurrence {
  @Text('异议内容', '面积不符')
  matter!: string;
}

export class AnswerBody extends Occurrence {
  @Text('答复', '已复核')
  answer!: string;
}

export class PlaceBody extends Occurrence {
  @OneOf('级别', ['county', 'town', 'village'])
  level!: 'county' | 'town' | 'village';

  @Text('全称', '神头镇')
  name!: string;

  @ApiPropertyOptional({ description: '上级地点' })
  @IsOptional()
  @IsUUID()
  parentId?: string;

  @OptionalText('12 位统计用区划代码')
  divisionCode?: string;
}

export class NameBody extends Occurrence {
  @Text('新名称', '神头镇')
  name!: string;
}

export class MergerBody extends Occurrence {
  @Id('并入的地点')
  intoPlaceId!: string;
}

export class MergerRevocationBody extends Occurrence {
  @Text('原因', '合并有误')
  reason!: string;

  @Text('批准文号', '朔区政函〔2024〕7号')
  approval!: string;
}

export class PayeeMergerBody extends Occurrence {
  @Id('并入的收款人 the payee that continues')
  intoPayeeId!: string;

  @Text('并入的原因', '重复登记')
  reason!: string;
}

export class PayeeMergerRevocationBody extends Occurrence {
  @Text('原因', '不是同一单位')
  reason!: string;
}

export class ParentBody extends Occurrence {
  @Id('改隶后的上级 the place above it from then on')
  parentId!: string;

  @Text('批准文号', '朔区政函〔2024〕8号')
  approval!: string;
}

export class CodeBody extends Occurrence {
  @Text('12 位统计用区划代码', '140602100000')
  divisionCode!: string;
}

export class PayeeBody extends Occurrence {
  @OneOf('性质', PAYEE_KINDS)
  kind!: PayeeKind;

  @OptionalText('单位名称;个人不写')
  name?: string;

  @OptionalText('统一社会信用代码')
  creditCode?: string;

  @ApiPropertyOptional({ description: '个人资料的加盐摘要 SHA-256' })
  @IsOptional()
  @IsHash('sha256')
  commitment?: string;

  @ApiPropertyOptional({
    description: '个人资料,只存保险库,台账只记摘要 kept in the vault; the event has its commitment',
    type: PersonBody,
  })
  @IsPerson()
  person?: Person;
}
