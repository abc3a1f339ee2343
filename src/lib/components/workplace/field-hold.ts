import { tick } from 'svelte';

/** Keeps the field that somebody types in where it is under their eyes, whatever appears above it. */
export class FieldHold {
	#above = '';

	/**
	 * To be called before the page changes: if something above the field will be another, scrolls afterwards by as much as the
	 * field was pushed.
	 * @param above says what stands above the field
	 */
	before(above: string): void {
		if (above === this.#above) return;
		this.#above = above;
		void hold();
	}
}

async function hold(): Promise<void> {
	const field = document.activeElement?.closest('input, textarea');
	if (!field) return;
	const before = field.getBoundingClientRect().top;
	await tick();
	const pushed = field.getBoundingClientRect().top - before;
	if (field.isConnected && pushed !== 0) scrollBy({ top: pushed, behavior: 'instant' });
}
