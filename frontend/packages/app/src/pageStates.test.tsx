import { createApp, FlatRoutes, installedRoutes } from '@callboard/core-app-api';
import { sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { describe, expect, it } from 'vitest';
import { packages } from 'virtual:callboard/packages';
import { beside, readingPages, type ReadingPage } from './pageStates.fixture';

const BUSY = '[aria-busy="true"], [role="progressbar"]:not([data-testid])';
const DENIED = 'You are not allowed to see this';

/** The app at a page, where what the page reads is answered by `answer`. */
function open({ path, reads, config, annotations, relations = [] }: ReadingPage, answer: { respond: () => Response | Promise<Response> }): void {
  const entities = sampleEntities().map(entity => ({
    ...entity,
    metadata: { ...entity.metadata, annotations: { ...entity.metadata.annotations, ...annotations } },
    relations: [...(entity.relations ?? []), ...relations],
  }));
  const backend = startMockBackend(entities);
  beside.forEach(other => backend.override(other.reads, () => Response.json(other.body)));
  backend.override(reads, () => answer.respond());
  const app = createApp({ packages, config });
  render(
    <MemoryRouter initialEntries={[path]} useTransitions={false}>
      {app.createProvider(installation => (
        <FlatRoutes>{installedRoutes(installation)}</FlatRoutes>
      ))}
    </MemoryRouter>,
  );
}

/** The part of the page that the test is about. */
async function part({ region, role, press = [] }: ReadingPage): Promise<HTMLElement> {
  for (const pressed of press) {
    fireEvent.click(await screen.findByRole(pressed.role, { name: pressed.name }));
  }
  return region ? screen.findByRole(role ?? 'region', { name: region }) : document.body;
}

const never = () => new Promise<Response>(() => undefined);
const nothing = ({ nothing: { status = 200, body } }: ReadingPage) => Response.json(body, { status });
const refusal = (status: number, message: string) => Response.json({ error: { name: 'Error', message }, response: { statusCode: status } }, { status });

describe.each(readingPages)('$name', page => {
  it('holds its place while it is on its way', async () => {
    open(page, { respond: never });
    const shown = await part(page);
    await waitFor(() => expect(shown.matches(BUSY) || shown.querySelector(BUSY)).toBeTruthy());
    expect(within(shown).queryByText(page.says)).toBeNull();
    expect(within(shown).queryByRole('alert')).toBeNull();
  });

  it('says what belongs there where nothing is', async () => {
    open(page, { respond: () => nothing(page) });
    const shown = await part(page);
    expect(await within(shown).findByText(page.says)).toBeTruthy();
    expect(within(shown).queryByRole('alert')).toBeNull();
  });

  it('says what went wrong, and comes back when one tries again', async () => {
    const answer = { respond: () => refusal(500, 'the disk is full') };
    open(page, answer);
    const shown = await part(page);
    expect((await within(shown).findByRole('alert')).textContent).toContain('the disk is full');
    answer.respond = () => nothing(page);
    fireEvent.click(within(shown).getByRole('button', { name: 'Try again' }));
    expect(await within(await part({ ...page, press: [] })).findByText(page.says)).toBeTruthy();
  });

  it('tells who may not see it, and does not offer to try again', async () => {
    open(page, { respond: () => refusal(403, 'no') });
    const shown = await part(page);
    const alert = await within(shown).findByText(DENIED);
    expect(alert.closest('[role="alert"]')?.textContent).toMatch(/grant|permission|proxy\.administrators/);
    expect(within(shown).queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});
