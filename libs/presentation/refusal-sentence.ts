import { formatYuan, GREATEST_AMOUNT, type Fen } from '#ledger/money';
import type { FundingAccount } from '#ledger/fund/transfer';
import { PARAMETER_NAMES } from '#ledger/parameter/known-parameters';
import type { EarlierFact } from '#ledger/refusals';
import type { Refusal } from '#ledger/refusals';
import { say, type Sentence } from './sentence.ts';
import { textFaultSentence } from './text-fault-sentence.ts';
import { voucherSentence } from './voucher-sentence.ts';

/** What a refusal says to the person at the desk, in both languages, with the figures that decide. */
export const refusalSentence = (refusal: Refusal): Sentence => {
  switch (refusal.code) {
    case 'business-date-in-future':
      return say(
        `业务日期 ${refusal.occurredOn} 还没有到。`,
        `The business date ${refusal.occurredOn} is in the future.`,
      );
    case 'dated-before-its-fact': {
      const fact = FACTS[refusal.fact];
      return say(
        `日期 ${refusal.occurredOn} 早于${fact.zh}日期 ${refusal.on}。`,
        `The date ${refusal.occurredOn} is before that of the ${fact.en}, ${refusal.on}.`,
      );
    }
    case 'amount-not-positive':
      return say(
        `金额必须大于零,收到的是 ${yuan(refusal.amountFen)} 元。`,
        `The amount must be above zero; it is ${yuan(refusal.amountFen)} yuan.`,
      );
    case 'amount-too-large':
      return say(
        `一笔金额最多 ${yuan(GREATEST_AMOUNT)} 元,收到的是 ${yuan(refusal.amountFen)} 元。`,
        `One amount is ${yuan(GREATEST_AMOUNT)} yuan at most; it is ${yuan(refusal.amountFen)} yuan.`,
      );
    case 'text-unsound': {
      const sentences = refusal.faults.map(textFaultSentence);
      return say(sentences.map(({ zh }) => zh).join(''), sentences.map(({ en }) => en).join(' '));
    }
    case 'unknown-place':
      return say(
        `没有登记过地点 ${refusal.placeId}。`,
        `No place ${refusal.placeId} is registered.`,
      );
    case 'unknown-payee':
      return say(
        `没有登记过收款人 ${refusal.payeeId}。`,
        `No payee ${refusal.payeeId} is registered.`,
      );
    case 'unknown-notice':
      return say(`没有资金文件 ${refusal.noticeId}。`, `No notice ${refusal.noticeId} was issued.`);
    case 'unknown-allocation':
      return say(
        `没有资金安排 ${refusal.allocationId}。`,
        `There is no allocation ${refusal.allocationId}.`,
      );
    case 'place-already-registered':
      return say('该地点已经登记。', 'This place is registered already.');
    case 'place-not-registered':
      return say('该地点尚未登记。', 'This place is not registered.');
    case 'place-already-merged':
      return say('该地点已经并入其他地点。', 'This place has been merged into another.');
    case 'place-merged-into-itself':
      return say('地点不能并入自己。', 'A place cannot be merged into itself.');
    case 'division-code-of-other-level':
      return say(
        `区划代码 ${refusal.divisionCode} 与地点级别不符。`,
        `Division code ${refusal.divisionCode} is not of this place's level.`,
      );
    case 'parent-missing':
      return say(
        '乡镇须写明所属县区,村须写明所属乡镇;县区没有上级。',
        'A town needs its county and a village its town; a county has no parent.',
      );
    case 'parent-of-wrong-level':
      return say(
        `上级 ${refusal.parentId} 的级别不对:乡镇的上级是县区,村的上级是乡镇。`,
        `${refusal.parentId} is of the wrong level to be above this place: a town is under a county, a village under a town.`,
      );
    case 'parent-is-merged':
      return say(
        `上级 ${refusal.parentId} 当日已并入 ${refusal.successorId};请写 ${refusal.successorId}。`,
        `${refusal.parentId} is merged into ${refusal.successorId} on that day; name ${refusal.successorId}.`,
      );
    case 'place-not-merged':
      return say('该地点没有并入其他地点。', 'This place is not merged into another.');
    case 'revoked-before-merger':
      return say(
        `撤销日期 ${refusal.occurredOn} 早于合并日期 ${refusal.mergedOn}。`,
        `The revocation is dated ${refusal.occurredOn}, before the merger on ${refusal.mergedOn}.`,
      );
    case 'parent-unchanged':
      return say('该地点已经隶属于这个上级。', 'This place is under that parent already.');
    case 'place-name-blank':
      return say('地点必须有名称。', 'A place needs a name.');
    case 'place-name-taken':
      return say(
        `同一上级下已有“${refusal.name}”(${refusal.otherPlaceId})。`,
        `There is a “${refusal.name}” under the same parent (${refusal.otherPlaceId}).`,
      );
    case 'merger-across-levels':
      return say(
        '只能并入同级地点:县区并入县区,乡镇并入乡镇,村并入村。',
        'A place is merged into one of its own level: county into county, town into town, village into village.',
      );
    case 'merger-in-circle':
      return say(
        `${refusal.intoPlaceId} 已(直接或逐级)并入该地点,不能再反向并入。`,
        `${refusal.intoPlaceId} is merged into this place already, directly or through others.`,
      );
    case 'merger-into-merged-place':
      return say(
        `${refusal.intoPlaceId} 已并入 ${refusal.successorId};请并入 ${refusal.successorId}。`,
        `${refusal.intoPlaceId} is merged into ${refusal.successorId}; merge into ${refusal.successorId}.`,
      );
    case 'payee-already-registered':
      return registeredSentence(refusal);
    case 'payee-not-registered':
      return say('该收款人尚未登记。', 'This payee is not registered.');
    case 'payee-merged-into-itself':
      return say('收款人不能并入自己。', 'A payee cannot be merged into itself.');
    case 'payee-not-merged':
      return say('该收款人没有并入其他收款人。', 'This payee is not merged into another.');
    case 'payee-already-merged':
      return say(
        `该收款人已经并入 ${refusal.intoPayeeId}。`,
        `This payee has been merged into ${refusal.intoPayeeId}.`,
      );
    case 'payees-of-different-kinds':
      return say(
        '两个收款人性质不同,不能合并;单位的性质登记有误的,先作变更。',
        'The payees are of different kinds and cannot be merged; where the kind of an organisation is wrong, change it first.',
      );
    case 'payee-merger-in-circle':
      return say(
        `${refusal.intoPayeeId} 已(直接或逐级)并入该收款人,不能再反向并入。`,
        `${refusal.intoPayeeId} is merged into this payee already, directly or through others.`,
      );
    case 'merger-into-merged-payee':
      return say(
        `${refusal.intoPayeeId} 已并入 ${refusal.successorId};请并入 ${refusal.successorId}。`,
        `${refusal.intoPayeeId} is merged into ${refusal.successorId}; merge into ${refusal.successorId}.`,
      );
    case 'payee-is-merged': {
      const { payeeId, successorId, name } = refusal;
      const called = name === undefined ? successorId : `${name}(编号 ${successorId})`;
      const calledEn = name === undefined ? successorId : `${name} (id ${successorId})`;
      return say(
        `收款人 ${payeeId} 已并入 ${called};请写明付给 ${called}。`,
        `Payee ${payeeId} is merged into ${calledEn}; state ${calledEn} as the payee.`,
      );
    }
    case 'person-in-clear':
      return say(
        '个人收款人的姓名和证件号不得写入台账。',
        'Names and numbers of persons must not be written into the ledger.',
      );
    case 'organisation-without-name':
      return say('单位收款人必须写明名称。', 'An organisation needs its name.');
    case 'credit-code-wrong':
      return say(
        `统一社会信用代码 ${refusal.creditCode} 校验不符。`,
        `Credit code ${refusal.creditCode} fails its check character.`,
      );
    case 'notice-already-issued':
      return say('该资金文件已经登记。', 'This notice is issued already.');
    case 'notice-not-issued':
      return say('没有这份资金文件。', 'There is no such notice.');
    case 'notice-already-withdrawn':
      return say('该资金文件已经撤回。', 'This notice is withdrawn already.');
    case 'notice-withdrawn':
      return say(
        `这笔资金的文件已于 ${refusal.withdrawnOn} 撤回,不再记到账、调增、支付申请和垫付;已到账的资金仍可支付、缴回、收回和冲销。`,
        `The notice of this money was withdrawn on ${refusal.withdrawnOn}: no arrivals, increases, requests or payments in advance any more. What has arrived may still be paid, returned, recalled and taken back.`,
      );
    case 'notice-without-lines':
      return say('资金文件没有任何资金行。', 'The notice has no line of money.');
    case 'stated-total-differs':
      return say(
        `附件${refusal.annex}写明合计 ${yuan(refusal.statedFen)} 元,各行相加为 ${yuan(refusal.sumFen)} 元。`,
        `Annex ${refusal.annex} states a total of ${yuan(refusal.statedFen)} yuan; its rows sum to ${yuan(refusal.sumFen)} yuan.`,
      );
    case 'allocation-already-exists':
      return say('这笔资金已经安排过。', 'These funds are allocated already.');
    case 'allocation-not-found':
      return say('没有这笔资金安排。', 'There is no such allocation.');
    case 'allocation-is-closed':
      return say('这笔资金已经结项。', 'This allocation is closed.');
    case 'amount-exceeds-allocated-funds':
      return shortfall(refusal, '未到账指标', 'allocated and not yet arrived');
    case 'amount-exceeds-arrived-funds':
      return shortfall(refusal, '到账资金', 'arrived and on hand');
    case 'amount-exceeds-released-funds':
      return shortfall(refusal, '单位账上资金', 'released to the unit and on hand');
    case 'amount-is-reserved-by-requests':
      return say(
        `可用 ${yuan(refusal.availableFen)} 元,另有 ${yuan(refusal.reservedFen)} 元已被在途申请占用,不足 ${yuan(refusal.amountFen)} 元。`,
        `${yuan(refusal.amountFen)} yuan is more than the ${yuan(refusal.availableFen)} yuan free; requests in flight hold ${yuan(refusal.reservedFen)} yuan.`,
      );
    case 'amount-exceeds-funds-of-day': {
      const { on, amountFen, availableFen } = refusal;
      const account = ACCOUNTS_OF_DAY[refusal.account];
      const advised = refusal.account !== 'quota';
      return say(
        `${on} ${account.zh} ${yuan(availableFen)} 元,不够 ${yuan(amountFen)} 元;请核对日期${advised ? ',由他人垫付的支付按垫付记账' : ''}。`,
        `On ${on} only ${yuan(availableFen)} yuan ${account.en}, less than ${yuan(amountFen)} yuan; check the date${advised ? ', or record a payment that others made as an advance' : ''}.`,
      );
    }
    case 'advance-not-repaid':
      return say(
        `还有垫付 ${yuan(refusal.advanceFen)} 元没有归还。`,
        `${yuan(refusal.advanceFen)} yuan that were paid in advance are not repaid.`,
      );
    case 'voucher-already-recorded':
    case 'voucher-already-paid':
    case 'voucher-claimed':
      return voucherSentence(refusal);
    case 'amount-is-reserved-by-adjustments':
      return say(
        `可用 ${yuan(refusal.availableFen)} 元,另有 ${yuan(refusal.reservedFen)} 元已为办理中的资金调整预留,不足 ${yuan(refusal.amountFen)} 元。`,
        `${yuan(refusal.amountFen)} yuan is more than the ${yuan(refusal.availableFen)} yuan free; open adjustments set ${yuan(refusal.reservedFen)} yuan aside.`,
      );
    case 'leg-already-reserved':
      return say(
        `调整文件第 ${refusal.ordinal} 笔已经预留。`,
        `Leg ${refusal.ordinal} of the adjustment is reserved already.`,
      );
    case 'leg-not-reserved':
      return say(
        `调整文件第 ${refusal.ordinal} 笔没有这样预留。`,
        `Leg ${refusal.ordinal} of the adjustment is not reserved in this way.`,
      );
    case 'adjustments-in-flight':
      return say(
        `调整文件 ${refusal.adjustmentId} 正在办理,不能结项。`,
        `Adjustment ${refusal.adjustmentId} is open; the allocation cannot be closed.`,
      );
    case 'unknown-adjustment':
    case 'adjustment-not-found':
      return say(
        `没有调整文件 ${refusal.adjustmentId}。`,
        `There is no adjustment ${refusal.adjustmentId}.`,
      );
    case 'adjustment-already-approved':
      return say('该调整文件已经登记。', 'This adjustment is recorded already.');
    case 'adjustment-not-waiting':
      return say(
        '只有资金暂不调整的文件可以撤回;已经完成的,请以新的文件反向调整。',
        'Only a document whose money waits can be withdrawn; one that is completed is undone by another document.',
      );
    case 'adjustment-without-legs':
      return say('调整文件没有写明任何一笔资金。', 'The adjustment has no leg.');
    case 'adjustment-of-too-many-legs':
      return say(
        `一份调整文件最多 ${refusal.most} 笔,收到的是 ${refusal.legs} 笔。`,
        `One adjustment has ${refusal.most} legs at most; it has ${refusal.legs}.`,
      );
    case 'leg-ordinal-repeated':
      return say(
        `调整文件中有两笔编号都是 ${refusal.ordinal}。`,
        `Two legs of the adjustment have the number ${refusal.ordinal}.`,
      );
    case 'adjustment-not-at-this-step':
      return say(
        '调整文件已进入别的步骤。',
        `The adjustment is at another step: ${refusal.status}.`,
      );
    case 'counterpart-is-same-allocation':
      return say(
        '同一笔资金不能在一份文件里既调增又调减。',
        'One document cannot both increase and decrease an allocation.',
      );
    case 'request-already-exists':
      return say('该支付申请已经提交。', 'This request exists already.');
    case 'request-not-found':
      return say('没有这份支付申请。', 'There is no such request.');
    case 'request-already-decided':
      return say('该支付申请已经复核。', 'This request is decided already.');
    case 'request-not-approved':
      return say('该支付申请尚未复核通过。', 'This request is not approved.');
    case 'request-already-paid':
      return say('该支付申请已经支付。', 'This request is paid already.');
    case 'approver-is-requester':
      return say(
        '申请人不能复核自己的申请。',
        'A request must be approved by someone other than its requester.',
      );
    case 'requests-in-flight':
      return say(
        `还有 ${yuan(refusal.reservedFen)} 元在途申请,不能结项。`,
        `Requests for ${yuan(refusal.reservedFen)} yuan are in flight; the allocation cannot be closed.`,
      );
    case 'payment-already-recorded':
      return say('该笔支付已经记账。', 'This payment is recorded already.');
    case 'payment-not-found':
      return say('没有这笔支付。', 'There is no such payment.');
    case 'payment-already-reversed':
      return say('该笔支付已经全部冲销。', 'This payment is fully reversed already.');
    case 'reversal-exceeds-payment':
      return say(
        `冲销 ${yuan(refusal.amountFen)} 元超过该笔支付未冲销的 ${yuan(refusal.remainingFen)} 元。`,
        `A reversal of ${yuan(refusal.amountFen)} yuan exceeds the ${yuan(refusal.remainingFen)} yuan not yet reversed.`,
      );
    case 'allocation-is-void':
      return say('这笔资金安排已经作废。', 'This allocation is void.');
    case 'allocation-not-as-entered':
      return say(
        `这笔资金原安排 ${yuan(refusal.amountFen)} 元,现未到账指标 ${yuan(refusal.unarrivedFen)} 元;只有原样未动的才能作废,请先冲回其后的记账。`,
        `${yuan(refusal.amountFen)} yuan were allocated and ${yuan(refusal.unarrivedFen)} yuan of it are quota now; an allocation is voided only as it was entered, so take back first what came after.`,
      );
    case 'entry-not-found':
      return say(
        `这笔资金没有可这样冲回的记账 ${refusal.reversedEventId}。`,
        `The allocation has no entry ${refusal.reversedEventId} that can be taken back so.`,
      );
    case 'entry-already-reversed':
      return say('该笔记账已经全部冲回。', 'This entry is taken back already.');
    case 'reversal-exceeds-entry':
      return say(
        `冲回 ${yuan(refusal.amountFen)} 元超过该笔记账未冲回的 ${yuan(refusal.remainingFen)} 元。`,
        `A reversal of ${yuan(refusal.amountFen)} yuan exceeds the ${yuan(refusal.remainingFen)} yuan of the entry not yet reversed.`,
      );
    case 'later-milestone-first':
      return say(
        '请先撤销其后的项目节点:先验收,再完工,再开工。',
        'Take back the later milestone first: acceptance, then completion, then the start.',
      );
    case 'project-already-started':
      return say('项目已经开工。', 'The project has started already.');
    case 'project-not-started':
      return say('项目尚未开工。', 'The project has not started.');
    case 'project-already-completed':
      return say('项目已经完工。', 'The project is completed already.');
    case 'project-not-completed':
      return say('项目尚未完工,不能验收。', 'The project is not completed and cannot be accepted.');
    case 'project-already-accepted':
      return say('项目已经验收。', 'The project is accepted already.');
    case 'asset-already-registered':
      return say('该资产已经登记。', 'This asset is registered already.');
    case 'announcement-already-posted':
      return say('该公告已经张贴。', 'This announcement is posted already.');
    case 'announcement-not-posted':
      return say('没有这份公告。', 'There is no such announcement.');
    case 'announcement-already-ended':
      return say('该公告已经期满。', 'This announcement has ended already.');
    case 'announcement-already-withdrawn':
      return say('该公告已经撤回。', 'This announcement is withdrawn already.');
    case 'announcement-covers-nothing':
      return say('公告没有写明所公示的资金。', 'The announcement covers no allocation.');
    case 'period-ends-before-it-begins':
      return say(
        `公示期止于 ${refusal.until},早于开始的 ${refusal.from}。`,
        `The period ends on ${refusal.until}, before it begins on ${refusal.from}.`,
      );
    case 'period-too-long':
      return say(
        `公示期从 ${refusal.from} 到 ${refusal.until},超过 ${refusal.mostDays} 天,请核对日期。`,
        `The period from ${refusal.from} to ${refusal.until} is longer than ${refusal.mostDays} days: see to the dates.`,
      );
    case 'objection-already-raised':
      return say('该异议已经登记。', 'This objection is raised already.');
    case 'objection-not-found':
      return say('没有这份异议。', 'There is no such objection.');
    case 'objection-already-answered':
      return say('该异议已经答复。', 'This objection is answered already.');
    case 'objection-not-answered':
      return say(
        '该异议没有这项答复,或者这项答复已经撤销。',
        'The objection does not have this answer, or it is revoked already.',
      );
    case 'objection-already-withdrawn':
      return say('该异议已经撤回。', 'This objection is withdrawn already.');
    case 'announcement-not-ended':
      return say('该公告没有期满记录可撤销。', 'This announcement has not ended.');
    case 'parameter-without-source':
      return say(
        '参数必须写明依据的文件和条款。',
        'A parameter needs the document and article it comes from.',
      );
    case 'parameter-unknown':
      return say(
        `没有名为“${refusal.parameterId}”的参数。可设定:${PARAMETER_NAMES.join('、')}。`,
        `No parameter has the name “${refusal.parameterId}”. There are: ${PARAMETER_NAMES.join(', ')}.`,
      );
    case 'parameter-of-another-kind': {
      const [zh, en] = PARAMETER_KINDS[refusal.kind];
      return say(
        `参数 ${refusal.parameterId} 的值应当是${zh}。`,
        `The value of parameter ${refusal.parameterId} is ${en}.`,
      );
    }
    case 'parameter-out-of-range':
      return say(
        `参数 ${refusal.parameterId} 应当在 ${refusal.least} 到 ${refusal.most} 之间。`,
        `Parameter ${refusal.parameterId} lies between ${refusal.least} and ${refusal.most}.`,
      );
    case 'calendar-days-unfit':
      return say(
        `工作日历 ${refusal.parameterId} 的这些日期不对:${refusal.days.join('、')}。放假日和调休上班日应当是当年的日期,不重复,上班日应当是周末。`,
        `These days do not fit ${refusal.parameterId}: ${refusal.days.join(', ')}. Days off and days worked are of that year and stated once, and days worked are of weekends.`,
      );
    default:
      return refusal satisfies never;
  }
};

