import { createContext } from 'svelte';

import type { GroupId, IdeaId } from '#lib/domain/ids.ts';

import type { Place } from './board-columns.ts';

/**
 * Carrying notes over the board: with a pointer from a note's handle, or with the keyboard (lift, arrows, drop).
 *
 * The board marks its columns with `data-column` (a group's id, or empty for "no group") and its notes with `data-note`, in the
 * order they are shown; where a drop would land is read off the page, so that any layout of the board works.
 */
export interface NoteDragHost {
	/** The board's element. */
	readonly root: () => HTMLElement | undefined;
	readonly drop: (ideaIds: readonly IdeaId[], place: Place, by: Carried['by']) => void;
}

export type Carried = {
	readonly ideaIds: readonly IdeaId[];
	readonly by: 'pointer' | 'keyboard';
	/** Where it would land now; null where it can't. */
	readonly place: Place | null;
	/** Of the pointer, in the window. */
	readonly x: number;
	readonly y: number;
};

/** A press becomes a drag after this many pixels, so that a tap stays a tap. */
const thresholdPx = 6;
/** Near the edge of the window the page scrolls along. */
const scrollZonePx = 72;
const scrollStepPx = 14;

export class NoteDrag {
	readonly #host: NoteDragHost;
	#carried: Carried | null = $state.raw(null);
	#pressed: { ideaIds: readonly IdeaId[]; x: number; y: number } | null = null;
	#scrolling: ReturnType<typeof requestAnimationFrame> | undefined;

	constructor(host: NoteDragHost) {
		this.#host = host;
	}

	get carried(): Carried | null {
		return this.#carried;
	}

	carries(ideaId: IdeaId): boolean {
		return this.#carried?.ideaIds.includes(ideaId) ?? false;
	}

	/** For the handle's `pointerdown`; the other pointer events follow on the same element. */
	press(event: PointerEvent, ideaIds: readonly IdeaId[]): void {
		if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		this.#pressed = { ideaIds, x: event.clientX, y: event.clientY };
	}

	move(event: PointerEvent): void {
		if (this.#pressed === null) return;
		const { ideaIds, x, y } = this.#pressed;
		if (this.#carried === null && Math.hypot(event.clientX - x, event.clientY - y) < thresholdPx) return;
		this.#carried = {
			ideaIds,
			by: 'pointer',
			place: this.#placeAt(event.clientX, event.clientY, ideaIds),
			x: event.clientX,
			y: event.clientY,
		};
		this.#scrollAlong();
	}

	release(): void {
		const carried = this.#carried;
		this.cancel();
		if (carried?.place) this.#host.drop(carried.ideaIds, carried.place, carried.by);
	}

	cancel(): void {
		this.#pressed = null;
		this.#carried = null;
		if (this.#scrolling !== undefined) cancelAnimationFrame(this.#scrolling);
		this.#scrolling = undefined;
	}

	/** For the handle's `keydown`. Space or Enter lifts and drops, arrows move, Escape puts back. */
	key(event: KeyboardEvent, ideaIds: readonly IdeaId[], current: Place): void {
		if (event.key === 'Enter' || event.key === ' ') {
			event.preventDefault();
			if (this.#carried === null) this.#carried = { ideaIds, by: 'keyboard', place: current, x: 0, y: 0 };
			else this.release();
			return;
		}
		if (this.#carried === null) return;
		if (event.key === 'Escape' || event.key === 'Tab') {
			this.cancel();
			return;
		}
		const place = this.#carried.place ?? current;
		const next = this.#step(event.key, place, ideaIds);
		if (next === null) return;
		event.preventDefault();
		this.#carried = { ...this.#carried, place: next };
	}

	#step(key: string, place: Place, carried: readonly IdeaId[]): Place | null {
		const columns = this.#columns();
		const index = columns.findIndex((column) => groupOf(column) === place.groupId);
		const column = columns[index];
		if (column === undefined) return null;
		if (key === 'ArrowLeft' || key === 'ArrowRight') {
			const neighbour = columns[index + (key === 'ArrowLeft' ? -1 : 1)];
			return neighbour === undefined ? place : { groupId: groupOf(neighbour), beforeIdeaId: null };
		}
		if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
		const slots = [...notesOf(column, carried).map(noteOf), null];
		const slot = slots.indexOf(place.beforeIdeaId);
		const wanted = Math.min(
			slots.length - 1,
			Math.max(0, (slot === -1 ? slots.length - 1 : slot) + (key === 'ArrowUp' ? -1 : 1)),
		);
		return { groupId: place.groupId, beforeIdeaId: slots[wanted] ?? null };
	}

	#columns(): HTMLElement[] {
		return [...(this.#host.root()?.querySelectorAll<HTMLElement>('[data-column]') ?? [])];
	}

	#placeAt(x: number, y: number, carried: readonly IdeaId[]): Place | null {
		const column = this.#columns().find((candidate) => contains(candidate.getBoundingClientRect(), x, y));
		if (column === undefined) return null;
		const before = notesOf(column, carried).find((note) => {
			const box = note.getBoundingClientRect();
			// In a column notes stand one below the other; where they also stand side by side, the same row counts too.
			return (
				y < box.top + box.height / 2 ||
				(y < box.bottom && x < box.left + box.width / 2 && box.width < column.clientWidth * 0.7)
			);
		});
		return { groupId: groupOf(column), beforeIdeaId: before === undefined ? null : noteOf(before) };
	}

	#scrollAlong(): void {
		if (this.#scrolling !== undefined) return;
		const tick = (): void => {
			this.#scrolling = undefined;
			if (this.#carried?.by !== 'pointer') return;
			const { x, y } = this.#carried;
			const down = y > innerHeight - scrollZonePx ? scrollStepPx : y < scrollZonePx ? -scrollStepPx : 0;
			const across = x > innerWidth - scrollZonePx ? scrollStepPx : x < scrollZonePx ? -scrollStepPx : 0;
			if (down === 0 && across === 0) return;
			scrollableAt(x, y, down !== 0)?.scrollBy(across, down);
			this.#scrolling = requestAnimationFrame(tick);
		};
		this.#scrolling = requestAnimationFrame(tick);
	}
}

function groupOf(column: HTMLElement): GroupId | null {
	const id = column.dataset.column;
	return id === undefined || id === '' ? null : (id as GroupId);
}

function noteOf(note: HTMLElement): IdeaId {
	return note.dataset.note as IdeaId;
}

function notesOf(column: HTMLElement, carried: readonly IdeaId[]): HTMLElement[] {
	const notes = [...column.querySelectorAll<HTMLElement>('[data-note]')];
	return notes.filter((note) => !carried.includes(noteOf(note)));
}

function contains(box: DOMRect, x: number, y: number): boolean {
	return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** The nearest part of the page under a point that scrolls in the wanted direction. */
function scrollableAt(x: number, y: number, vertically: boolean): Element | null {
	let element = document.elementFromPoint(
		Math.min(innerWidth - 1, Math.max(0, x)),
		Math.min(innerHeight - 1, Math.max(0, y)),
	);
	while (element !== null) {
		const { overflowX, overflowY } = getComputedStyle(element);
		const room = vertically ? element.scrollHeight - element.clientHeight : element.scrollWidth - element.clientWidth;
		if (room > 0 && ['auto', 'scroll'].includes(vertically ? overflowY : overflowX)) return element;
		element = element.parentElement;
	}
	return document.scrollingElement;
}

const [getNoteDrag, setNoteDrag] = createContext<NoteDrag>();

export { getNoteDrag, setNoteDrag };
