import { DOCUMENT, inject, InjectionToken, Service, signal } from '@angular/core';
import { Client } from '@stomp/stompjs';
import type { IFrame, IMessage, StompConfig, StompSubscription } from '@stomp/stompjs';
import { ServerAddress } from '../backend';
import { Session } from '../session';
import { backoff } from './backoff';

const HEARTBEAT = 10_000;
const CONNECT_TIMEOUT = 10_000;

/**
 * - `idle`: nobody listens;
 * - `connecting`: on the way, for the first time;
 * - `live`: changes arrive as they happen;
 * - `offline`: the connection was lost and is being sought again.
 */
export type ConnectionState =
  | { readonly status: 'idle' | 'connecting' | 'live' }
  | { readonly status: 'offline'; readonly since: Date };

/** Makes the STOMP client; tests put another one in its place. */
export const STOMP_CLIENT = new InjectionToken<(config: StompConfig) => Client>('STOMP client', {
  factory: () => (config) => new Client(config),
});

/** What somebody listens to; it is asked for again after every reconnect. */
interface Listening {
  readonly destination: string;
  readonly headers: () => Readonly<Record<string, string>>;
  readonly listener: (body: string) => void;
  readonly interrupted: () => void;
  subscription: StompSubscription | undefined;
}

/**
 * The page's one connection for live rows. It is opened when somebody listens, and sought again
 * with growing pauses when it is lost.
 */
@Service()
export class LiveConnection {
  private readonly address = inject(ServerAddress);
  private readonly session = inject(Session);
  private readonly makeClient = inject(STOMP_CLIENT);
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly listenings = new Set<Listening>();
  private readonly current = signal<ConnectionState>({ status: 'idle' });
  private client: Client | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private serverEpoch: string | undefined;

  readonly state = this.current.asReadonly();

  constructor() {
    this.window?.addEventListener('online', () => {
      this.reconnectNow();
    });
    this.window?.document.addEventListener('visibilitychange', () => {
      if (this.window?.document.visibilityState === 'visible') {
        this.reconnectNow();
      }
    });
  }

  /** What tells the versions of this server's rows from those of another one or an earlier run. */
  get epoch(): string | undefined {
    return this.serverEpoch;
  }

  /**
   * Listens to a destination until the function returned is called. `interrupted` tells that the
   * connection was lost; after it, the headers are asked for again.
   */
  listen(
    destination: string,
    headers: () => Readonly<Record<string, string>>,
    listener: (body: string) => void,
    interrupted: () => void = () => undefined,
  ): () => void {
    const listening: Listening = {
      destination,
      headers,
      listener,
      interrupted,
      subscription: undefined,
    };
    this.listenings.add(listening);
    if (this.client === undefined && this.timer === undefined) {
      this.open();
    } else if (this.current().status === 'live') {
      this.subscribe(listening);
    }
    return () => {
      this.listenings.delete(listening);
      if (this.client?.connected === true) {
        listening.subscription?.unsubscribe();
      }
    };
  }

  /** Tries at once if the connection is being sought. */
  reconnectNow(): void {
    if (this.timer !== undefined) {
      void this.reopen();
    }
  }

  private open(): void {
    if (this.current().status === 'idle') {
      this.current.set({ status: 'connecting' });
    }
    const csrf = this.session.info()?.csrf;
    const client = this.makeClient({
      brokerURL: this.address.socketUrl('live'),
      connectHeaders: csrf ? { [csrf.header]: csrf.token } : {},
      connectionTimeout: CONNECT_TIMEOUT,
      heartbeatIncoming: HEARTBEAT,
      heartbeatOutgoing: HEARTBEAT,
      reconnectDelay: 0,
      onConnect: (frame: IFrame) => {
        this.connected(client, frame);
      },
      onWebSocketClose: () => {
        this.lost(client);
      },
    });
    this.client = client;
    client.activate();
  }

  private connected(client: Client, frame: IFrame): void {
    if (client === this.client) {
      this.serverEpoch = frame.headers['epoch'];
      this.attempts = 0;
      this.current.set({ status: 'live' });
      this.listenings.forEach((it) => {
        this.subscribe(it);
      });
    }
  }

  private subscribe(listening: Listening): void {
    listening.subscription = this.client?.subscribe(
      listening.destination,
      (message: IMessage) => {
        listening.listener(message.body);
      },
      listening.headers(),
    );
  }

  private lost(client: Client): void {
    if (client !== this.client) {
      return;
    }
    this.client = undefined;
    void client.deactivate();
    if (this.current().status !== 'offline') {
      this.current.set({ status: 'offline', since: new Date() });
    }
    this.listenings.forEach((it) => {
      it.subscription = undefined;
      it.interrupted();
    });
    this.attempts++;
    this.timer = setTimeout(() => void this.reopen(), backoff(this.attempts));
  }

  private async reopen(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reopen(), backoff(++this.attempts));
    // A refused handshake does not say why: the session may be over, or its token replaced.
    if ((await this.session.refresh()) === 'signed-in') {
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.client === undefined) {
        this.open();
      }
    }
  }
}
