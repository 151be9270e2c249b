export type Format =
  | 'tile'
  | 'frontier'
  | 'key'
  | 'note'
  | 'checkpoint'
  | 'request' // add-checkpoint
  | 'policy'
  | 'proof';

/** Input from outside that is not of its format: whoever reads it decides what that means. */
export class Malformed extends Error {
  readonly format: Format;
  readonly reason: string;

  constructor(format: Format, reason: string) {
    super(`Not a ${format}: ${reason}.`);
    this.name = 'Malformed';
    this.format = format;
    this.reason = reason;
  }
}
