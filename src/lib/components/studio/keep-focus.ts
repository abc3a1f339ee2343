import { tick } from 'svelte';

/**
 * Does what moves elements of the page, and gives the focus back to where it was: a browser drops it when the focused
 * element is put elsewhere. Somebody who has gone on meanwhile is left alone.
 */
export async function keepFocus(work: () => Promise<unknown>): Promise<void> {
	const focused = document.activeElement;
	await work();
	await tick();
	const isLost = document.activeElement === null || document.activeElement === document.body;
	if (isLost && focused instanceof HTMLElement && focused.isConnected) focused.focus();
}
