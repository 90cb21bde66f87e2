export * from './ContentHeader';
export * from './Header';
export * from './HeaderTabs';
export * from './ItemCardGrid';
export * from './Page';
export * from './SupportButton';
export * from './TabbedLayout';
export * from './TabStrip';
