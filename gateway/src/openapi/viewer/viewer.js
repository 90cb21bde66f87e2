// Shows openapi.json: operations by plugin, each with its parameters, body and answers.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** An element with attributes and children; texts become text nodes, so nothing of the document is taken for markup. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter(child => child !== undefined && child !== ''));
  return node;
}

/** Follows `$ref`. */
function resolve(api, value) {
  if (!value?.$ref) return value;
  return value.$ref
    .slice(2)
    .split('/')
    .reduce((found, key) => found?.[key], api);
}

/** A schema as a sketch of the JSON it describes. */
function sketch(api, schema, depth = 0) {
  const found = resolve(api, schema);
  if (!found || depth > 5) return '…';
  if (found.oneOf) return found.oneOf.map(one => sketch(api, one, depth)).join(' or ');
  if (found.enum) return found.enum.map(value => JSON.stringify(value)).join(' | ');
  const indent = '  '.repeat(depth + 1);
  if (found.type === 'array') return `[${sketch(api, found.items ?? {}, depth)}]`;
  if (found.properties) {
    const lines = Object.entries(found.properties).map(([name, property]) => {
      const mark = found.required?.includes(name) ? '' : '?';
      return `${indent}${name}${mark}: ${sketch(api, property, depth + 1)}`;
    });
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  return [found.type ?? 'any', found.description && `(${found.description})`].filter(Boolean).join(' ');
}

function parametersOf(api, item, operation) {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(one => resolve(api, one));
  if (parameters.length === 0) return [];
  const rows = parameters.map(parameter =>
    element(
      'tr',
      {},
      element('td', {}, element('code', {}, parameter.name), parameter.required ? ' *' : ''),
      element('td', {}, parameter.in),
      element('td', {}, parameter.description ?? ''),
    ),
  );
  return [element('h3', {}, 'Parameters'), element('table', {}, ...rows)];
}

function contentOf(api, title, content) {
  const schema = content && Object.values(content)[0]?.schema;
  return schema ? [element('h3', {}, title), element('pre', {}, sketch(api, schema))] : [];
}

function answersOf(api, operation) {
  const rows = Object.entries(operation.responses).map(([status, response]) => {
    const found = resolve(api, response);
    const schema = found?.content && Object.values(found.content)[0]?.schema;
    return element(
      'tr',
      {},
      element('td', {}, element('code', {}, status)),
      element('td', {}, found?.description ?? '', schema ? element('pre', {}, sketch(api, schema)) : ''),
    );
  });
  return [element('h3', {}, 'Answers'), element('table', {}, ...rows)];
}

function operationOf(api, path, item, method) {
  const operation = item[method];
  const details = element(
    'details',
    { id: operation.operationId },
    element(
      'summary',
      {},
      element('span', { class: `method ${method}` }, method),
      element('code', {}, path),
      element('span', {}, operation.summary),
    ),
  );
  // Only what is looked at is drawn.
  details.addEventListener(
    'toggle',
    () =>
      details.append(
        element(
          'div',
          { class: 'body' },
          operation.description ? element('p', {}, operation.description) : '',
          ...parametersOf(api, item, operation),
          ...contentOf(api, 'Body', resolve(api, operation.requestBody)?.content),
          ...answersOf(api, operation),
        ),
      ),
    { once: true },
  );
  return { details, text: `${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase() };
}

function show(api) {
  document.title = document.getElementById('title').textContent = `${api.info.title}: the API`;
  const sections = api.tags.map(tag => {
    const operations = Object.entries(api.paths).flatMap(([path, item]) =>
      METHODS.filter(method => item[method]?.tags.includes(tag.name)).map(method => operationOf(api, path, item, method)),
    );
    const heading = element('h2', {}, tag.name, element('small', {}, tag.description ?? ''));
    return { operations, node: element('section', {}, heading, ...operations.map(one => one.details)) };
  });
  const none = element('p', { hidden: '' }, 'No operation matches.');
  document.getElementById('operations').replaceChildren(...sections.map(section => section.node), none);

  const search = document.getElementById('search');
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const section of sections) {
      const before = shown;
      for (const { details, text } of section.operations) {
        details.hidden = !words.every(word => text.includes(word));
        if (!details.hidden) shown += 1;
      }
      section.node.hidden = shown === before;
    }
    none.hidden = shown > 0;
  };
  search.addEventListener('input', filter);
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked) {
    linked.open = true;
    linked.scrollIntoView();
  }
}

fetch('openapi.json')
  .then(response => (response.ok ? response.json() : Promise.reject(new Error(`${response.status}`))))
  .then(show)
  .catch(error => {
    document.getElementById('operations').replaceChildren(
      element('p', { role: 'alert' }, `The description of the API cannot be read (${error.message}). Reload to try again.`),
    );
  });
