import type { Entity } from '@callboard/catalog-model';
import { EntityProvider } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, renderInTestApp, startMockBackend } from '@callboard/test-utils';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { readGraphQl } from './lib/readGraphQl';
import { readProtobuf } from './lib/readProtobuf';
import type { SchemaDocument, SchemaMember } from './lib/schema';
import { EntityApiDefinitionCard } from './plugin';

const GRAPHQL = `
"What can be *asked*."
type Query {
  "One order."
  order("Its number." id: ID!, first: Int = 10): Order
  orders: [Order!]! @deprecated(reason: "Ask for pages.")
}
extend type Query { cart: Cart }
type Mutation { place(order: NewOrder!): Order! }
interface Node { id: ID! }
type Order implements Node { id: ID! status: Status! @deprecated lines: [Line] when: Date }
input NewOrder { items: [ID!]! note: String = "none" }
enum Status { PLACED "On its way." SENT }
union Line = Product | Discount
type Product { name: String }
type Discount { percent: Int }
scalar Date
directive @key(fields: String!) on OBJECT
`;

const PROTOBUF = `syntax = "proto3";
package acme.stock.v1;
import "google/protobuf/timestamp.proto";
// Keeps stock.
service Stock {
  // Reads one.
  rpc Get(GetRequest) returns (Item);
  rpc Watch(stream GetRequest) returns (stream Item) { option deprecated = true; }
  rpc When(GetRequest) returns (google.protobuf.Timestamp);
}
message GetRequest { string id = 1; }
message Item {
  enum Kind { KIND_UNSPECIFIED = 0; BIG = 7; }
  Kind kind = 1 [deprecated = true];
  repeated Nested nested_things = 2;
  map<string, Item> all = 3;
  oneof what { string a = 4; }
  optional bool opt = 6;
  message Nested { int64 n = 1; }
}
`;

function render(type: string, definition: string, hash = '') {
  startMockBackend();
  const entity: Entity = { apiVersion: 'v1', kind: 'API', metadata: { name: 'orders', namespace: 'default' }, spec: { type, definition } };
  return renderInTestApp(
    <EntityProvider entity={entity}>
      <EntityApiDefinitionCard />
    </EntityProvider>,
    { path: `/${hash}` },
  );
}

const written = ({ name, args, type }: SchemaMember): string =>
  `${name}${args.length > 0 ? `(${args.map(written).join(', ')})` : ''} ${type.map(({ text, to }) => (to ? `<${to}>` : text)).join('')}`;
const outline = ({ groups }: SchemaDocument) => groups.map(({ name, entries }) => `${name}: ${entries.map(({ id }) => id).join(' ')}`);
const entryOf = ({ groups }: SchemaDocument, id: string) => groups.flatMap(({ entries }) => entries).find(entry => entry.id === id);

