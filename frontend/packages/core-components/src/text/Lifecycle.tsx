import { Tag } from '../components/Tag';

/** Marks what is not finished yet: α or β. */
export function Lifecycle({ alpha, shorthand }: { alpha?: boolean; shorthand?: boolean }) {
  const [sign, word] = alpha ? ['α', 'Alpha'] : ['β', 'Beta'];
  return <Tag tone="info">{shorthand ? sign : word}</Tag>;
}
