/**
 * Runs in the page, before an input. `answered` is the time from the input to the frame in which the table shows other rows
 * than before and waits for nothing, in milliseconds.
 */
export function watchTable() {
  const shown = () => [...document.querySelectorAll('tbody tr')].map(row => row.textContent).join('\n');
  const isBusy = () => document.querySelector('[aria-busy="true"] tbody') !== null;
  const before = shown();
  let begun;
  const begin = event => {
    begun ??= event.timeStamp;
  };
  const inputs = ['pointerdown', 'keydown', 'popstate'];
  inputs.forEach(name => addEventListener(name, begin, { capture: true }));
  const answered = new Promise(resolve => {
    setTimeout(resolve, 10_000);
    const observer = new MutationObserver(() => {
      if (begun === undefined || isBusy() || shown() === before) {
        return;
      }
      observer.disconnect();
      inputs.forEach(name => removeEventListener(name, begin, { capture: true }));
      // The frame is on the screen when what was asked for after it was drawn runs.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['aria-busy'] });
  });
  return { answered };
}
