import type * as Globals from '@jest/globals';

/** What specs import from `@jest/globals`; the runner has put it into the process before. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } =
  globalThis as unknown as typeof Globals;
