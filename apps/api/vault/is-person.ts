import { registerDecorator, type ValidationArguments } from 'class-validator';
import { readPerson } from '#vault/person';

/** A person in clear, or none; beside nothing that would say the same in the log. Its faults never repeat it. */
export const IsPerson = (): PropertyDecorator => (target, property) =>
  registerDecorator({
    name: 'isPerson',
    target: target.constructor,
    propertyName: String(property),
    validator: {
      validate: (value, args) => faultsOf(value, args).length === 0,
      defaultMessage: (args) => {
        const faults = args === undefined ? [] : faultsOf(args.value, args);
        const told = (lang: 'zh' | 'en') => faults.map((fault) => fault[lang]).join('; ');
        return `${told('zh')}|${told('en')}`;
      },
    },
  });

interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const faultsOf = (value: unknown, args: ValidationArguments | undefined): readonly Sentence[] => {
  if (value === undefined) return [];
  const read = readPerson(value);
  const within =
    read.kind === 'person'
      ? []
      : read.faults.map(({ field = 'person', zh, en }) => ({
          zh: `${field}:${zh}`,
          en: `${field}: ${en}`,
        }));
  return isOfPerson(args?.object) ? within : [...within, NOT_OF_PERSON];
};

const NOT_OF_PERSON: Sentence = {
  zh: '只用于个人,且不能同时写 name、creditCode、commitment',
  en: 'For persons only, without name, creditCode or commitment beside it',
};

const SAYING_THE_SAME = ['name', 'creditCode', 'commitment'];

const isOfPerson = (dto: object | undefined): boolean => {
  const { kind, ...others } = { kind: undefined, ...dto };
  const beside = Object.entries(others).filter(([, value]) => value !== undefined);
  return kind === 'person' && !beside.some(([key]) => SAYING_THE_SAME.includes(key));
};
