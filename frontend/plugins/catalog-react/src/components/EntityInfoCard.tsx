import { InfoCard } from '@callboard/core-components';
import type { ReactNode } from 'react';

export interface EntityInfoCardProps {
  title?: ReactNode;
  /** In the head, to the right. */
  headerActions?: ReactNode;
  /** At the foot. */
  footerActions?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** A card of an entity's page. */
export function EntityInfoCard(props: EntityInfoCardProps) {
  const { title, headerActions, footerActions, className, children } = props;
  return (
    <InfoCard title={title} action={headerActions} actions={footerActions} className={className}>
      {children}
    </InfoCard>
  );
}