describe('a GraphQL schema', () => {
  it('is its types by their groups, with what extends them, and each type leads to what it is', () => {
    const schema = readGraphQl(GRAPHQL);
    expect(outline(schema)).toEqual([
      'queries: Query',
      'mutations: Mutation',
      'objects: Order Product Discount',
      'inputs: NewOrder',
      'enums: Status',
      'interfaces: Node',
      'unions: Line',
      'scalars: Date',
      'directives: @key',
    ]);
    expect(entryOf(schema, 'Query')?.members.map(written)).toEqual(['order(id ID!, first Int) <Order>', 'orders [<Order>!]!', 'cart Cart']);
    expect(entryOf(schema, 'Query')?.members.map(({ deprecated }) => deprecated)).toEqual([undefined, 'Ask for pages.', undefined]);
    expect(entryOf(schema, 'Order')?.types).toEqual([[{ text: 'Node', to: 'Node' }]]);
    expect(entryOf(schema, 'Status')?.members.map(({ name, description }) => [name, description])).toEqual([['PLACED', ''], ['SENT', 'On its way.']]);
    expect(entryOf(schema, 'NewOrder')?.members.map(({ initial }) => initial)).toEqual([undefined, '"none"']);
  });

  it('asks what its schema says it asks', () => {
    expect(outline(readGraphQl('schema { query: Root } type Root { a: Int } type Query { b: Int }'))).toEqual(['queries: Root', 'objects: Query']);
  });

  it('may be the answer to an introspection', () => {
    const answer = JSON.stringify({ data: introspectionFromSchema(buildSchema('type Query { order(id: ID!): Order } type Order { id: ID! }')) });
    expect(entryOf(readGraphQl(answer), 'Query')?.members.map(written)).toEqual(['order(id ID!) <Order>']);
  });

  it.each([
    ['type Query {\n  order(id: ID!: Order\n}\n', /Syntax Error.*\n\n.*1 \| type Query \{\n> 2 \| {3}order\(id: ID!: Order\n.*\^/],
    ['', /Unexpected <EOF>/],
    ['{"data": {"__schema": 7}}', /./],
    ['query { a }', /declares no types/],
  ])('that is broken says what is wrong and where: %s', (source, problem) => {
    expect(() => readGraphQl(source)).toThrow(problem);
  });
});

describe('a protobuf file', () => {
  it('is its services, messages and enums, with numbers and streams', () => {
    const file = readProtobuf(PROTOBUF);
    expect(file.facts).toEqual([
      { name: 'package', values: ['acme.stock.v1'] },
      { name: 'imports', values: ['google/protobuf/timestamp.proto'] },
    ]);
    expect(outline(file)).toEqual(['services: Stock', 'messages: GetRequest Item Item.Nested', 'enums: Item.Kind']);
    expect(entryOf(file, 'Stock')?.description).toBe('Keeps stock.');
    expect(entryOf(file, 'Stock')?.members.map(written)).toEqual([
      'Get (<GetRequest>) returns (<Item>)',
      'Watch (stream <GetRequest>) returns (stream <Item>)',
      'When (<GetRequest>) returns (google.protobuf.Timestamp)',
    ]);
    expect(entryOf(file, 'Stock')?.members.map(({ marks, deprecated }) => [marks, deprecated])).toEqual([[[], undefined], [['bothStream'], ''], [[], undefined]]);
    expect(entryOf(file, 'Item')?.members.map(member => `${written(member)} ${member.number} ${member.marks.join()}`)).toEqual([
      'kind <Item.Kind> 1 ',
      'nested_things repeated <Item.Nested> 2 ',
      'all map<string, <Item>> 3 ',
      'a string 4 oneof what',
      'opt optional bool 6 ',
    ]);
    expect(entryOf(file, 'Item.Kind')?.members.map(({ name, number }) => [name, number])).toEqual([['KIND_UNSPECIFIED', 0], ['BIG', 7]]);
  });

  it.each([
    ['syntax = "proto3";\nmessage A {\n  string x = ;\n}', /^Line 3: illegal id ';'\n\n[^]*> 3 \| {3}string x = ;/],
    ['syntax = "proto3";', /no services and no messages/],
    ['openapi: 3.0.0', /./],
  ])('that is broken says what is wrong and where: %s', (source, problem) => {
    expect(() => readProtobuf(source)).toThrow(problem);
  });
});

describe('the definition', () => {
  it('of GraphQL is explored by links, by its address and by searching, and axe objects to nothing', async () => {
    render('graphql', GRAPHQL);
    const query = await screen.findByRole('article', { name: 'Query' });
    expect(await accessibilityViolations()).toEqual([]);
    expect(within(query).getByText('Ask for pages.')).toBeTruthy();
    expect(within(query).getByRole('list', { name: 'Arguments of order' }).textContent).toContain('first: Int = 10');
    fireEvent.click(within(query).getAllByRole('link', { name: 'Order' })[0] as HTMLElement);
    const order = await screen.findByRole('article', { name: 'Order' });
    expect(screen.getByRole('link', { name: 'Order', current: true })).toBeTruthy();
    fireEvent.click(within(order).getByRole('link', { name: 'Status' }));
    await screen.findByRole('article', { name: 'Status' });
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'plac' } });
    const found = screen.getByRole('group', { name: 'Found' });
    expect(within(found).getAllByRole('link').map(link => link.textContent)).toEqual(['Mutation.place', 'Status.PLACED']);
    fireEvent.click(within(found).getByRole('link', { name: 'Mutation.place' }));
    const mutation = await screen.findByRole('article', { name: 'Mutation' });
    expect(mutation.querySelector('[data-named]')?.textContent).toContain('place');
    fireEvent.click(screen.getByRole('button', { name: 'Source' }));
    expect((await screen.findByRole('region', { name: 'Definition' })).textContent).toContain('type Query');
  });

  it('of a protobuf file is explored too, from where the address leads', async () => {
    render('grpc', PROTOBUF, '#Item/kind');
    const item = await screen.findByRole('article', { name: 'Item' });
    expect(item.querySelector('[data-named]')?.textContent).toContain('kind');
    expect(within(item).getByText('oneof what')).toBeTruthy();
    const services = within(screen.getByRole('group', { name: 'Services' }));
    expect(services.getByRole('heading').textContent, 'methods do not count').toBe('Services 1');
    expect(services.getAllByRole('link').map(link => link.textContent)).toEqual(expect.arrayContaining(['Stock', 'Watch']));
    fireEvent.click(services.getByRole('link', { name: 'Watch' }));
    expect(within(await screen.findByRole('article', { name: 'Stock' })).getByText('both stream')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('that the address leads astray in says so', async () => {
    render('graphql', GRAPHQL, '#Nobody');
    expect(await screen.findByText('There is no Nobody in this definition.')).toBeTruthy();
  });

  it('that is broken says where, above its source', async () => {
    render('grpc', 'syntax = "proto3";\nmessage A {\n  string x = ;\n}');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain("Line 3: illegal id ';'");
    expect(screen.getByRole('region', { name: 'Definition' }).textContent).toContain('string x = ;');
  });

  it('of thousands of types draws only what is looked at', async () => {
    const types = Array.from({ length: 3000 }, (_, index) => `type T${index} { ${Array.from({ length: 4 }, (_, field) => `f${field}: T${(index + field) % 3000}`).join(' ')} }`);
    const values = Array.from({ length: 1000 }, (_, index) => `V${index}`);
    render('graphql', `type Query { a: T0 } enum Many { ${values.join(' ')} } ${types.join(' ')}`, '#Many');
    const many = await screen.findByRole('article', { name: 'Many' });
    expect(within(many).getAllByRole('listitem')).toHaveLength(200);
    fireEvent.click(within(many).getByRole('button', { name: 'Show more of the other 800' }));
    expect(within(many).getAllByRole('listitem')).toHaveLength(400);
    expect(within(screen.getByRole('group', { name: 'Objects' })).getAllByRole('listitem')).toHaveLength(100);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'T2999' } });
    await waitFor(() => expect(screen.getByText('5 found')).toBeTruthy());
  });
});
