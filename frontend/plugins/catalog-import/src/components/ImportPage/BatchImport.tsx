import { Card, DataTable, type DataColumn } from '@callboard/core-components';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState, type FormEvent } from 'react';
import { registrable, useBatch, type BatchItem } from '../../hooks/useBatch';
import { isAddress } from '../../lib/analyze';
import { useMessages, type Messages } from '../../translation';
import { BatchDetails, BatchStatus } from './BatchItemViews';
import styles from './ImportPage.module.css';

const MAX_ADDRESSES = 50;

const columns = (text: Messages['batch']): DataColumn<BatchItem>[] => [
  { id: 'target', title: text.columns.target, render: item => <span title={item.target}>{item.target}</span> },
  { id: 'result', title: text.columns.result, width: '38%', render: item => <BatchStatus item={item} /> },
];

/** Registers what several URLs describe, each with a result of its own. */
export function BatchImport({ initial, onSingle }: { initial: string; onSingle(): void }) {
  const messages = useMessages();
  const text = messages.batch;
  const [addresses, setAddresses] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const { items, isBusy, start, register } = useBatch();
  const targets = [...new Set(addresses.split(/\s+/).filter(Boolean))];
  const files = items.flatMap(registrable);
  const entities = files.reduce((sum, file) => sum + file.entities.length, 0);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const strange = targets.find(target => !isAddress(target));
    const found = strange !== undefined ? text.invalid(strange) : targets.length > MAX_ADDRESSES ? text.tooMany(MAX_ADDRESSES) : undefined;
    setProblem(found);
    if (!found) {
      void start(targets);
    }
  };

  return (
    <>
      <form onSubmit={submit} noValidate className={styles.form}>
        <label htmlFor="import-urls" className={styles.label}>
          {text.label}
        </label>
        <TextField
          id="import-urls"
          size="small"
          fullWidth
          multiline
          minRows={4}
          maxRows={12}
          placeholder={messages.urlPlaceholder}
          value={addresses}
          error={problem !== undefined}
          helperText={problem}
          onChange={event => {
            setAddresses(event.target.value);
            setProblem(undefined);
          }}
        />
        <div className={styles.formFoot}>
          <Button type="submit" disabled={targets.length === 0} loading={isBusy && files.length === 0}>
            {messages.analyze}
          </Button>
          <button type="button" className={styles.switch} onClick={onSingle}>
            {text.single}
          </button>
        </div>
      </form>
      {items.length > 0 && (
        <div aria-live="polite" className={styles.main}>
          <Card title={text.title} count={items.length} flush>
            <DataTable
              label={text.title}
              columns={columns(text)}
              rows={items}
              rowKey={item => item.target}
              renderDetail={item => <BatchDetails item={item} />}
              flush
            />
          </Card>
          <p className={styles.note}>{messages.dryRun}</p>
          <div>
            <Button variant="contained" color="primary" disabled={isBusy || files.length === 0} onClick={() => void register()}>
              {text.register(files.length, entities)}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
