import type { ConfigSchema } from '@callboard/core-plugin-api';

/** What a person is asked for who sets up a card. Texts that are among those of the card's plugin are translated. */
export interface CardForm {
  fields: readonly CardField[];
  /** Checks what was entered. What it gives is what the card reads with `useHomeCardSettings`. */
  schema: ConfigSchema;
}

/** A field of the form, by the name of the setting. */
export type CardField = NumberField | RowsField;

interface NamedField {
  name: string;
  label: string;
  help?: string;
}

/** A whole number. */
export interface NumberField extends NamedField {
  type: 'number';
  min: number;
  max: number;
}

/** A list of objects, each a row of fields. */
export interface RowsField extends NamedField {
  type: 'rows';
  /** On the button that adds a row. */
  add: string;
  columns: readonly RowColumn[];
}

/** A member of each object; left empty it is left out. */
export interface RowColumn {
  name: string;
  label: string;
  placeholder?: string;
  /** What is mostly entered. */
  suggestions?(): readonly string[];
  /** The only values there are, besides none. */
  choices?: readonly string[];
}
