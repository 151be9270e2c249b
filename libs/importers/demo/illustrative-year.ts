import type { Actor } from '#ledger/context';
import type { LedgerCommand } from '#ledger/ledger-events';
import { allocationIdOf, idOf } from '#event-codec/ids';

/** One step of the illustrative year: who does what, and when. */
export interface DemoStep {
  readonly on: string;
  readonly actor: Actor;
  readonly command: LedgerCommand;
}

const ILLUSTRATIVE = '示例';
const organisation = (name: string) => `${name}(${ILLUSTRATIVE})`;
export const DEMO_CLERK: Actor = {
  id: 'demo-clerk',
  organisation: organisation('区农业农村局'),
  role: 'clerk',
};
export const DEMO_FINANCE: Actor = {
  id: 'demo-finance',
  organisation: organisation('区财政局'),
  role: 'finance',
};
export const DEMO_TOWNSHIP: Actor = {
  id: 'demo-township',
  organisation: organisation('乡镇财政所'),
  role: 'township',
};
export const DEMO_ADMINISTRATOR: Actor = {
  id: 'demo-administrator',
  organisation: organisation('系统管理'),
  role: 'administrator',
};

/** One person for each role, for the tokens that the demo prints. */
export const DEMO_PEOPLE: readonly Actor[] = [
  DEMO_CLERK,
  DEMO_FINANCE,
  DEMO_TOWNSHIP,
  DEMO_ADMINISTRATOR,
  { id: 'demo-auditor', organisation: organisation('区审计局'), role: 'auditor' },
  { id: 'demo-inspector', organisation: organisation('区纪委监委'), role: 'inspector' },
  { id: 'demo-viewer', organisation: organisation('公众'), role: 'viewer' },
];

const yuan = (amount: number): bigint => BigInt(amount) * 100n;
const payee = (name: string): string => idOf('demo-payee', name);
const GREENHOUSE_BUILDER = '朔州市朔城区青红绿农牧有限公司';
const WATER_BUILDER = '朔州市朔城区兴张农牧有限公司';
const WELL_BUILDER = '朔州东榆林农业经济发展有限公司';
const COLLECTIVE = '薛家店村股份经济合作社';

/**
 * A year that nobody lived: arrivals, payments, announcements and corrections made up to show what
 * the ledger does. Only the notice itself is real; every actor here is marked 示例.
 */
