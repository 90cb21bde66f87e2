/** What plugins need to put cards on the home page. */
export type { CardField, CardForm, NumberField, RowColumn, RowsField } from './cardForm';
export { HomeCardSettingsContext, useHomeCardSettings } from './cardSettings';
export { defineHomeCard, homeCardKind, type HomeCardParams } from './homeCard';
