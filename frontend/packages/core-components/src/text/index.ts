export * from './Avatar';
export * from './CodeSnippet';
export * from './CopyTextButton';
export * from './Lifecycle';
export * from './LinkButton';
export * from './LogViewer';
export * from './MarkdownContent';
export * from './OverflowTooltip';
