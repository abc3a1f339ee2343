import type { BoardReader } from '../guest.ts';
import { canary } from './secret.ts';

/** What stands for a secret, in a text that looks like a note. */
export function words(secret: string): string {
	return `A ${canary(secret)} under the lime tree`;
}

/** Whether what stands for a secret stands on a board. */
export function shows(board: BoardReader, secret: string): boolean {
	return JSON.stringify(board.content).includes(canary(secret));
}
