import { answer, heading } from './begin';

/** A tab that nobody looks at paints nothing, and must start all the same. */
const LONGEST_WAIT_MS = 100;

const title = document.querySelector<HTMLElement>('.first-title');
if (title && heading) {
  title.textContent = heading.text;
  title.toggleAttribute('data-nested', Boolean(heading.isNested));
}
void answer?.then(told => {
  if (title && told) {
    title.textContent = told.title ?? title.textContent;
  }
  if (title && told?.text) {
    const lead = document.createElement('div');
    lead.className = 'first-lead';
    lead.textContent = told.text;
    title.after(lead);
  }
});

// First the frame that stands in the page is on the screen, with its heading; then the app may keep the processor busy.
const framePainted = new Promise<void>(resolve => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, LONGEST_WAIT_MS);
});
void framePainted.then(() => import('./start')).then(({ start }) => start());
