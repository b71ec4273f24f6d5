import { firstValueFrom, Observable } from 'rxjs';
import { ProblemError, problemOf } from './problems';

/**
 * The answer as a promise that rejects with a `ProblemError`. When the signal gives up on it, the
 * request is cancelled and the promise rejects with the signal's reason.
 */
export async function settled<T>(answer: Observable<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await firstValueFrom(signal === undefined ? answer : until(signal, answer));
  } catch (error) {
    signal?.throwIfAborted();
    throw new ProblemError(problemOf(error));
  }
}

function until<T>(signal: AbortSignal, answer: Observable<T>): Observable<T> {
  return new Observable<T>((subscriber) => {
    const giveUp = (): void => {
      subscriber.error(signal.reason);
    };
    if (signal.aborted) {
      giveUp();
      return undefined;
    }
    signal.addEventListener('abort', giveUp);
    const subscription = answer.subscribe(subscriber);
    return () => {
      signal.removeEventListener('abort', giveUp);
      subscription.unsubscribe();
    };
  });
}
