import type { Provider } from '@angular/core';
import type { Client, StompConfig } from '@stomp/stompjs';
import { REQUEST_FRAME } from '../live/frames';
import { STOMP_CLIENT } from '../live/live-connection';

interface FakeSubscription {
  readonly destination: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly callback: (message: { readonly body: string }) => void;
  active: boolean;
}

/** A server of live rows, and the repaints of a browser, both in the hands of a test. */
export class FakeLive {
  readonly configs: StompConfig[] = [];
  readonly subscriptions: FakeSubscription[] = [];
  private frames: (() => void)[] = [];
  private connected = false;

  readonly providers: Provider[] = [
    { provide: STOMP_CLIENT, useValue: (config: StompConfig) => this.client(config) },
    { provide: REQUEST_FRAME, useValue: (callback: () => void) => this.requestFrame(callback) },
  ];

  /** The subscriptions that are in force. */
  get active(): readonly FakeSubscription[] {
    return this.subscriptions.filter((it) => it.active);
  }

  /** Answers the last CONNECT. */
  connect(epoch?: string): void {
    this.connected = true;
    this.configs.at(-1)?.onConnect?.({ headers: epoch === undefined ? {} : { epoch } } as never);
  }

  /** Loses the connection. */
  lose(): void {
    this.connected = false;
    this.subscriptions.forEach((it) => (it.active = false));
    this.configs.at(-1)?.onWebSocketClose?.({});
  }

  /** Sends a message to everybody who listens. */
  send(body: unknown): void {
    this.active.forEach((it) => {
      it.callback({ body: typeof body === 'string' ? body : JSON.stringify(body) });
    });
  }

  /** Repaints. */
  frame(): void {
    const frames = this.frames;
    this.frames = [];
    frames.forEach((it) => {
      it();
    });
  }

  private requestFrame(callback: () => void): () => void {
    this.frames.push(callback);
    return () => {
      this.frames = this.frames.filter((it) => it !== callback);
    };
  }

  private client(config: StompConfig): Client {
    this.configs.push(config);
    const isConnected = (): boolean => this.connected;
    const client = {
      get connected(): boolean {
        return isConnected();
      },
      activate: () => undefined,
      deactivate: () => Promise.resolve(),
      subscribe: (
        destination: string,
        callback: FakeSubscription['callback'],
        headers: Readonly<Record<string, string>>,
      ) => {
        const subscription: FakeSubscription = { destination, headers, callback, active: true };
        this.subscriptions.push(subscription);
        return { id: '', unsubscribe: () => (subscription.active = false) };
      },
    };
    return client as unknown as Client;
  }
}
