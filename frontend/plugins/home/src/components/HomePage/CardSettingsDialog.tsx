import { FieldRows, NativeSelect, TextInput, TitledDialog } from '@callboard/core-components';
import { useInstalledTexts } from '@callboard/core-plugin-api';
import type { CardField, RowColumn, RowsField } from '@callboard/plugin-home-react';
import type { JsonValue } from '@callboard/types';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';
import { checkSettings, ownSettings, type SettingsProblem } from '../../lib/cardSettings';
import type { HomeLayout } from '../../lib/homeLayout';
import { useMessages } from '../../translation';
import type { HomeCard } from './CardOf';
import styles from './HomePage.module.css';

type Settings = HomeLayout['settings'];
type Row = Record<string, string>;
/** What was entered, by the names of fields: the text of a number, or rows. */
type Entered = Record<string, string | Row[]>;

/** Asks what a card is to be set up with. Nothing is kept until it is right. */
export function CardSettingsDialog(props: { card: HomeCard; title: string; settings: Settings; onSave(settings: Settings): void; onClose(): void }) {
  const text = useMessages().form;
  const textOf = useInstalledTexts();
  const { card, title, settings, onSave, onClose } = props;
  const { form } = card.params;
  const { [card.id]: own, ...others } = settings;
  const [entered, setEntered] = useState(() => toEntered(form?.fields ?? [], ownSettings(card, settings) ?? card.config));
  const [problems, setProblems] = useState<Map<string, SettingsProblem>>(new Map());
  const formId = useId();
  if (!form) {
    return undefined;
  }
  const say = (words: string) => textOf(words, card.plugin.getId());
  const problemOf = (name: string) => {
    const found = problems.get(name);
    return found && (found.row ? text.inRow(found.row, say(found.message)) : say(found.message));
  };
  const save = () => {
    const checked = checkSettings(form, fromEntered(form.fields, entered));
    if ('problems' in checked) {
      setProblems(checked.problems);
    } else {
      onSave({ ...others, [card.id]: checked.value });
    }
  };
  return (
    <TitledDialog
      title={text.title(title)}
      onClose={onClose}
      actions={
        <>
          {own !== undefined && (
            <Button variant="text" onClick={() => onSave(others)}>
              {text.restore}
            </Button>
          )}
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button variant="contained" color="primary" type="submit" form={formId}>
            {text.save}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className={styles.form}
        onSubmit={event => {
          event.preventDefault();
          save();
        }}
      >
        {form.fields.map(field => {
          const { name, label, help } = field;
          const value = entered[name] ?? '';
          const change = (changed: string | Row[]) => setEntered({ ...entered, [name]: changed });
          return typeof value === 'string' ? (
            <TextInput key={name} type="number" label={say(label)} help={help && say(help)} problem={problemOf(name)} value={value} onChange={change} />
          ) : (
            <SettingRows key={name} field={field as RowsField} rows={value} problem={problemOf(name)} say={say} onChange={change} />
          );
        })}
      </form>
    </TitledDialog>
  );
}

function SettingRows(props: { field: RowsField; rows: Row[]; problem?: string; say(words: string): string; onChange(rows: Row[]): void }) {
  const text = useMessages().form;
  const { field, rows, problem, say, onChange } = props;
  return (
    <FieldRows<Row>
      title={say(field.label)}
      rows={rows}
      empty={{}}
      addLabel={say(field.add)}
      removeLabel={text.remove}
      help={field.help && say(field.help)}
      problem={problem}
      onChange={onChange}
      renderRow={(row, number, change) =>
        field.columns.map(column => (
          <Cell
            key={column.name}
            column={column}
            label={text.field(say(column.label), number)}
            hint={say(column.label)}
            value={row[column.name] ?? ''}
            onChange={value => change({ [column.name]: value })}
          />
        ))
      }
    />
  );
}

function Cell(props: { column: RowColumn; label: string; hint: string; value: string; onChange(value: string): void }) {
  const text = useMessages().form;
  const { column, label, hint, value, onChange } = props;
  const { choices, suggestions, placeholder = hint } = column;
  const listId = useId();
  if (choices) {
    const options = [{ value: '', label: `${hint}: ${text.none.toLowerCase()}` }, ...choices.map(choice => ({ value: choice, label: choice }))];
    return <NativeSelect label={label} value={value} options={options} onChange={onChange} />;
  }
  return (
    <>
      <TextField
        size="small"
        value={value}
        placeholder={placeholder}
        slotProps={{ htmlInput: { 'aria-label': label, list: suggestions && listId } }}
        onChange={event => onChange(event.target.value)}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions().map(one => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** Settings as fields show them. */
function toEntered(fields: readonly CardField[], settings: unknown): Entered {
  const values = (settings ?? {}) as Record<string, JsonValue>;
  return Object.fromEntries(
    fields.map(({ type, name }) => [name, type === 'rows' ? ((values[name] ?? []) as Row[]) : String(values[name] ?? '')]),
  );
}

/** What fields hold, as the schema of the card wants it: members that were left empty are left out. */
function fromEntered(fields: readonly CardField[], entered: Entered): Record<string, JsonValue> {
  const filled = (row: Row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value.trim() !== ''));
  return Object.fromEntries(
    fields.map(({ name }) => {
      const value = entered[name] ?? '';
      return [name, typeof value === 'string' ? (value.trim() === '' ? null : Number(value)) : value.map(filled)];
    }),
  );
}
