import type { CommandOf } from '../decision.ts';
import type { Parameter } from './parameter-events.ts';

/** What may be asked of a parameter. */
export type ParameterCommand = SetParameter;

export type SetParameter = CommandOf<'SetParameter', Parameter>;
