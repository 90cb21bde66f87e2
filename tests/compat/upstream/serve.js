// Runs the reference backend on a port with a database of its own until it is told to stop, for measurements beside Callboard.
//
// usage: node serve.js PORT [FILE...]     PORT 0 is a free one; each FILE is a root location; prints its address and process id once it answers
'use strict';

const path = require('node:path');
const { startUpstream } = require('./runner');

const [port, ...files] = process.argv.slice(2);

startUpstream({ port: Number(port) || undefined, locations: files.map(file => path.resolve(file)) }).then(
  upstream => {
    console.log(`${upstream.url} ${upstream.pid}`);
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => upstream.stop().then(() => process.exit(0)));
    }
  },
  error => {
    console.error(error);
    process.exit(1);
  },
);
