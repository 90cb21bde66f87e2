/** Something that whoever called the command can put right. */
export class UsageError extends Error {
  constructor(/** @type {string} */ message) {
    super(message);
    this.name = 'UsageError';
  }
}
