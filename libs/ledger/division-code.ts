/**
 * 统计用区划代码: 12 digits, province 2, prefecture 2, county 2, town 3, village 3.
 * A higher place ends in zeros: 140602000000 is a county, 140602100000 a town, 140602100201 a village.
 */
export type DivisionCode = string;

export type DivisionLevel = 'county' | 'town' | 'village';

/** The level of a code; undefined when it is not a code of a county, town or village. */
export const divisionLevel = (code: string): DivisionLevel | undefined => {
  if (!/^[1-9]\d{11}$/.test(code) || code.slice(4, 6) === '00') return undefined;
  if (code.endsWith('000000')) return 'county';
  if (code.slice(6, 9) === '000') return undefined;
  return code.endsWith('000') ? 'town' : 'village';
};
