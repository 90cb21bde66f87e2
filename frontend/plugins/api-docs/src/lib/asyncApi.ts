import { object, resolve, type Json } from './json';
import { exampleOf } from './schemaExample';

/** A channel and what is said on it. */
export interface Channel {
  name: string;
  description: string;
  messages: { action: 'publish' | 'subscribe'; name: string; summary: string; example: string }[];
}

/** Reads the channels of an AsyncAPI 2 or 3 document. Throws when it is none. */
export function readAsyncApi(document: unknown): Channel[] {
  const root = object(document);
  if (!root.asyncapi) {
    throw new Error('The definition has no `asyncapi` at its top, so it is no AsyncAPI document.');
  }
  const operations = Object.values(object(root.operations)).map(object);
  return Object.entries(object(root.channels)).map(([key, value]) => {
    const channel = resolve(root, value);
    const told = (['publish', 'subscribe'] as const).flatMap(action => {
      const message = object(channel[action]).message;
      const several = object(message).oneOf;
      return message ? (Array.isArray(several) ? several : [message]).map(one => readMessage(root, action, one, '')) : [];
    });
    // Version 3 keeps messages at the channel, and who sends and receives apart from it.
    const sends = operations.some(({ action, channel: of }) => action === 'send' && object(of).$ref === `#/channels/${key}`);
    const listed = Object.entries(object(channel.messages)).map(([name, message]) =>
      readMessage(root, sends ? 'publish' : 'subscribe', message, name),
    );
    return {
      name: typeof channel.address === 'string' ? channel.address : key,
      description: typeof channel.description === 'string' ? channel.description : '',
      messages: [...told, ...listed],
    };
  });
}

function readMessage(root: Json, action: 'publish' | 'subscribe', value: unknown, key: string): Channel['messages'][number] {
  const message = resolve(root, value);
  return {
    action,
    name: String(message.name ?? message.title ?? key),
    summary: String(message.summary ?? ''),
    example: message.payload === undefined ? '' : JSON.stringify(exampleOf(root, message.payload), undefined, 2),
  };
}
