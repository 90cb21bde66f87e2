import Button from '@mui/material/Button';
import { useMessages } from '../../translation';

/** The way back from a page that is no more. */
export function FirstPage({ onClick }: { onClick(): void }) {
  const messages = useMessages();
  return <Button onClick={onClick}>{messages.firstPage}</Button>;
}
