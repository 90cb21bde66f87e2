import type { Entity } from '@callboard/catalog-model';
import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { EntityProvider, useEntity } from './EntityContext';
import { EntitySwitch, isComponentType, isKind } from './EntitySwitch';

const entity = (kind: string, type: string): Entity => ({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec: { type } });

it.each([
  ['Component', 'Website', 'a website'],
  ['Component', 'service', 'a component or an API'],
  ['API', 'openapi', 'a component or an API'],
  ['System', 'product', 'something else'],
])('shows for a %s of type %s the first case that fits', (kind, type, shown) => {
  const { container } = render(
    <EntityProvider entity={entity(kind, type)}>
      <EntitySwitch>
        <EntitySwitch.Case if={isComponentType('website')}>a website</EntitySwitch.Case>
        <>
          <EntitySwitch.Case if={isKind('component', 'api')}>a component or an API</EntitySwitch.Case>
        </>
        <EntitySwitch.Case>something else</EntitySwitch.Case>
      </EntitySwitch>
    </EntityProvider>,
  );
  expect(container.textContent).toBe(shown);
});

it('cannot be asked for an entity where there is none', () => {
  const Lost = () => <>{useEntity().entity.kind}</>;
  expect(() => render(<Lost />)).toThrow('There is no entity here');
});
