export interface CsrfToken {
  readonly header: string;
  readonly parameter: string;
  readonly token: string;
}

/** Who is signed in, and what the server lets the page do. */
export interface SessionInfo {
  readonly user: string;
  readonly authorities: readonly string[];
  readonly application: string | null;
  readonly csrf: CsrfToken | null;
  readonly readOnly: boolean;
  readonly live: boolean;
  /** Where the host's logout form posts to; null where that is not known. */
  readonly logout: string | null;
}
