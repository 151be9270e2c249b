import type { Ignorer } from '@stryker-mutator/api/ignore';

/** As much of a node of Babel's syntax tree as is looked at below. */
interface SyntaxNode {
  readonly type: string;
  readonly test?: SyntaxNode | null;
  readonly consequent?: readonly SyntaxNode[];
  readonly argument?: SyntaxNode;
  readonly expression?: SyntaxNode;
}

/** `default: … satisfies never` after every member of a union is for the compiler; no test can reach it. */
export const unreachable: Ignorer = {
  shouldIgnore: (path) => {
    const { node } = path as { readonly node: SyntaxNode };
    if (node.type !== 'SwitchCase' || node.test != null) return undefined;
    const [statement] = node.consequent ?? [];
    const said = statement?.argument ?? statement?.expression;
    return said?.type === 'TSSatisfiesExpression' ? 'unreachable by type' : undefined;
  },
};
