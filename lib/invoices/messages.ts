import * as z from 'zod';
import { sendMessages } from '#lib/shared/queue.ts';

/** What the queue `invoice-numbers` carries: an entity with drafts that wait. */
export const numbersMessage = z.object({ entityId: z.string() });

export const askForNumbers = (entityId: string): Promise<void> => sendMessages('invoice-numbers', [{ entityId }]);
