// Answers `/api` in the development server itself, for work on pages without the services.

/**
 * @param {() => Promise<(request: Request) => Promise<Response>>} load Makes what answers, when the first request comes.
 * @returns {import('vite').Plugin}
 */
export function localApi(load) {
  /** @type {ReturnType<typeof load> | undefined} */
  let handler;

  const answer = async (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:http').ServerResponse} */ response,
  ) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const method = request.method ?? 'GET';
    const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks).toString();
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [/** @type {[string, string]} */ ([name, String(value)])],
    );
    handler ??= load();
    const result = await (await handler)(new Request(`http://localhost${request.url}`, { method, body, headers }));
    response.writeHead(result.status, Object.fromEntries(result.headers));
    response.end(Buffer.from(await result.arrayBuffer()));
  };
  const middleware = (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:http').ServerResponse} */ response,
    /** @type {(error?: unknown) => void} */ next,
  ) => (request.url?.startsWith('/api/') ? void answer(request, response).catch(next) : next());

  return {
    name: 'callboard-local-api',
    configureServer: server => void server.middlewares.use(middleware),
    configurePreviewServer: server => void server.middlewares.use(middleware),
  };
}
