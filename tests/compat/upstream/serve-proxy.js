// Runs the reference backend with one proxy endpoint, /bench, until it is told to stop, for measurements beside Callboard.
//
// usage: node serve-proxy.js PORT TARGET     PORT 0 is a free one; prints its address once it answers
'use strict';

const { startUpstream } = require('./runner');

const [port, target] = process.argv.slice(2);
const endpoint = { target, credentials: 'dangerously-allow-unauthenticated' };

startUpstream({ port: Number(port) || undefined, config: { proxy: { endpoints: { '/bench': endpoint } } } }).then(
  upstream => {
    console.log(upstream.url);
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => upstream.stop().then(() => process.exit(0)));
    }
  },
  error => {
    console.error(error);
    process.exit(1);
  },
);
