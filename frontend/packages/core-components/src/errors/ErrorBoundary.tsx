import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Link } from '../links/Link';
import { useMessages } from '../translation';
import { ErrorPanel } from './ErrorPanel';

export interface SlackChannel {
  name: string;
  href?: string;
}

export interface ErrorBoundaryProps {
  /** Where to get help with what failed. */
  slackChannel?: string | SlackChannel;
  /** Is told what failed, and in which components. */
  onError?(error: Error, errorInfo: string): void;
  children?: ReactNode;
}

/** Keeps what fails inside of it from taking down what is around it: an error stands in its place, which can be tried again. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo) {
    this.props.onError?.(error, componentStack ?? '');
  }

  private readonly reset = () => this.setState({ error: undefined });

  override render() {
    const { error } = this.state;
    const { slackChannel, children } = this.props;
    return error ? <FailedPart error={error} slackChannel={slackChannel} onRetry={this.reset} /> : children;
  }
}

function FailedPart({ error, slackChannel, onRetry }: { error: Error; slackChannel: ErrorBoundaryProps['slackChannel']; onRetry(): void }) {
  const text = useMessages().error;
  const { name, href } = typeof slackChannel === 'object' ? slackChannel : { name: slackChannel, href: undefined };
  return (
    <>
      <ErrorPanel error={error} onRetry={onRetry} />
      {name && (
        <p>
          {text.helpIn} {href ? <Link to={href}>{name}</Link> : name}
        </p>
      )}
    </>
  );
}
