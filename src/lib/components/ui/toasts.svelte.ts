import { createContext } from 'svelte';

/** A short word about something the person just did, with a way back where there is one. */
export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly undo: (() => void) | undefined;
}

export interface ToastInput {
	readonly text: string;
	/** Taking it back; the toast goes as soon as it is pressed. */
	readonly undo?: (() => void) | undefined;
}

const plainMs = 5_000;
/** Long enough to notice, decide and reach the button. */
const undoableMs = 10_000;
const mostAtOnce = 3;

/**
 * The toasts on the page, oldest first. They are for what the person did, never for what others do nor for the network; a toast
 * waits while it is under the pointer or holds the focus.
 */
export class Toasts {
	#list = $state.raw<readonly Toast[]>([]);
	#lastId = 0;
	readonly #timers: Record<number, ReturnType<typeof setTimeout>> = {};

	get list(): readonly Toast[] {
		return this.#list;
	}

	show({ text, undo }: ToastInput): void {
		this.#lastId += 1;
		const toast: Toast = { id: this.#lastId, text, undo };
		for (const old of this.#list.slice(0, Math.max(0, this.#list.length - mostAtOnce + 1))) this.dismiss(old.id);
		this.#list = [...this.#list, toast];
		this.resume(toast);
	}

	undo(toast: Toast): void {
		this.dismiss(toast.id);
		toast.undo?.();
	}

	dismiss(id: number): void {
		this.pause(id);
		this.#list = this.#list.filter((toast) => toast.id !== id);
	}

	pause(id: number): void {
		clearTimeout(this.#timers[id]);
		// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a small table by number
		delete this.#timers[id];
	}

	resume(toast: Toast): void {
		this.pause(toast.id);
		this.#timers[toast.id] = setTimeout(() => this.dismiss(toast.id), toast.undo ? undoableMs : plainMs);
	}
}

const [getToasts, setToasts] = createContext<Toasts>();

export { getToasts };

/** For the root layout. */
export function provideToasts(): Toasts {
	return setToasts(new Toasts());
}
