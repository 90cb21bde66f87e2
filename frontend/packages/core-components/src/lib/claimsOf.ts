/** What a portal's token says of its owner and of how long it holds (RFC 7519, sections 4.1 and 7.2). */
export interface Claims {
  sub?: string;
  /** References of the entities that the person owns things through. */
  ent?: string[];
  /** Seconds since 1970. */
  exp?: number;
}

/** What a token says, taken as it is: only the portal can tell whether it is true. Nothing where it cannot be read. */
export function claimsOf(token: string): Claims {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), byte => byte.charCodeAt(0));
    return (JSON.parse(new TextDecoder().decode(bytes)) as Claims | null) ?? {};
  } catch {
    return {};
  }
}
