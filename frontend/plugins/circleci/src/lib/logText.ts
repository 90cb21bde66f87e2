// eslint-disable-next-line no-control-regex -- what terminals understand begins with a control character
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*\u0007|[@-_])/g;

/** The lines of a log as a person reads them: without colours, and of a line that was written over only its last form. */
export function logLines(log: string): string[] {
  return log
    .replace(ESCAPES, '')
    .replace(/\r\n/g, '\n')
    .trimEnd()
    .split('\n')
    .map(line => line.slice(line.lastIndexOf('\r') + 1));
}
