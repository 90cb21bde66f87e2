import { EntitySource, useEntity } from '@callboard/plugin-catalog-react';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useSearchParams } from 'react-router-dom';
import { useMessages } from '../../translation';

/** The whole document as the catalog keeps it. */
export function Descriptor() {
  const text = useMessages().descriptor;
  const { entity } = useEntity();
  const [params, setParams] = useSearchParams();
  const format = params.get('format') === 'json' ? 'json' : 'yaml';
  return (
    <>
      <Tabs
        value={format}
        aria-label={text.format}
        onChange={(_, next: string) => setParams(next === 'json' ? { format: next } : {}, { replace: true })}
        sx={{ mb: 1 }}
      >
        <Tab value="yaml" label={text.yaml} id="descriptor-yaml" aria-controls="descriptor" disableRipple />
        <Tab value="json" label={text.json} id="descriptor-json" aria-controls="descriptor" disableRipple />
      </Tabs>
      <div role="tabpanel" id="descriptor" aria-labelledby={`descriptor-${format}`}>
        <EntitySource entity={entity} format={format} />
      </div>
    </>
  );
}
