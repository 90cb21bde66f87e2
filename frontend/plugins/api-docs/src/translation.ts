import { createMessages } from '@callboard/core-plugin-api';

/** Every text of the plugin. */
export const { ref: apiDocsTranslationRef, useMessages } = createMessages({
  id: 'plugin.api-docs',
  messages: {
    plugin: 'APIs',
    description: 'Every API with its definition, its providers and its consumers.',
    register: 'Register existing API',
    none: 'No API in the catalog yet',
    noneText: 'An API is an entity of kind API whose spec.definition holds an OpenAPI, AsyncAPI, GraphQL or protobuf text.',
    cards: {
      provided: 'Provides',
      consumed: 'Consumes',
      providers: 'Provided by',
      consumers: 'Consumed by',
      has: 'APIs',
    },
    definition: {
      title: 'Definition',
      view: 'View',
      viewOf: (name: string) => `View the definition of ${name}`,
      openPage: 'Open its page',
      loadFailed: 'The definition could not be loaded',
      gone: 'This API is not in the catalog any more.',
      rendered: 'Operations',
      raw: 'Source',
      outline: 'Outline',
      none: 'This API has no definition',
      noneText: 'Put the text into spec.definition of its file, or name a file by $text there.',
      broken: 'The definition cannot be shown as operations',
      brokenHint: 'Its source is below.',
      search: 'Search operations',
      noMatch: 'No operation has that in it.',
      untagged: 'Operations',
      deprecated: 'deprecated',
      parameters: 'Parameters',
      body: 'Request body',
      responses: 'Responses',
      required: 'required',
      example: (of: string) => `Example of ${of}`,
      columns: { name: 'Name', in: 'In', type: 'Type', description: 'Description' },
      publish: 'publish',
      subscribe: 'subscribe',
    },
    tryIt: {
      open: 'Try it',
      server: 'Server',
      value: (name: string) => `Value of ${name}`,
      body: 'Request body',
      send: 'Send',
      missing: (name: string) => `${name} is required.`,
      notRouted: (server: string) =>
        `The portal has no way to ${server}. Name a route of its proxy under servers of entity-content:api-docs in app.extensions.`,
      answer: 'Answer',
      cut: 'The answer is longer; this is its beginning.',
      failed: 'The request could not be sent',
    },
  },
});

export type Messages = ReturnType<typeof useMessages>;
