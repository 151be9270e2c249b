import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import { pathToFileURL } from 'node:url';
import type { Example } from './globals.ts';
import { examplesOf, inNewGeneration, specsFor } from './load-specs.ts';
import { unreachable } from './unreachable.ts';

/** The register through which instrumented code learns which mutant is active and says what it covers. */
interface Register {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: MutantCoverage;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}
const register: Register = ((globalThis as { __stryker__?: Register }).__stryker__ ??= {});

/**
 * Runs the specs in one process: a mutant costs the tests that cover it, not a start of Jest. Where the
 * body of a spec covers it too, such as a tree that many examples share, the body runs again. For a
 * mutant of a value that is made while a module loads, all modules are loaded anew.
 */
class InProcessRunner implements TestRunner {
  /** The examples of each spec, from a run of its body without a mutant. */
  readonly #examples = new Map<string, readonly Example[]>();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ files = [] }: DryRunOptions): Promise<DryRunResult> {
    for (const module of files) await import(pathToFileURL(module).href);
    const tests: TestResult[] = [];
    for (const spec of specsFor(files)) {
      tests.push(await this.#timed(bodyOf(spec), () => this.#load(spec)));
      for (const { id, run } of this.#examples.get(spec) ?? []) {
        tests.push(await this.#timed(id, run));
      }
    }
    const { mutantCoverage } = register;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    return options.mutantActivation === 'static'
      ? inNewGeneration(() => this.#run(options, true))
      : this.#run(options, false);
  }

  async #run(options: MutantRunOptions, isStatic: boolean): Promise<MutantRunResult> {
    const wanted = options.testFilter && new Set(options.testFilter);
    let nrOfTests = 0;
    for (const spec of specsFor([options.sandboxFileName])) {
      const fromBody = isStatic || wanted === undefined || wanted.has(bodyOf(spec));
      if (!fromBody && !this.#examples.has(spec)) await this.#load(spec);
      activate(options);
      const examples = fromBody ? examplesOf(spec) : this.#examples.get(spec);
      const outcome = await firstFailure(async function* () {
        for (const example of (await examples) ?? []) {
          if (fromBody || wanted?.has(example.id)) yield example;
        }
      });
      register.activeMutant = undefined;
      nrOfTests += outcome.nrOfTests;
      if (exceeded(register)) return { status: MutantRunStatus.Timeout, reason: 'hit limit' };
      if (outcome.failure !== undefined) {
        const killedBy = [outcome.id ?? bodyOf(spec)];
        const failureMessage = outcome.failure;
        return { status: MutantRunStatus.Killed, killedBy, failureMessage, nrOfTests };
      }
    }
    // Stryker tries again, in a new process.
    if (nrOfTests === 0) throw new Error(`No example ran for ${options.sandboxFileName}.`);
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  async #load(spec: string): Promise<void> {
    this.#examples.set(spec, await examplesOf(spec));
  }

  async #timed(id: string, run: () => unknown): Promise<TestResult> {
    register.currentTestId = id;
    const began = performance.now();
    const { failure } = await firstFailure(async function* () {
      yield { id, run };
    });
    register.currentTestId = undefined;
    const base = { id, name: id, timeSpentMs: performance.now() - began };
    return failure === undefined
      ? { ...base, status: TestStatus.Success }
      : { ...base, status: TestStatus.Failed, failureMessage: failure };
  }
}

/** The name under which Stryker knows the body of a spec, beside its examples. */
const bodyOf = (spec: string): string => `${spec} body`;

interface FirstFailure {
  readonly failure?: string;
  readonly id?: string;
  readonly nrOfTests: number;
}

/** Runs examples until one fails; a failure to make them counts too. */
const firstFailure = async (examples: () => AsyncIterable<Example>): Promise<FirstFailure> => {
  let nrOfTests = 0;
  let id: string | undefined;
  try {
    for await (const example of examples()) {
      nrOfTests += 1;
      id = example.id;
      await example.run();
    }
    return { nrOfTests };
  } catch (error) {
    return { failure: String(error), ...(id !== undefined && { id }), nrOfTests };
  }
};

const activate = ({ activeMutant, hitLimit }: MutantRunOptions): void => {
  register.activeMutant = activeMutant.id;
  register.hitLimit = hitLimit;
  register.hitCount = hitLimit === undefined ? undefined : 0;
};

const exceeded = ({ hitCount, hitLimit }: Register): boolean =>
  hitCount !== undefined && hitLimit !== undefined && hitCount > hitLimit;

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
  declareValuePlugin(PluginKind.Ignore, 'unreachable', unreachable),
];
