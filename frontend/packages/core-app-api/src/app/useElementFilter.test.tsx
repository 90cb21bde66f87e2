import { attachComponentData, FeatureFlagged, useElementFilter, type ElementCollection } from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';

function Tab(_props: { title: string }) {
  return undefined;
}
attachComponentData(Tab, 'test.tab', { kind: 'tab' });

function Tabs({ children, filter }: { children?: ReactNode; filter(elements: ElementCollection): string[] }) {
  return <p>{useElementFilter(children, filter).join(', ')}</p>;
}

const titles = (elements: ElementCollection) =>
  elements
    .selectByComponentData({ key: 'test.tab' })
    .getElements<{ title: string }>()
    .map(({ props }) => props.title);

describe('elements that a component is given', () => {
  it('are found through fragments, other elements and feature flags', async () => {
    renderInTestApp(
      <Tabs filter={titles}>
        <>
          <Tab title="one" />
        </>
        <div>
          <Tab title="two" />
        </div>
        <FeatureFlagged with="off">
          <Tab title="hidden" />
        </FeatureFlagged>
        <FeatureFlagged without="off">
          <Tab title="three" />
        </FeatureFlagged>
      </Tabs>,
      { featureFlags: [{ name: 'off' }] },
    );
    expect(await screen.findByText('one, two, three')).toBeTruthy();
  });

  it('give the data of their components', async () => {
    const kinds = (elements: ElementCollection) => elements.findComponentData<{ kind: string }>({ key: 'test.tab' }).map(({ kind }) => kind);
    renderInTestApp(
      <Tabs filter={kinds}>
        <Tab title="one" />
        <span />
      </Tabs>,
    );
    expect(await screen.findByText('tab')).toBeTruthy();
  });

  it('are refused where they must all be of a kind', async () => {
    const strict = (elements: ElementCollection) => {
      try {
        elements.selectByComponentData({ key: 'test.tab', withStrictError: 'only tabs' });
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    };
    renderInTestApp(
      <Tabs filter={strict}>
        <Tab title="one" />
        <span />
      </Tabs>,
    );
    expect(await screen.findByText('only tabs')).toBeTruthy();
  });
});
