/** What an error comes down to: errors of the catalog name what they were found by first, and their cause, which says what to mend, last. */
export function causeOf(message: string): string {
  const cause = message.split('; caused by ').at(-1) ?? message;
  return cause.replace(/^\w*Error: /, '');
}
