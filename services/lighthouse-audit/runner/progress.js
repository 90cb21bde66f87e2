// How far Lighthouse is, guessed from what it says it does.

import log from 'lighthouse-logger';

import { send } from './events.js';

const BEFORE_GATHERING = 8;
const BEFORE_SCORING = 78;
const BEFORE_STORING = 97;
/** How many messages a phase sends, as a rule. */
const GATHERING_STEPS = 45;
const SCORING_STEPS = 150;

/** Sends a progress event whenever the estimate has grown by a per cent. */
export function followProgress() {
  let stage = 'GATHERING';
  let steps = 0;
  let sent = 0;
  log.events.on('status', ([, message]) => {
    if (stage === 'GATHERING' && message.startsWith('Auditing')) {
      stage = 'SCORING';
      steps = 0;
    }
    steps += 1;
    const percent =
      stage === 'GATHERING'
        ? share(BEFORE_GATHERING, BEFORE_SCORING, steps / GATHERING_STEPS)
        : share(BEFORE_SCORING, BEFORE_STORING, steps / SCORING_STEPS);
    if (percent > sent) {
      sent = percent;
      send({ type: 'progress', stage, percent });
    }
  });
}

function share(from, to, done) {
  return Math.floor(from + (to - from) * Math.min(done, 1));
}
