import { systemIcons } from '@callboard/core-components';
import type { CardForm } from '@callboard/plugin-home-react';
import type { Messages } from '../translation';
import { listSchema, MAX_ROWS, toolkitSchema, worldClocksSchema } from './cardSchemas';

/** What people are asked for who set up a card: how long a list is, which tools and which clocks there are. */
export function cardForms({ form, toolkit, clocks }: Messages): Record<'list' | 'toolkit' | 'clocks', CardForm> {
  return {
    list: {
      schema: listSchema,
      fields: [{ type: 'number', name: 'rows', label: form.rows, help: form.rowsHelp, min: 1, max: MAX_ROWS }],
    },
    toolkit: {
      schema: toolkitSchema,
      fields: [
        {
          type: 'rows',
          name: 'tools',
          label: toolkit.tools,
          help: toolkit.toolsHelp,
          add: toolkit.add,
          columns: [
            { name: 'title', label: toolkit.name },
            { name: 'url', label: toolkit.address, placeholder: 'https://' },
            { name: 'icon', label: toolkit.icon, choices: Object.keys(systemIcons).filter(icon => !icon.includes(':')) },
          ],
        },
      ],
    },
    clocks: {
      schema: worldClocksSchema,
      fields: [
        {
          type: 'rows',
          name: 'clocks',
          label: clocks.clocks,
          help: clocks.clocksHelp,
          add: clocks.add,
          columns: [
            { name: 'name', label: clocks.name },
            { name: 'timeZone', label: clocks.timeZone, placeholder: 'Europe/Berlin', suggestions: () => Intl.supportedValuesOf('timeZone') },
          ],
        },
      ],
    },
  };
}
