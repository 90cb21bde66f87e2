import { configApiRef, useApi } from '@callboard/core-plugin-api';
import { startMockBackend } from '@callboard/test-utils';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../createApp';

function Title() {
  return <h1>{useApi(configApiRef).getString('app.title')}</h1>;
}

const configs = [{ context: 'elsewhere', data: { app: { title: 'From elsewhere' } } }];

beforeEach(() => void startMockBackend());

describe('an app that loads its configuration', () => {
  it('shows its progress until that is there', async () => {
    let arrive: (loaded: typeof configs) => void = () => undefined;
    const configLoader = () => new Promise<typeof configs>(resolve => (arrive = resolve));
    const Root = createApp({ config: { app: { title: 'Default' } }, configLoader }).createRoot(<Title />);
    render(<Root />);
    expect(screen.getByRole('progressbar')).toBeTruthy();
    expect(screen.queryByRole('heading')).toBeNull();
    arrive(configs);
    expect(await screen.findByRole('heading', { name: 'From elsewhere' })).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('says what went wrong, and tries again', async () => {
    const configLoader = vi.fn().mockRejectedValueOnce(new Error('The configuration is away')).mockResolvedValue(configs);
    const BootErrorPage = vi.fn(({ step, error, retry }) => (
      <button type="button" onClick={retry}>
        {step}: {error.message}
      </button>
    ));
    const Provider = createApp({ configLoader, components: { BootErrorPage } }).getProvider();
    render(
      <Provider>
        <Title />
      </Provider>,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'load-config: The configuration is away' }));
    expect(await screen.findByRole('heading', { name: 'From elsewhere' })).toBeTruthy();
    expect(configLoader).toHaveBeenCalledTimes(2);
  });

  it('says it in the same way where the app cannot be made of it', async () => {
    const Root = createApp({ configLoader: async () => configs }).createRoot(() => {
      throw new Error('Not of this');
    });
    render(<Root />);
    expect(await screen.findByText('Not of this')).toBeTruthy();
  });
});
