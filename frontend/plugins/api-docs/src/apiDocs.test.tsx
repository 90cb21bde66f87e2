import { CatalogClient } from '@callboard/catalog-client';
import type { Entity } from '@callboard/catalog-model';
import { createApiFactory, createRouteRef, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityProvider, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInTestApp, renderInstalledPages, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { api, renderDefinition } from './definition.fixture';
import { installation } from './installation';
import { readOpenApi } from './lib/openApi';
import { exampleOf } from './lib/schemaExample';
import { apiDocsPlugin, EntityApiDefinitionCard, EntityProvidedApisCard } from './plugin';

const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});

const OPENAPI = `
openapi: 3.1.0
info: { title: Orders, version: 1.0.0, description: 'What **customers** ordered.' }
servers: [{ url: 'https://{region}.orders.example/', variables: { region: { default: eu } } }]
paths:
  /orders/{id}:
    parameters: [{ name: id, in: path, schema: { type: integer } }]
    get:
      tags: [orders]
      summary: One order
      parameters: [{ name: expand, in: query, schema: { type: string, enum: [items, customer] } }]
      responses: { '200': { description: OK, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
    delete: { tags: [orders], deprecated: true, responses: {} }
  /orders:
    post:
      summary: A new order
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '201': { description: Created } }
components:
  schemas:
    Order:
      type: object
      properties: { id: { type: integer, example: 7 }, placed: { type: string, format: date }, parent: { $ref: '#/components/schemas/Order' } }
`;

