import { useRouteRef } from '@callboard/core-plugin-api';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { searchRouteRef } from '../../routes';
import { useMessages } from '../../translation';
import styles from './SearchBar.module.css';

/** A field that leads to what is found. Shows nothing where nothing can be searched. */
export function SearchBar() {
  const text = useMessages().search;
  const searchPath = useRouteRef(searchRouteRef)?.();
  const navigate = useNavigate();
  const [term, setTerm] = useState('');
  if (!searchPath) {
    return undefined;
  }
  return (
    <form
      role="search"
      className={styles.bar}
      onSubmit={event => {
        event.preventDefault();
        const query = new URLSearchParams(term.trim() ? { q: term.trim() } : {}).toString();
        void navigate(query ? `${searchPath}?${query}` : searchPath);
      }}
    >
      <Search size={18} aria-hidden />
      <input
        type="search"
        enterKeyHint="search"
        aria-label={text.label}
        placeholder={text.placeholder}
        value={term}
        maxLength={200}
        onChange={event => setTerm(event.target.value)}
      />
    </form>
  );
}
