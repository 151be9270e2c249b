import { accept, refuse, type Decision } from '../decision.ts';
import type { SetParameter } from './parameter-commands.ts';
import type { ParameterEvent } from './parameter-events.ts';

/** 参数设定: any number of times, each with the document it comes from. */
export const setParameter = ({ data }: SetParameter): Decision<ParameterEvent> =>
  data.source.trim() === ''
    ? refuse({ code: 'parameter-without-source', parameterId: data.parameterId })
    : accept({ type: 'ParameterSet', data });
