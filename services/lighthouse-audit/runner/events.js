// What the service is told.

import { once } from 'node:events';

/** Writes one event. */
export function send(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Writes the report: its length as an event, then its bytes. */
export async function sendReport(report) {
  const bytes = Buffer.from(report, 'utf8');
  send({ type: 'report', bytes: bytes.length });
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}