export const illustrativeYear = (noticeId: string): readonly DemoStep[] => {
  const fund = (annex: string, row: number) => allocationIdOf(noticeId, annex, row);
  const greenhouse = fund('3', 1);
  const water = fund('3', 2);
  const wells = fund('3', 3);
  const farmland = fund('2', 1);
  const steps: DemoStep[] = [];
  const step = (on: string, actor: Actor, command: LedgerCommand) =>
    void steps.push({ on, actor, command });

  const arrive = (on: string, allocationId: string, amountYuan: number) =>
    step(on, DEMO_FINANCE, {
      type: 'ReceiveFunds',
      data: {
        allocationId,
        amountFen: yuan(amountYuan),
        voucher: voucher('到账', on, allocationId),
      },
    });

  /** Request by the clerk, approval and payment by finance: two people, three events. */
  const pay = (
    days: readonly [string, string, string],
    allocationId: string,
    to: string,
    amountYuan: number,
    stage: 'advance' | 'progress' | 'final' = 'progress',
  ) => {
    const requestId = idOf('demo-request', allocationId, days[0]);
    const paymentId = idOf('demo-payment', allocationId, days[2]);
    step(days[0], DEMO_CLERK, {
      type: 'RequestDisbursement',
      data: {
        allocationId,
        requestId,
        payeeId: payee(to),
        amountFen: yuan(amountYuan),
        from: 'treasury',
        stage,
        purpose: `${ILLUSTRATIVE}:${STAGE_NAMES[stage]}`,
      },
    });
    step(days[1], DEMO_FINANCE, {
      type: 'ApproveDisbursement',
      data: { allocationId, requestId },
    });
    step(days[2], DEMO_FINANCE, {
      type: 'DisburseFunds',
      data: {
        ground: 'request',
        allocationId,
        paymentId,
        requestId,
        voucher: voucher('支付', days[2], allocationId),
      },
    });
    return paymentId;
  };

  for (const parameter of PARAMETERS) step('2024-04-26', DEMO_ADMINISTRATOR, parameter);
  for (const name of [GREENHOUSE_BUILDER, WATER_BUILDER, WELL_BUILDER]) {
    step('2024-05-08', DEMO_CLERK, registerPayee(name, 'enterprise'));
  }
  step('2024-05-08', DEMO_CLERK, registerPayee(COLLECTIVE, 'villageCollective'));

  const announce = (
    on: string,
    allocationId: string,
    place: readonly string[],
    until: string,
    stage: 'plan' | 'result' = 'plan',
  ) => {
    const announcementId = idOf('demo-announcement', allocationId, stage);
    const actor = DEMO_TOWNSHIP;
    step(on, actor, {
      type: 'PostAnnouncement',
      data: {
        announcementId,
        stage,
        allocationIds: [allocationId],
        placeId: idOf('place', ...place),
        level: 'village',
        medium: `村务公开栏(${ILLUSTRATIVE})`,
        from: on,
        plannedUntil: until,
        dayCount: 'calendar',
        contentSha256: CONTENT_SHA256,
      },
    });
    return announcementId;
  };
  const endAnnouncement = (on: string, announcementId: string) =>
    step(on, DEMO_TOWNSHIP, { type: 'EndAnnouncement', data: { announcementId } });

  const greenhousePlan = announce('2024-05-08', greenhouse, YEHUJIAN, '2024-05-17');
  const waterPlan = announce('2024-05-10', water, ZHANGJIAKOU, '2024-05-19');
  step('2024-05-13', DEMO_TOWNSHIP, {
    type: 'RaiseObjection',
    data: {
      announcementId: waterPlan,
      objectionId: idOf('demo-objection', water),
      matter: '管线走向与公示图不一致(示例)',
    },
  });
  arrive('2024-05-15', greenhouse, 1_000_000);
  arrive('2024-05-15', water, 250_000);
  arrive('2024-05-15', wells, 150_000);
  endAnnouncement('2024-05-18', greenhousePlan);
  step('2024-05-17', DEMO_TOWNSHIP, {
    type: 'AnswerObjection',
    data: {
      announcementId: waterPlan,
      objectionId: idOf('demo-objection', water),
      answer: '已按现场测量更正公示图(示例)',
    },
  });
  endAnnouncement('2024-05-20', waterPlan);

  step('2024-05-20', DEMO_TOWNSHIP, { type: 'StartProject', data: { allocationId: greenhouse } });
  pay(
    ['2024-05-22', '2024-05-23', '2024-05-24'],
    greenhouse,
    GREENHOUSE_BUILDER,
    480_000,
    'advance',
  );
  step('2024-05-27', DEMO_TOWNSHIP, { type: 'StartProject', data: { allocationId: water } });

  // A payment to the wrong account, taken back the next day and made again.
  const mistaken = pay(['2024-06-03', '2024-06-04', '2024-06-05'], water, WELL_BUILDER, 100_000);
  step('2024-06-06', DEMO_FINANCE, {
    type: 'ReverseDisbursement',
    data: {
      allocationId: water,
      reversalId: idOf('demo-reversal', mistaken),
      paymentId: mistaken,
      amountFen: yuan(100_000),
      reason: '收款单位录错(示例)',
    },
  });
  pay(['2024-06-07', '2024-06-11', '2024-06-12'], water, WATER_BUILDER, 100_000);

  for (const row of [1, 2, 3, 4, 5]) arrive('2024-06-20', fund('4', row), 150_000);
  for (const row of [2, 7, 9]) arrive('2024-06-25', fund('1', row), 200_000);
  arrive('2024-07-10', farmland, 1_500_000);
  step('2024-07-12', DEMO_FINANCE, {
    type: 'ReleaseFunds',
    data: { allocationId: farmland, amountFen: yuan(1_000_000), unit: '区农业农村局' },
  });

  // One pair inside annex 4: what 后寨村 gives up 薛家店村 gets, and the annex keeps its sum.
  step('2024-07-15', DEMO_CLERK, adjustment(fund('4', 2), fund('4', 3)));

  arrive('2024-07-25', greenhouse, 600_000);
  pay(['2024-08-01', '2024-08-02', '2024-08-05'], greenhouse, GREENHOUSE_BUILDER, 800_000);
  step('2024-08-20', DEMO_FINANCE, {
    type: 'DisburseFunds',
    data: {
      ground: 'statement',
      allocationId: wells,
      paymentId: idOf('demo-payment', wells, 'statement'),
      payeeId: payee(WELL_BUILDER),
      amountFen: yuan(120_000),
      from: 'treasury',
      stage: 'progress',
      voucher: voucher('国库对账', '2024-08-20', wells),
    },
  });

  // More than is left: refused, and the attempt stays in the log.
  step('2024-08-21', DEMO_CLERK, {
    type: 'RequestDisbursement',
    data: {
      allocationId: wells,
      requestId: idOf('demo-request', wells, 'beyond'),
      payeeId: payee(WELL_BUILDER),
      amountFen: yuan(60_000),
      from: 'treasury',
      stage: 'final',
      purpose: '示例:超过到账余额的申请',
    },
  });

  pay(['2024-09-02', '2024-09-03', '2024-09-04'], fund('4', 3), COLLECTIVE, 150_000);
  step('2024-09-10', DEMO_CLERK, {
    type: 'ClassifyAllocation',
    data: { allocationId: fund('4', 3), projectType: '人居环境', ground: '示例:项目库' },
  });
  step('2024-10-08', DEMO_TOWNSHIP, {
    type: 'CompleteProject',
    data: { allocationId: greenhouse },
  });
  const result = announce('2024-10-10', greenhouse, YEHUJIAN, '2024-10-19', 'result');
  endAnnouncement('2024-10-21', result);
  step('2024-10-25', DEMO_CLERK, { type: 'AcceptProject', data: { allocationId: greenhouse } });
  step('2024-10-28', DEMO_TOWNSHIP, {
    type: 'RegisterAsset',
    data: {
      allocationId: greenhouse,
      assetId: idOf('demo-asset', greenhouse),
      name: '改造蔬菜大棚(示例)',
      assetClass: 'operating',
      originalValueFen: yuan(1_600_000),
      keeper: '野狐涧村',
    },
  });
  pay(['2024-11-01', '2024-11-04', '2024-11-05'], greenhouse, GREENHOUSE_BUILDER, 240_000, 'final');
  step('2024-12-10', DEMO_TOWNSHIP, {
    type: 'DistributeBenefit',
    data: {
      allocationId: greenhouse,
      amountFen: yuan(36_000),
      households: 24,
      distributedOn: '2024-12-10',
    },
  });
  announce('2024-12-23', fund('4', 3), XUEJIADIAN, '2025-01-01');
  return steps.toSorted((left, right) => left.on.localeCompare(right.on));
};

