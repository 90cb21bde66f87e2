import { Link } from '@callboard/core-components';
import {
  analyticsApiRef,
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  defineInstallation,
  definePage,
  useSearchEvent,
  type AnalyticsEvent,
} from '@callboard/core-plugin-api';
import { mockApis, renderInstalledPages } from '@callboard/test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { MultipleAnalyticsApi } from '..';

const events: AnalyticsEvent[] = [];
const collector = defineInstallation({
  plugin: createPlugin({ id: 'collector', apis: [createApiFactory(analyticsApiRef, { captureEvent: event => void events.push(event) })] }),
  extensions: [],
});

const listRef = createRouteRef({ id: 'shop' });
const itemRef = createRouteRef({ id: 'shop.item', params: ['name'] });
const shop = createPlugin({ id: 'shop', routes: { list: listRef, item: itemRef } });
const ListPage = shop.provide(
  createRoutableExtension({
    name: 'ListPage',
    mountPoint: listRef,
    component: async () =>
      function List() {
        useSearchEvent('cup', 3);
        return (
          <Link to="/shop/cup?size=big" rank={2}>
            A cup
          </Link>
        );
      },
  }),
);
const ItemPage = shop.provide(createRoutableExtension({ name: 'ItemPage', mountPoint: itemRef, component: async () => () => <p>One cup</p> }));
const installation = defineInstallation({
  plugin: shop,
  extensions: [definePage({ path: '/shop', element: <ListPage /> }), definePage({ name: 'item', path: '/shop/:name', element: <ItemPage /> })],
});

beforeEach(() => void events.splice(0));

it('a plugin that brings analytics is told what people do, and on whose page', async () => {
  renderInstalledPages({ installed: [{ installation: collector }, { installation }], path: '/shop' });
  fireEvent.click(await screen.findByRole('link', { name: 'A cup' }));
  await screen.findByText('One cup');
  await waitFor(() => expect(events).toHaveLength(4));
  const onList = { pluginId: 'shop', extension: 'ListPage', routeRef: 'shop' };
  expect(events).toEqual([
    { action: 'navigate', subject: '/shop', attributes: {}, context: onList },
    { action: 'click', subject: 'A cup', value: 2, attributes: { to: '/shop/cup?size=big' }, context: onList },
    { action: 'search', subject: 'cup', value: 3, context: onList },
    {
      action: 'navigate',
      subject: '/shop/cup?size=big',
      attributes: { name: 'cup' },
      context: { pluginId: 'shop', extension: 'ItemPage', routeRef: 'shop.item' },
    },
  ]);
});

it('what is no page of a plugin is told as the app’s', async () => {
  renderInstalledPages({ installed: [{ installation: collector }], path: '/nowhere' });
  await waitFor(() => expect(events).toEqual([{ action: 'navigate', subject: '/nowhere', attributes: {}, context: { pluginId: 'app', extension: 'App', routeRef: 'unknown' } }]));
});

it('several are told of the same, whatever becomes of one of them', () => {
  const [first, second] = [mockApis.analytics(), mockApis.analytics()];
  const broken = { captureEvent: () => { throw new Error('full'); } };
  const event = { action: 'click', subject: 'A cup', context: { pluginId: 'shop', extension: 'App', routeRef: 'shop' } };
  MultipleAnalyticsApi.fromApis([first, broken, second]).captureEvent(event);
  expect([first.getEvents(), second.getEvents()]).toEqual([[event], [event]]);
});
