/** The HTTP API as a client of the demo sees it; every failure ends the demo with what the server said. */
export class Api {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  get = <Body>(path: string): Promise<Body> => this.#send<Body>('GET', path);
  post = <Body>(path: string, body: unknown = {}): Promise<Body> => this.#send<Body>('POST', path, body);
  put = <Body>(path: string, body: unknown): Promise<Body> => this.#send<Body>('PUT', path, body);

  /** All pages of a list. */
  async all<Row>(path: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const separator: string = path.includes('?') ? '&' : '?';
      const page: { items: Row[]; nextCursor?: string } = await this.get(
        `${path}${separator}limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      rows.push(...page.items);
      cursor = page.nextCursor;
    }
    return rows;
  }

  async #send<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }
}

/** Puts a file behind an upload link, as any client would. */
export async function upload(url: string, content: string): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body: content });
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}: ${await answer.text()}`);
}