const PARAMETER_KINDS = {
  integer: ['整数', 'a whole number'],
  text: ['文字', 'a text'],
  workingCalendar: ['放假日和调休上班日', 'days off and days worked'],
} as const;

const shortfall = (
  { amountFen, availableFen }: { readonly amountFen: Fen; readonly availableFen: Fen },
  zhFunds: string,
  enFunds: string,
): Sentence =>
  say(
    `${zhFunds}只有 ${yuan(availableFen)} 元,不足 ${yuan(amountFen)} 元。`,
    `${yuan(amountFen)} yuan is more than the ${yuan(availableFen)} yuan ${enFunds}.`,
  );

const yuan = formatYuan;

const FACTS: Readonly<Record<EarlierFact, Sentence>> = {
  notice: { zh: '资金文件', en: 'notice' },
  allocation: { zh: '下达', en: 'allocation' },
  request: { zh: '申请', en: 'request' },
  approval: { zh: '复核通过', en: 'approval' },
  payment: { zh: '支付', en: 'payment' },
  movement: { zh: '最后一笔收支', en: 'last movement of its money' },
  start: { zh: '开工', en: 'start of the project' },
  completion: { zh: '完工', en: 'completion of the project' },
  posting: { zh: '张贴', en: 'posting' },
  objection: { zh: '提出异议', en: 'objection' },
  answer: { zh: '答复异议', en: 'answer' },
  revocation: { zh: '撤销答复', en: 'revocation of the answer' },
  entry: { zh: '原记账', en: 'entry that it takes back' },
  decision: { zh: '批准', en: 'decision' },
  registration: { zh: '收款人登记', en: "payees' registration" },
};

const ACCOUNTS_OF_DAY: Readonly<Record<FundingAccount, Sentence>> = {
  quota: { zh: '已下达未到账的只有', en: 'was allocated and had not arrived' },
  treasury: { zh: '国库可用的只有', en: 'was in the treasury and free' },
  unit: { zh: '单位可用的只有', en: 'was with the unit and free' },
};

const registeredSentence = ({
  payeeId,
  name,
  creditCode,
  mergedPayeeId,
}: Extract<Refusal, { readonly code: 'payee-already-registered' }>): Sentence => {
  const code = creditCode === undefined ? '' : `,统一社会信用代码 ${creditCode}`;
  const codeEn = creditCode === undefined ? '' : `, credit code ${creditCode}`;
  const zh = `${name === undefined ? '' : `:${name}`}${code}(编号 ${payeeId}),请直接使用。`;
  const en = `${name === undefined ? '' : `: ${name}`}${codeEn} (id ${payeeId}); use it.`;
  return mergedPayeeId === undefined
    ? say(`该收款人已经登记${zh}`, `This payee is registered already${en}`)
    : say(
        `该收款人已经登记,并已并入其他收款人${zh}`,
        `This payee is registered already and merged into another${en}`,
      );
};
