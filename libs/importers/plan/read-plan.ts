import { noPlan, type ReadPlan } from './plan.ts';
import { readPlanCsv } from './read-csv.ts';
import { readPlanJson } from './read-json.ts';

/** No notice of a county comes near it. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Reads the bytes of a plan; the name says whether it is `.json` or `.csv`. */
export const readPlan = (name: string, bytes: Uint8Array): ReadPlan => {
  if (bytes.byteLength === 0) return noPlan('文件是空的。', 'The file is empty.');
  if (bytes.byteLength > MAX_BYTES) {
    return noPlan(
      '文件超过 8 MB,不是一份资金计划。',
      'The file is over 8 MB: no plan of funds is.',
    );
  }
  if (name.endsWith('.json')) {
    const text = decode('utf-8', bytes);
    return text === undefined
      ? noPlan('文件不是有效的 UTF-8 文字。', 'The file is not valid UTF-8.')
      : readPlanJson(text);
  }
  if (name.endsWith('.csv')) {
    const text = decode('utf-8', bytes) ?? decode('gb18030', bytes);
    return text === undefined
      ? noPlan('文件既不是 UTF-8 也不是 GB18030 文字。', 'The file is neither UTF-8 nor GB18030.')
      : readPlanCsv(text);
  }
  return noPlan('只能导入 .json 或 .csv 文件。', 'Only .json and .csv files can be imported.');
};

/** Undefined when a byte does not fit the encoding: nothing is ever replaced by a question mark. */
const decode = (encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