const YEHUJIAN = ['朔城区', '北旺庄街道办', '野狐涧村'] as const;
const ZHANGJIAKOU = ['朔城区', '小平易乡', '张家口村'] as const;
const XUEJIADIAN = ['朔城区', '贾庄乡', '薛家店村'] as const;
/** Of the words “示例公示”, hashed as UTF-8. */
const CONTENT_SHA256 = '023acadb61baf4f83870e7fcd496d47e94cb2b2467b0159aa5da5bb6f1ba7685';
const STAGE_NAMES = { advance: '预付款', progress: '进度款', final: '结算款' } as const;

const voucher = (kind: string, on: string, allocationId: string): string =>
  `${ILLUSTRATIVE}-${kind}-${on.replaceAll('-', '')}-${allocationId.slice(0, 4)}`;

const registerPayee = (name: string, kind: 'enterprise' | 'villageCollective'): LedgerCommand => ({
  type: 'RegisterPayee',
  data: { payeeId: payee(name), kind, name },
});

/** A document of two legs: what one allocation loses the other gains. */
const adjustment = (from: string, to: string): LedgerCommand => {
  const leg = { amountFen: yuan(50_000), account: 'quota' } as const;
  return {
    type: 'ApproveAdjustment',
    data: {
      adjustmentId: idOf('demo-adjustment', from, to),
      approval: '示例〔2024〕1号',
      decidedOn: '2024-07-15',
      legs: [
        { ...leg, ordinal: 1, allocationId: from, direction: 'decrease' },
        { ...leg, ordinal: 2, allocationId: to, direction: 'increase' },
      ],
    },
  };
};

const integer = (parameterId: string, value: number, source: string): LedgerCommand => ({
  type: 'SetParameter',
  data: {
    parameterId,
    value: { kind: 'integer', integer: value },
    validFrom: '2018-10-01',
    source,
  },
});

const days = (month: string, from: number, until: number): readonly string[] =>
  Array.from(
    { length: until - from + 1 },
    (_, index) => `2024-${month}-${String(from + index).padStart(2, '0')}`,
  );

const PARAMETERS: readonly LedgerCommand[] = [
  integer('announcement-minimum-days', 10, '国开办发〔2018〕11号第四条'),
  integer('announcement-due-working-days', 20, '国开办发〔2018〕11号'),
  {
    type: 'SetParameter',
    data: {
      parameterId: 'working-calendar-2024',
      value: {
        kind: 'workingCalendar',
        holidays: [
          '2024-01-01',
          ...days('02', 10, 17),
          ...days('04', 4, 6),
          ...days('05', 1, 5),
          '2024-06-10',
          ...days('09', 15, 17),
          ...days('10', 1, 7),
        ],
        workedWeekendDays: [
          '2024-02-04',
          '2024-02-18',
          '2024-04-07',
          '2024-04-28',
          '2024-05-11',
          '2024-09-14',
          '2024-09-29',
          '2024-10-12',
        ],
      },
      validFrom: '2024-01-01',
      source: '国办发明电〔2023〕7号',
    },
  },
];
