import { isNativeError } from 'node:util/types';

/** What this machine refuses, as a sentence; undefined of anything else. */
export const systemFault = (
  error: unknown,
): { readonly zh: string; readonly en: string } | undefined => {
  if (!isNativeError(error)) return undefined;
  const { code, errcode, path, address, port } = error as SystemError;
  const where = path ?? (port === undefined ? '' : `${address ?? ''}:${port}`);
  const said = (code === undefined ? undefined : SENTENCES[code]) ?? SQLITE[errcode ?? 0];
  if (said === undefined) return undefined;
  const [zh, en] = said;
  return { zh: `${zh}${where && `:${where}`}。`, en: `${en}${where && `: ${where}`}.` };
};

interface SystemError extends Error {
  readonly code?: string;
  readonly errcode?: number;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
}

type Said = readonly [zh: string, en: string];

const FULL: Said = [
  '磁盘已满,没有写完的已撤销;请腾出空间再试',
  'The disk is full, and what was not written whole is undone; make room and try again',
];
const READ_ONLY: Said = ['这里只能读,不能写', 'This can be read and not written to'];

const SENTENCES: Readonly<Record<string, Said>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: READ_ONLY,
  EACCES: ['没有权限', 'There is no permission'],
  EPERM: ['没有权限', 'There is no permission'],
  EMFILE: ['打开的文件太多', 'Too many files are open'],
  EADDRINUSE: ['端口已被占用,请换一个(--port)', 'The port is taken; choose another (--port)'],
  EADDRNOTAVAIL: ['本机没有这个地址(--host)', 'This machine does not have that address (--host)'],
  ENOTFOUND: ['找不到这个主机(--host)', 'There is no such host (--host)'],
};

/** Primary result codes of SQLite. */
const SQLITE: Readonly<Record<number, Said>> = { 13: FULL, 8: READ_ONLY };
