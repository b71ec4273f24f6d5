import { DOCUMENT, inject, Service } from '@angular/core';
import { writeName } from '../model';

/** Where the server is: everything hangs below the base of the page. */
@Service()
export class ServerAddress {
  private readonly base = inject(DOCUMENT).baseURI;

  /** The address of a path below the page's base, `api/session` for example. */
  url(path: string): string {
    return new URL(path, this.base).href;
  }

  /** The address of a WebSocket below the page's base. */
  socketUrl(path: string): string {
    const url = new URL(path, this.base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    return url.href;
  }

  /** Whether an address belongs to the API of this page. */
  isApi(url: string): boolean {
    return new URL(url, this.base).href.startsWith(this.url('api/'));
  }
}

/** The path of an API resource; each segment is encoded, and free of what hosts refuse. */
export function apiPath(...segments: readonly string[]): string {
  return ['api', ...segments.map((it) => encodeURIComponent(writeName(it)))].join('/');
}
