import { COSIGNATURE, parseVkey, SIGNATURE, type SignatureType, type VerifierKey } from './key.ts';
import { Malformed } from './malformed.ts';
import { naturalOf, textOf } from './text.ts';

/** Whom an auditor believes: c2sp.org/tlog-policy. */
export interface Policy {
  /** Any of them may have signed; the name of the key is the origin of the log. */
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly PolicyWitness[];
  /** Undefined for `quorum none`. */
  readonly quorum: Quorum | undefined;
}

export interface PolicyWitness {
  /** Within the policy only; the name of the key is another one. */
  readonly name: string;
  readonly key: VerifierKey;
  /** Where it takes requests, when the policy says so. */
  readonly address?: string;
}

/** One witness, or at least `threshold` of the members. */
export type Quorum =
  | { readonly kind: 'witness'; readonly key: VerifierKey }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly threshold: number;
      readonly members: readonly Quorum[];
    };

/** Throws `Malformed` with the number of the line. */
export const parsePolicy = (input: Uint8Array | string): Policy => {
  const text = textOf(input, 'policy');
  if (CONTROL.test(text)) throw new Malformed('policy', 'it holds a control character');
  const draft: Draft = { logs: [], witnesses: [], named: new Map(), members: new Set() };
  text.split('\n').forEach((line, at) => {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length > 0 && !words[0]?.startsWith('#')) readLine(draft, words, at + 1);
  });
  const { logs, witnesses, quorum } = draft;
  if (quorum === undefined) throw new Malformed('policy', 'no line says what the quorum is');
  return { logs, witnesses, quorum: quorum === 'none' ? undefined : quorum };
};

interface Draft {
  readonly logs: VerifierKey[];
  readonly witnesses: PolicyWitness[];
  readonly named: Map<string, Quorum>;
  /** A name is the member of one group at most, so that nobody counts twice. */
  readonly members: Set<string>;
  quorum?: Quorum | 'none';
}

const readLine = (
  draft: Draft,
  [keyword = '', ...words]: readonly string[],
  line: number,
): void => {
  try {
    const read = READERS.get(keyword);
    if (read === undefined) throw new Malformed('policy', `nothing is called ${keyword}`);
    read(draft, words);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new Malformed('policy', `line ${line}: ${error.reason}`);
  }
};

type ReadWords = (draft: Draft, words: readonly string[]) => void;

const readLog: ReadWords = ({ logs }, [vkey = '', ...url]) => {
  const key = keyOf(vkey, SIGNATURE);
  must(url.length <= 1, 'a log is a key and an address');
  must(!logs.some(isSameKeyAs(key)), 'the log is there already');
  logs.push(key);
};

const readWitness: ReadWords = (draft, [name = '', vkey = '', ...url]) => {
  const key = keyOf(vkey, COSIGNATURE);
  must(url.length <= 1, 'a witness is a name, a key and an address');
  const keys = draft.witnesses.map((witness) => witness.key);
  must(!keys.some(isSameKeyAs(key)), 'the witness is there already');
  const [address] = url;
  draft.witnesses.push({ name, key, ...(address === undefined ? {} : { address }) });
  define(draft, name, { kind: 'witness', key });
};

const readGroup: ReadWords = (draft, [name = '', k = '', ...names]) => {
  const members = names.map((member) => {
    must(!draft.members.has(member), `${member} is the member of a group already`);
    draft.members.add(member);
    return namedIn(draft, member);
  });
  const threshold = k === 'any' ? 1 : k === 'all' ? members.length : naturalOf(k, 'policy');
  must(threshold >= 1 && threshold <= members.length, `${k} of ${members.length} is no quorum`);
  define(draft, name, { kind: 'group', name, threshold, members });
};

const readQuorum: ReadWords = (draft, [name = '', ...rest]) => {
  must(rest.length === 0, 'the quorum is one witness or one group');
  must(draft.quorum === undefined, 'the quorum is there already');
  draft.quorum = name === 'none' ? name : namedIn(draft, name);
};

const READERS: ReadonlyMap<string, ReadWords> = new Map([
  ['log', readLog],
  ['witness', readWitness],
  ['group', readGroup],
  ['quorum', readQuorum],
]);

const define = ({ named }: Draft, name: string, quorum: Quorum): void => {
  must(name !== 'none' && !named.has(name), `the name ${name} is taken`);
  named.set(name, quorum);
};

const namedIn = ({ named }: Draft, name: string): Quorum => {
  const found = named.get(name);
  if (found === undefined) throw new Malformed('policy', `${name} is not known yet`);
  return found;
};

const keyOf = (vkey: string, type: SignatureType): VerifierKey => {
  const key = parseVkey(vkey);
  must(key.type === type, 'the key is of the wrong type');
  return key;
};

const must = (isSo: boolean, reason: string): void => {
  if (!isSo) throw new Malformed('policy', reason);
};

/** Under whatever name. */
const isSameKeyAs =
  ({ publicKey }: VerifierKey) =>
  (other: VerifierKey): boolean =>
    Buffer.compare(publicKey, other.publicKey) === 0;

/** All but tab and newline. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;