describe('a definition', () => {
  it('of OpenAPI is its operations, and axe objects to nothing', async () => {
    startMockBackend();
    renderDefinition(api('openapi', OPENAPI));
    const orders = await screen.findByRole('region', { name: 'orders' });
    expect(within(orders).getAllByRole('listitem')).toHaveLength(2);
    fireEvent.click(within(orders).getByRole('button', { name: /GET.*One order/ }));
    expect(currentPath()).toBe('/?operation=get+/orders/{id}');
    expect((await screen.findByRole('region', { name: 'Example of 200' })).textContent).toContain('"placed": "2026-01-31"');
    expect(within(screen.getByRole('table', { name: 'Parameters' })).getByText('items | customer')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'post new' } });
    await waitFor(() => expect(screen.queryByText('One order')).toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Source' }));
    expect((await screen.findByRole('region', { name: 'Definition' })).textContent).toContain('openapi: 3.1.0');
  });

  it('is tried through the route of the proxy that its server is given', async () => {
    const backend = startMockBackend();
    backend.override(/\/api\/proxy\//, () => Response.json({ id: 7 }, { status: 200, statusText: 'OK' }));
    renderDefinition(api('openapi', OPENAPI), { servers: { 'https://eu.orders.example': '/orders-api' } });
    fireEvent.click(await screen.findByRole('button', { name: /GET.*One order/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText('id is required.')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: /^id/ }), { target: { value: '7/8' } });
    fireEvent.change(screen.getByRole('combobox', { name: /^expand/ }), { target: { value: 'items' } });
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect((await screen.findByRole('region', { name: 'Answer' })).textContent).toContain('"id": 7');
    expect(backend.requests).toContain('GET /api/proxy/orders-api/orders/7/8?expand=items');
  });

  it('offers the values that a parameter takes, and says what each parameter is', async () => {
    const backend = startMockBackend();
    backend.override(/\/api\/proxy\//, () => Response.json({}));
    const parameters = [
      { name: 'size', in: 'query', required: true, schema: { enum: ['small', 'large'] } },
      { name: 'notify', in: 'query', schema: { type: 'boolean' } },
      { name: 'note', in: 'query', description: 'For the parcel.', schema: { type: 'string' } },
    ];
    const definition = { openapi: '3.1.0', servers: [{ url: 'https://eu.orders.example' }], paths: { '/orders': { get: { summary: 'All', parameters } } } };
    renderDefinition(api('openapi', JSON.stringify(definition)), { servers: { 'https://eu.orders.example': '/orders-api' } });
    fireEvent.click(await screen.findByRole('button', { name: /GET.*All/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
    expect(screen.getByText('For the parcel.')).toBeTruthy();
    expect(within(screen.getByRole('combobox', { name: 'size (query)' })).queryByRole('option', { name: 'Not sent' })).toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: 'notify (query)' }), { target: { value: 'true' } });
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await screen.findByRole('region', { name: 'Answer' });
    expect(backend.requests).toContain('GET /api/proxy/orders-api/orders?size=small&notify=true');
  });

  it('is not tried where the portal has no way to its server', async () => {
    startMockBackend();
    renderDefinition(api('openapi', OPENAPI));
    fireEvent.click(await screen.findByRole('button', { name: /GET.*One order/ }));
    fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
    expect(screen.getByText(/no way to https:\/\/eu.orders.example/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
  });

  it('of AsyncAPI is its channels', async () => {
    startMockBackend();
    const source = 'asyncapi: 2.6.0\nchannels:\n  orders.placed:\n    subscribe:\n      message: { name: OrderPlaced, payload: { type: object, properties: { id: { type: string, format: uuid } } } }\n';
    renderDefinition(api('asyncapi', source));
    const channel = await screen.findByRole('region', { name: 'orders.placed' });
    expect(within(channel).getByRole('region', { name: 'Example of OrderPlaced' }).textContent).toContain('"id": "3fa85f64');
  });

  it.each([
    ['graphql', 'type Query {\n  order(id: ID!): Order\n}\n', 'type Query'],
    ['grpc', 'service Orders {\n  rpc Get(Id) returns (Order);\n}\n', 'rpc Get'],
  ])('of %s has an outline beside its source', async (type, source, entry) => {
    startMockBackend();
    renderDefinition(api(type, source));
    fireEvent.click(await screen.findByRole('button', { name: 'Source' }));
    const outline = await screen.findByRole('navigation', { name: 'Outline' });
    expect(within(outline).getByRole('button', { name: entry })).toBeTruthy();
  });

  it('that is broken says so and shows its source; one that is missing says where it belongs', async () => {
    startMockBackend();
    const { unmount } = renderDefinition(api('openapi', 'a: b'));
    expect((await screen.findByRole('alert')).textContent).toContain('no OpenAPI document');
    expect(screen.getByRole('region', { name: 'Definition' }).textContent).toContain('a: b');
    unmount();
    renderInTestApp(
      <EntityProvider entity={api('openapi', undefined)}>
        <EntityApiDefinitionCard />
      </EntityProvider>,
    );
    expect(await screen.findByText('This API has no definition')).toBeTruthy();
  });
});

describe('registering an API', () => {
  const importPage = createRouteRef({ id: 'import' });
  const renderExplorer = (bound = true) =>
    renderInstalledPages({
      installed: [{ installation }],
      config: { permission: { enabled: true } },
      apis: [catalogApi],
      path: '/api-docs',
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef, '/import': importPage },
      bindRoutes: ({ bind }) => bound && bind(apiDocsPlugin.externalRoutes, { registerApi: importPage }),
    });
  const register = () => screen.queryByRole('link', { name: 'Register existing API' });

  it('is one click away', async () => {
    startMockBackend();
    renderExplorer();
    await waitFor(() => expect(register()?.getAttribute('href')).toBe('/import'));
  });

  it('is offered to nobody who may not, and nowhere without a page for it', async () => {
    const backend = startMockBackend();
    backend.denied.add('catalog.entity.create');
    const { unmount } = renderExplorer();
    await screen.findAllByRole('link', { name: 'ledger-api' });
    await waitFor(() => expect(backend.requests).toContain('POST /api/permission/authorize'));
    expect(register()).toBeNull();
    unmount();

    startMockBackend();
    renderExplorer(false);
    await screen.findAllByRole('link', { name: 'ledger-api' });
    expect(register()).toBeNull();
  });
});

it('the page lists APIs and finds them by name', async () => {
  startMockBackend();
  renderInstalledPages({
    installed: [{ installation }],
    apis: [catalogApi],
    path: '/api-docs',
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  const table = await screen.findByRole('table', { name: 'APIs' });
  await waitFor(() => expect(within(table).getAllByRole('link', { name: /-api$/ })).toHaveLength(3));
  expect((await within(table).findAllByRole('link', { name: 'Payments' })).length).toBeGreaterThan(0);
  expect(within(table).getAllByText('OpenAPI').length).toBeGreaterThan(0);
  expect(await accessibilityViolations()).toEqual([]);
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'ledger' } });
  await waitFor(() => expect(within(screen.getByRole('table')).getAllByRole('link', { name: /-api$/ })).toHaveLength(1));
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing' } });
  expect(await screen.findByText('Nothing matches these filters')).toBeTruthy();
});

it('the page filters APIs, keeps that in the URL, and shows a definition over the table', async () => {
  startMockBackend(sampleEntities().map(entity => (entity.metadata.name === 'ledger-api' ? { ...entity, spec: { ...entity.spec, definition: OPENAPI } } : entity)));
  renderInstalledPages({
    installed: [{ installation }],
    apis: [catalogApi],
    path: '/api-docs?q=ledger',
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  // The kind is not chosen here, so it is no filter either.
  expect(screen.queryByRole('button', { name: /Components/ })).toBeNull();
  fireEvent.click(await screen.findByRole('checkbox', { name: /OpenAPI/ }));
  await waitFor(() => expect(currentPath()).toBe('/api-docs?type=openapi&q=ledger'));
  fireEvent.click(await screen.findByRole('button', { name: 'View the definition of ledger-api' }));
  const dialog = await screen.findByRole('dialog', { name: 'ledger-api' });
  fireEvent.click(await within(dialog).findByRole('button', { name: /GET.*One order/ }));
  await waitFor(() => expect(new URLSearchParams(currentPath().split('?')[1]).get('operation')).toBe('get /orders/{id}'));
  expect(new URLSearchParams(currentPath().split('?')[1]).get('type')).toBe('openapi');
  expect(await accessibilityViolations(dialog)).toEqual([]);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(currentPath()).toBe('/api-docs?type=openapi&q=ledger'));
});

it('a component says which APIs it provides', async () => {
  startMockBackend();
  const ledger = sampleEntities().find(({ metadata }) => metadata.name === 'ledger-service') as Entity;
  renderInTestApp(
    <EntityProvider entity={ledger}>
      <EntityProvidedApisCard />
    </EntityProvider>,
    { apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  const card = await screen.findByRole('region', { name: 'Provides' });
  expect((await within(card).findByRole('link', { name: 'ledger-api' })).closest('tr')?.textContent).toContain('OpenAPI');
});

it('examples end where schemas go in circles', () => {
  const schema = { properties: { next: { $ref: '#' } } };
  expect(JSON.stringify(exampleOf(schema, schema)).length).toBeLessThan(200);
  const circle = { $ref: '#' };
  expect(exampleOf(circle, circle)).toEqual({});
});

it('reads Swagger 2 as well', () => {
  const { servers, operations } = readOpenApi({
    swagger: '2.0',
    host: 'api.example',
    basePath: '/v1',
    paths: { '/a': { post: { parameters: [{ in: 'body', name: 'x', schema: { type: 'object', properties: { n: { type: 'number' } } } }] } } },
  });
  expect(servers).toEqual(['https://api.example/v1']);
  expect(operations[0]?.bodyExample).toBe('{\n  "n": 0\n}');
});
