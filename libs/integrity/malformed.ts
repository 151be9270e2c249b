export type Format =
  | 'value' // no JSON that a leaf may hold
  | 'leaf' // bytes that are not the canonical ones of any value
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
