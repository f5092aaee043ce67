import type { Instant } from '#lib/shared/time.ts';

/** Imports the next segment of a file; what reads files is loaded only where files are read. */
export async function runImport({ jobId, segment }: { jobId: string; segment: number }, now: Instant): Promise<void> {
  const { importSegment } = await import('./import-segment.ts');
  await importSegment(jobId, segment, now);
}
