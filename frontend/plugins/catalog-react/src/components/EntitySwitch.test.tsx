import type { Entity } from '@callboard/catalog-model';
import { createApiFactory, errorApiRef } from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { catalogApiRef } from '../apis/catalogApi';
import { hasCatalogProcessingErrors, hasRelationWarnings, isComponentType, isKind } from '../predicates';
import { AsyncEntityProvider, EntityProvider, useEntity } from './EntityContext';
import { EntitySwitch } from './EntitySwitch';

const entity = (kind: string, type: string): Entity => ({ apiVersion: 'v1', kind, metadata: { name: 'x' }, spec: { type } });

const cases = (
  <>
    <EntitySwitch.Case if={isComponentType('website')}>a website</EntitySwitch.Case>
    <>
      <EntitySwitch.Case if={isKind('component', 'api')}>a component or an API</EntitySwitch.Case>
    </>
    <EntitySwitch.Case>anything</EntitySwitch.Case>
  </>
);

it.each([
  ['Component', 'Website', 'a website'],
  ['Component', 'service', 'a component or an API'],
  ['API', 'openapi', 'a component or an API'],
  ['System', 'product', 'anything'],
])('shows for a %s of type %s the first case that fits', async (kind, type, shown) => {
  renderInTestApp(
    <EntityProvider entity={entity(kind, type)}>
      <div data-testid="shown">
        <EntitySwitch>{cases}</EntitySwitch>
      </div>
    </EntityProvider>,
  );
  expect((await screen.findByTestId('shown')).textContent).toBe(shown);
});

it('shows all that fit where that is asked for, and without an entity what has no condition', async () => {
  renderInTestApp(
    <>
      <EntityProvider entity={entity('Component', 'website')}>
        <div data-testid="all">
          <EntitySwitch renderMultipleMatches="all">{cases}</EntitySwitch>
        </div>
      </EntityProvider>
      <AsyncEntityProvider loading>
        <div data-testid="none">
          <EntitySwitch>{cases}</EntitySwitch>
        </div>
      </AsyncEntityProvider>
    </>,
  );
  expect((await screen.findByTestId('all')).textContent).toBe('a websitea component or an APIanything');
  expect(screen.getByTestId('none').textContent).toBe('anything');
});

it('waits for conditions that ask, and takes one that fails for none', async () => {
  const post = vi.fn();
  let answer: (value: boolean) => void = () => undefined;
  const asking = () => new Promise<boolean>(resolve => (answer = resolve));
  renderInTestApp(
    <EntityProvider entity={entity('Component', 'website')}>
      <div data-testid="shown">
        <EntitySwitch renderMultipleMatches="all">
          <EntitySwitch.Case if={() => Promise.reject(new Error('away'))}>never</EntitySwitch.Case>
          <EntitySwitch.Case if={asking}>later</EntitySwitch.Case>
          <EntitySwitch.Case if={isKind('component')}>a component</EntitySwitch.Case>
        </EntitySwitch>
      </div>
    </EntityProvider>,
    { apis: [createApiFactory(errorApiRef, { post, error$: () => ({ subscribe: () => ({ unsubscribe: () => undefined, closed: false }) }) } as never)] },
  );
  expect((await screen.findByTestId('shown')).textContent).toBe('');
  await act(async () => answer(true));
  expect(screen.getByTestId('shown').textContent).toBe('latera component');
  expect(post).toHaveBeenCalledWith(new Error('away'), { hidden: true });
});

it('asks the catalog what is wrong', async () => {
  const broken = { ...entity('Location', 'url'), status: { items: [{ type: 'x', level: 'error' as const, message: 'gone' }] } };
  const catalog = {
    getEntityAncestors: async () => ({ rootEntityRef: '', items: [{ entity: broken, parentEntityRefs: [] }] }),
    getEntitiesByRefs: async () => ({ items: [undefined] }),
  };
  const apis = { get: (ref: { id: string }) => (ref.id === catalogApiRef.id ? catalog : undefined) } as never;
  const related = { ...entity('Component', 'x'), relations: [{ type: 'dependsOn', targetRef: 'component:default/gone' }] };
  await expect(hasCatalogProcessingErrors(related, { apis })).resolves.toBe(true);
  await expect(hasRelationWarnings(related, { apis })).resolves.toBe(true);
  await expect(hasRelationWarnings(entity('Component', 'x'), { apis })).resolves.toBe(false);
});

it('cannot be asked for an entity where there is none', () => {
  const Lost = () => <>{useEntity().entity.kind}</>;
  expect(() => render(<Lost />)).toThrow('There is no entity here');
});
