const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs;

/** An object or a list that is open where the text has come to. */
interface Open {
  /** Of an object: the keys met. */
  readonly keys: Set<string> | undefined;
  /** The last key, or how many items came before. */
  at: string | number;
}

/**
 * JSON pointers of the keys that an object of the text says more than once, of which `JSON.parse` keeps the
 * last without a word. The text is JSON.
 */
export const repeatedKeys = (json: string): readonly string[] => {
  const repeated: string[] = [];
  const open: Open[] = [];
  let text = '';
  for (const [token] of json.matchAll(TOKENS)) {
    const inner = open.at(-1);
    if (token === '{') open.push({ keys: new Set(), at: '' });
    else if (token === '[') open.push({ keys: undefined, at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':' && inner?.keys !== undefined) {
      inner.at = String(JSON.parse(text));
      if (inner.keys.has(inner.at)) repeated.push(pointerTo(open));
      inner.keys.add(inner.at);
    } else if (token === ',' && typeof inner?.at === 'number') inner.at += 1;
    else text = token;
  }
  return repeated;
};

const pointerTo = (open: readonly Open[]): string =>
  open.map(({ at }) => `/${`${at}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
