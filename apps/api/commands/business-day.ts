import { registerDecorator } from 'class-validator';
import { isBusinessDate } from '#ledger/calendar';

/** A day that exists, as `YYYY-MM-DD`. */
export const IsBusinessDay = (): PropertyDecorator => (target, property) =>
  registerDecorator({
    name: 'isBusinessDay',
    target: target.constructor,
    propertyName: String(property),
    validator: {
      validate: (value) => typeof value === 'string' && isBusinessDate(value),
      defaultMessage: () => '须是存在的日期 YYYY-MM-DD|A day that exists is required: YYYY-MM-DD',
    },
  });
