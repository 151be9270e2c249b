import * as nodeCrypto from 'node:crypto';
import * as fs from 'node:fs';
import * as url from 'node:url';
import * as util from 'node:util';
import vm from 'node:vm';
import { VERIFIER, type Ran } from './verifier.ts';

/**
 * The command in this process: the file as it is published, evaluated anew with a `process` of its
 * own, as if it had been started with these arguments.
 */
export async function runHere(args: readonly string[]): Promise<Ran> {
  let stdout = '';
  const started = {
    argv: [process.execPath, VERIFIER, ...args],
    stdout: { write: (text: string) => (stdout += text) },
    exitCode: undefined as number | undefined,
  };
  const globals = { Buffer, TextDecoder, TextEncoder, atob, btoa, process: started };
  const module = new vm.SourceTextModule(SOURCE, {
    context: vm.createContext(globals),
    identifier: VERIFIER,
    initializeImportMeta: (meta) => (meta.url = url.pathToFileURL(VERIFIER).href),
  });
  await module.link((specifier) => moduleOf(specifier, module.context));
  await module.evaluate();
  return { status: started.exitCode ?? 0, stdout, stderr: '' };
}

const SOURCE = fs.readFileSync(VERIFIER, 'utf8');

/** What the file imports. The heap is that of the tests, and is left alone. */
const IMPORTED: Readonly<Record<string, object>> = {
  ...{ 'node:crypto': nodeCrypto, 'node:fs': fs, 'node:url': url, 'node:util': util },
  'node:v8': { setFlagsFromString: () => undefined },
};

function moduleOf(specifier: string, context: vm.Context | undefined): vm.Module {
  const exported = Object.entries(IMPORTED[specifier] ?? {});
  return new vm.SyntheticModule(
    exported.map(([name]) => name),
    function () {
      for (const [name, value] of exported) this.setExport(name, value);
    },
    { ...(context === undefined ? {} : { context }) },
  );
}
