import type { CommandContext } from '../context.ts';
import { inFuture, refuse, type Decision } from '../decision.ts';
import type { ParameterCommand } from './parameter-commands.ts';
import type { ParameterEvent } from './parameter-events.ts';
import type { ParameterState } from './parameter-state.ts';
import { setParameter } from './set-parameter.ts';

/** All that can be asked of a parameter, at a glance; the verb's rule is in the file it names. */
export const decide = (
  command: ParameterCommand,
  _parameter: ParameterState,
  context: CommandContext,
): Decision<ParameterEvent> => {
  if (inFuture(context)) {
    return refuse({ code: 'business-date-in-future', occurredOn: context.occurredOn });
  }
  switch (command.type) {
    case 'SetParameter':
      return setParameter(command);
    default:
      return command.type satisfies never;
  }
};
