/** An answer that is not JSON of the declared form: a page, a document, a picture. */
export class RawAnswer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly base64: boolean;

  constructor(body: string, headers: Readonly<Record<string, string>>, base64 = false) {
    this.body = body;
    this.headers = headers;
    this.base64 = base64;
  }
}
