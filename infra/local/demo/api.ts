/** The HTTP API as a client of the demo sees it; every failure ends the demo with what the server said. */
export class Api {
  readonly #base: string;
  readonly #token: string | undefined;

  constructor(base: string, token?: string) {
    this.#base = base;
    this.#token = token;
  }

  get = <Body>(path: string): Promise<Body> => this.#send<Body>('GET', path);
  post = <Body>(path: string, body: unknown = {}): Promise<Body> => this.#send<Body>('POST', path, body);
  put = <Body>(path: string, body: unknown): Promise<Body> => this.#send<Body>('PUT', path, body);

  as = (token: string): Api => new Api(this.#base, token);

  /** The problem document of a request that is meant to be refused. */
  async refused(path: string, body: unknown): Promise<unknown> {
    const answer = await this.#request('POST', path, body);
    if (answer.ok) throw new Error(`POST ${path} was not refused`);
    return answer.json();
  }

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
    const answer = await this.#request(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }

  #request(method: string, path: string, body: unknown): Promise<Response> {
    return fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
}

/** Somebody who has not signed in. */
export const anonymous = (base: string): Api => new Api(base);

/** Puts a file behind an upload link, as any client would. */
export async function upload(url: string, content: string): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body: content });
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}: ${await answer.text()}`);
}
