/** Requests to the server. A newer request of the same slot takes the earlier ones back. */
import type { Answer, Question } from "./protocol";

/** A request that was not answered, worded for the user. `retryAfter`: seconds. */
export class Unanswered extends Error {
  constructor(
    message: string,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

export class Superseded extends Error {}

/** The server answers within its own limit of time; beyond this the connection is lost. */
const PATIENCE_MS = 20_000;

export class EvaluationClient {
  readonly #client = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36)).join("");
  readonly #running = new Map<string, AbortController>();
  #sequence = 0;

  /** Throws `Superseded` when a newer question came in the same slot, and `Unanswered`. */
  async evaluate(question: Question, slot: string): Promise<Answer> {
    this.#running.get(slot)?.abort();
    const controller = new AbortController();
    this.#running.set(slot, controller);
    const body = JSON.stringify({ ...question, client: this.#client, sequence: ++this.#sequence, slot });
    let response: Response;
    try {
      response = await fetch("/api/evaluate", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body,
        signal: AbortSignal.any([controller.signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      if (response.ok) {
        const answer = (await response.json()) as Answer;
        if (controller.signal.aborted) throw new Superseded();
        return answer;
      }
    } catch (error) {
      if (controller.signal.aborted || error instanceof Superseded) throw new Superseded();
      throw new Unanswered("The server cannot be reached. Your work is safe in this browser.", 3);
    } finally {
      if (this.#running.get(slot) === controller) this.#running.delete(slot);
    }
    return refused(response);
  }

  cancel(slot: string): void {
    this.#running.get(slot)?.abort();
  }
}

async function refused(response: Response): Promise<never> {
  const after = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  const data = (await response.json().catch(() => ({}))) as { message?: unknown };
  switch (response.status) {
    case 409:
      throw new Superseded();
    case 413:
      throw new Unanswered("The files are larger than the playground takes (1 MiB in all).");
    case 429:
      throw new Unanswered("That was a little fast for the server.", retryAfter ?? 2);
    case 503:
      throw new Unanswered("The server is busy.", retryAfter ?? 2);
    default:
      throw new Unanswered(typeof data.message === "string" ? `The server said: ${data.message}` : "The server could not answer.");
  }
}
