/** No rule depends on what a parameter was before: each setting replaces the one before it. */
export type ParameterState = null;

export const noParameter = (): ParameterState => null;
