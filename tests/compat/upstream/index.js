// Starts the Backstage catalog and proxy backends by themselves: the reference that Callboard is compared with and measured against.
//
// usage: node --no-node-snapshot index.js --config app-config.yaml [--config MORE.yaml]
//
// The scaffolder's entity model is added because Callboard has the Template kind built in.
'use strict';

const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
backend.add(require('@backstage/plugin-catalog-backend'));
backend.add(require('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(require('@backstage/plugin-proxy-backend'));
backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
