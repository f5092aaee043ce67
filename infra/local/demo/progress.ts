/** A bar that is drawn over itself on a terminal, and said once per ten percent elsewhere. */
export interface Progress {
  show(done: number, total: number, what: string): void;
}

const WIDTH = 40;

export function progressOn(stream: NodeJS.WriteStream): Progress {
  let said = -1;
  return {
    show: (done, total, what) => {
      const filled = Math.round((done / total) * WIDTH);
      const line = `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${String(Math.round((done / total) * 100)).padStart(3)}%  ${what}`;
      if (stream.isTTY) stream.write(`\r\u001b[2K${line}${done === total ? '\n' : ''}`);
      else if (Math.floor((done / total) * 10) > said) {
        said = Math.floor((done / total) * 10);
        stream.write(`${line}\n`);
      }
    },
  };
}
