import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader } from '@nestjs/swagger';

/** What every write takes besides its body. */
export const ApiWrites = (): ClassDecorator =>
  applyDecorators(
    ApiBearerAuth(),
    ApiHeader({ name: 'Idempotency-Key', required: true }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: 'proof:等到签名,回执附证明 wait until it is signed and answer with the proof',
    }),
  );
