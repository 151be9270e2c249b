import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { placeIdOf } from '#event-codec/ids';
import { PAYEE_KINDS, type PayeeIdentity, type PayeeKind } from '#ledger/payee/payee-events';
import { payees, places, type PlaceEntry } from '#projections/place-directory/query';
import { placeDirectoryView } from '#projections/place-directory/view';
import { findPlaceNamed, readDate } from '../names.ts';
import { printJson, printTable } from '../output.ts';
import { withAsOfOptions, withQueryContext, type AsOfOptions } from '../scene.ts';
import { badInput, run, withCommonOptions, withReader, type CommonOptions } from '../session.ts';
import { keepForCommand, readPersonFile } from '../person.ts';
import { permit, writes, type WriteOptions, type WriteContext } from '../write.ts';

/** Places, payees and parameters: what everything else refers to. */
export const registerDirectoryCommands = (program: Command): void => {
  registerPlaces(program);

  const payee = program.command('payee').description('收款人 payees');
  writes<PayeeOptions>(
    payee
      .command('add [name]')
      .description('登记收款人;个人不写姓名 register a payee; persons go unnamed')
      .addOption(new Option('--kind <kind>', '性质').choices(PAYEE_KINDS).makeOptionMandatory())
      .option('--code <code>', '统一社会信用代码')
      .addOption(
        new Option(
          '--person-file <file>',
          '个人资料的 JSON 文件,- 为标准输入;存入保险库',
        ).conflicts(['code', 'commitment']),
      )
      .option('--commitment <sha256>', '另存别处的个人资料的加盐摘要'),
    (context, options, name) => [
      { type: 'RegisterPayee', data: payeeIdentity(context, options, name) },
    ],
  );
  withCommonOptions(payee.command('list').description('列出 list')).action(
    (options: CommonOptions) =>
      run(options.lang, () =>
        withReader(options, ({ views: { db } }) => {
          const all = payees(db);
          if (options.json === true) printJson({ payees: all });
          else
            printTable(
              [
                { title: '编号', of: (row) => row.payeeId },
                { title: '性质', of: (row) => row.kind },
                { title: '名称', of: (row) => row.name ?? '(个人)' },
              ],
              all,
            );
          return Promise.resolve();
        }),
      ),
  );

  writes<WriteOptions & { validFrom?: string; source: string }>(
    program
      .command('parameter <id> <integer>')
      .description('设定参数 set a parameter')
      .option('--valid-from <date>', '从哪天起适用')
      .requiredOption('--source <text>', '依据的文件和条款'),
    ({ on }, { validFrom, source }, parameterId = '', integer = '') => {
      if (!/^\d{1,9}$/.test(integer))
        throw badInput(`“${integer}”不是整数。`, `“${integer}” is no whole number.`);
      return [
        {
          type: 'SetParameter',
          data: {
            parameterId,
            value: { kind: 'integer', integer: Number(integer) },
            validFrom: validFrom === undefined ? on : readDate(validFrom),
            source,
          },
        },
      ];
    },
  );
};

interface PayeeOptions extends WriteOptions {
  readonly kind: PayeeKind;
  readonly code?: string;
  readonly commitment?: string;
  readonly personFile?: string;
}

const payeeIdentity = (
  { actor, idFor }: WriteContext,
  options: PayeeOptions,
  name: string | undefined,
): PayeeIdentity => {
  const { kind, code, commitment, personFile, data } = options;
  const payeeId = idFor('payee');
  if (personFile !== undefined) {
    if (kind !== 'person' || name !== undefined) throw personIsUnnamed();
    permit(actor, 'RegisterPayee');
    const person = readPersonFile(personFile);
    const entry = { recordId: idFor('person'), payeeId, person };
    return { payeeId, kind, commitment: keepForCommand(resolve(data), entry) };
  }
  return {
    payeeId,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(code === undefined ? {} : { creditCode: code }),
    ...(commitment === undefined ? {} : { commitment }),
  };
};

const personIsUnnamed = () =>
  badInput(
    '--person-file 只用于 --kind person,且命令行上不写姓名。',
    '--person-file is for --kind person, with no name on the command line.',
  );

const registerPlaces = (program: Command): void => {
  const place = program.command('place').description('地点 places');

  writes<WriteOptions & { code?: string }>(
    place
      .command('add <path>')
      .description('登记地点,如 朔城区/神头镇/东神头村 register a place')
      .option('--code <code>', '区划代码'),
    ({ on }, { code }, path = '') => {
      const names = path.split('/');
      const level = (['county', 'town', 'village'] as const)[names.length - 1];
      if (level === undefined)
        throw badInput('地点应写县区/乡镇/村。', 'Write county/town/village.');
      return [
        {
          type: 'RegisterPlace',
          data: {
            placeId: placeIdOf(names),
            level,
            name: names.at(-1) ?? '',
            validFrom: on,
            ...(names.length > 1 ? { parentId: placeIdOf(names.slice(0, -1)) } : {}),
            ...(code === undefined ? {} : { divisionCode: code }),
          },
        },
      ];
    },
  );
  writes(
    place.command('rename <place> <name>').description('更名 rename'),
    ({ db }, _o, at = '', name = '') => [
      { type: 'RenamePlace', data: { placeId: findPlaceNamed(db, at).placeId, name } },
    ],
  );
  writes(
    place.command('merge <place> <into>').description('合并 merge'),
    ({ db }, _o, at = '', into = '') => [
      {
        type: 'MergePlace',
        data: {
          placeId: findPlaceNamed(db, at).placeId,
          intoPlaceId: findPlaceNamed(db, into).placeId,
        },
      },
    ],
  );
  writes(
    place.command('code <place> <code>').description('区划代码 assign a code'),
    ({ db }, _o, at = '', code = '') => [
      {
        type: 'AssignPlaceCode',
        data: { placeId: findPlaceNamed(db, at).placeId, divisionCode: code },
      },
    ],
  );

  withAsOfOptions(program.command('places'))
    .description('列出地点 list places')
    .action((options: AsOfOptions) =>
      run(options.lang, () =>
        withQueryContext(options, [placeDirectoryView], ({ db, reflects }) => {
          const all = places(db);
          if (options.json === true) printJson({ reflects, places: all });
          else printTable(PLACE_COLUMNS, all);
        }),
      ),
    );
};

const PLACE_COLUMNS = [
  { title: '地点', of: ({ path }: PlaceEntry) => path.join('/') },
  { title: '级别', of: ({ level }: PlaceEntry) => level },
  { title: '区划代码', of: ({ divisionCode }: PlaceEntry) => divisionCode ?? '' },
  {
    title: '并入',
    of: ({ mergedInto, mergedOn }: PlaceEntry) => (mergedInto === null ? '' : `${mergedOn}`),
  },
];
