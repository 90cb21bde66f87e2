import { Skeleton, useIsOffered } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { Plus } from 'lucide-react';
import { Link } from 'react-router-dom';

/** The way to where entities are registered, for those who may. Its place is kept until that is known, so that nothing moves then. */
export function RegisterButton({ to, label }: { to: string; label: string }) {
  const isOffered = useIsOffered('catalog.entity.create');
  if (isOffered === undefined) {
    return <Skeleton width={140} height={32} />;
  }
  return (
    isOffered && (
      <Button component={Link} to={to} variant="contained" color="primary" startIcon={<Plus size={16} />}>
        {label}
      </Button>
    )
  );
}
