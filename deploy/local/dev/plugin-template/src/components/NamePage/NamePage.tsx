import { Content, EmptyState, PageHeader } from '@callboard/core-components';

/** The plugin's page. */
export function {{pascal}}Page() {
  return (
    <>
      <PageHeader title="{{title}}" />
      <Content>
        <EmptyState title="Nothing here yet" description="Say what belongs here, and the one next step." />
      </Content>
    </>
  );
}
