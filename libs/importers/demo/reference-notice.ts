import type { Plan, PlanPlace, PlanRow } from '../plan/plan.ts';

/**
 * The reference notice: 朔区脱贫巩固组〔2024〕2号 of 26 April 2024, four annexes, 20 rows,
 * 749.55 万元. The figures, names and numbers are those of the document; titles are shortened.
 */
const COUNTY = '朔城区';

const visited = (row: number, town: string, village: string, amount: string): PlanRow => ({
  row,
  place: [COUNTY, town, village],
  placeText: `${town}${village}`,
  amount,
});

const renewed = (row: number, town: string, village: string): PlanRow => ({
  row,
  place: [COUNTY, town, village],
  amount: '30',
});

const project = (
  row: number,
  [town, village]: readonly [string, string],
  name: string,
  implementer: string,
  amount: string,
): PlanRow => ({
  row,
  place: [COUNTY, town, village],
  amount,
  project: name,
  projectType: '产业发展',
  implementer,
});

const ANNEXES: Plan['annexes'] = [
  {
    annex: '1',
    title: '驻乡驻村工作队联系点项目资金',
    unit: '万元',
    statedTotal: '145',
    rows: [
      visited(1, '滋润乡', '里仁村', '10'),
      visited(2, '贾庄乡', '北曹村', '20'),
      visited(3, '贾庄乡', '东小寨村', '10'),
      visited(4, '贾庄乡', '长润村', '10'),
      visited(5, '贾庄乡', '辛村', '5'),
      visited(6, '贾庄乡', '黄水河村', '10'),
      visited(7, '南榆林乡', '大莲花村', '20'),
      visited(8, '南榆林乡', '南辛寨村', '10'),
      visited(9, '神头镇', '东神头村', '20'),
      visited(10, '下团堡乡', '孙家嘴村', '10'),
      { row: 11, place: [COUNTY, '贾庄乡'], placeText: '朔城区贾庄乡', amount: '20' },
    ],
  },
  {
    annex: '2',
    title: '高标准农田建设(2023年)资金',
    unit: '万元',
    rows: [
      {
        row: 1,
        place: [COUNTY],
        amount: '254.55',
        project: '高标准农田建设',
        scale: '2.20万亩',
        taskYear: 2023,
      },
    ],
  },
  {
    annex: '3',
    title: '第一批市级衔接资金项目',
    unit: '万元',
    statedTotal: '200',
    rows: [
      project(
        1,
        ['北旺庄街道办', '野狐涧村'],
        '蔬菜大棚改造工程',
        '朔州市朔城区青红绿农牧有限公司',
        '160',
      ),
      project(
        2,
        ['小平易乡', '张家口村'],
        '小型农田水利设施建设',
        '朔州市朔城区兴张农牧有限公司',
        '25',
      ),
      project(
        3,
        ['神头镇', '东榆林村'],
        '农灌机井更新建设',
        '朔州东榆林农业经济发展有限公司',
        '15',
      ),
    ],
  },
  {
    annex: '4',
    title: '“千万工程”项目资金',
    unit: '万元',
    statedTotal: '150',
    rows: [
      renewed(1, '下团堡乡', '上团堡村'),
      renewed(2, '窑子头乡', '后寨村'),
      renewed(3, '贾庄乡', '薛家店村'),
      renewed(4, '神头镇', '神西村'),
      renewed(5, '滋润乡', '青河寺村'),
    ],
  },
];

/** 神头镇 and 神头街道 are two places; the second is here so that nobody takes one for the other. */
const CODES: Readonly<Record<string, string>> = {
  朔城区: '140602000000',
  '朔城区/神头镇': '140602100000',
  '朔城区/神头街道': '140602003000',
};

const placesOf = (annexes: Plan['annexes']): readonly PlanPlace[] => {
  const paths = annexes.flatMap(({ rows }) => rows.map(({ place }) => place));
  const withParents = [...paths, [COUNTY, '神头街道']].flatMap((path) =>
    path.map((_name, index) => path.slice(0, index + 1).join('/')),
  );
  return [...new Set(withParents)]
    .sort((left, right) => left.split('/').length - right.split('/').length)
    .map((path) => {
      const code = CODES[path];
      return { path: path.split('/'), ...(code === undefined ? {} : { code }) };
    });
};

export const REFERENCE_PLAN: Plan = {
  notice: {
    issuer: '朔州市朔城区巩固拓展脱贫攻坚成果同乡村振兴有效衔接领导小组',
    documentNumber: '朔区脱贫巩固组〔2024〕2号',
    title: '关于下达朔城区2024年第一批市级衔接资金项目计划的通知',
    date: '2024-04-26',
    basis: ['朔农发〔2024〕6号'],
    programme: 'transition',
    fiscalYear: 2024,
    batch: '2024年第一批',
    fundingLevel: 'municipal',
  },
  places: placesOf(ANNEXES),
  annexes: ANNEXES,
};
