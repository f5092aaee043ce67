interface Page {
  /** Key to go on from; absent when nothing follows. */
  readonly nextKey?: Record<string, unknown>;
}

/** Reads a list page by page, each only when the work on the one before it is done. */
export async function eachPage<Read extends Page>(
  read: (startKey: Record<string, unknown> | undefined) => Promise<Read>,
  work: (page: Read) => Promise<void>,
): Promise<void> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await read(startKey);
    await work(page);
    startKey = page.nextKey;
  } while (startKey);
}
