import { Component, type ReactNode } from 'react';
import type { AppContext } from '../app/useApp';
import type { CallboardPlugin } from '../plugin/createPlugin';

interface Props {
  app: AppContext;
  plugin: CallboardPlugin;
  onReset(): void;
  children?: ReactNode;
}

/** Keeps the failure of one extension from taking the page down. */
export class PluginErrorBoundary extends Component<Props, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  private readonly reset = () => {
    this.props.onReset();
    this.setState({ error: undefined });
  };

  override render() {
    const { error } = this.state;
    if (!error) {
      return this.props.children;
    }
    const { ErrorBoundaryFallback } = this.props.app.getComponents();
    return <ErrorBoundaryFallback error={error} resetError={this.reset} plugin={this.props.plugin} />;
  }
}
