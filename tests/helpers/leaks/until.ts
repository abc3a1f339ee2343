import { vi } from 'vitest';

import { patience } from './cast.ts';

/** Waits until something is so. @param what is waited for, as in "the note to go" */
export async function until(isSo: () => boolean, what: string): Promise<void> {
	await vi.waitFor(() => {
		if (!isSo()) throw new Error(`Waited for ${what}`);
	}, patience);
}
