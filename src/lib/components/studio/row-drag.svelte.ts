import { moved, placeAt } from './list-order.ts';

/**
 * Dragging a row of a list by its grip, with a mouse, a pen or a finger. While it is dragged the rows make room; nothing is
 * decided before it is let go, and Escape puts it back. The list also has buttons that move a row: this is the quick way.
 */
export class RowDrag<Id> {
	#dragged = $state.raw<{ id: Id; from: number; to: number; offset: number } | null>(null);
	readonly #list: () => readonly Id[];
	readonly #drop: (order: Id[], id: Id) => void;

	/**
	 * @param list the members in their order, one for each child of the list's element
	 * @param drop told the new order when a row was let go at another place
	 */
	constructor(list: () => readonly Id[], drop: (order: Id[], id: Id) => void) {
		this.#list = list;
		this.#drop = drop;
	}

	get dragged(): Id | null {
		return this.#dragged?.id ?? null;
	}

	/** How far a row is from where it lies, in CSS pixels: the dragged one follows the pointer, the others make room. */
	shift(id: Id, heightOfDragged: number): number {
		const drag = this.#dragged;
		if (drag === null) return 0;
		if (drag.id === id) return drag.offset;
		const index = this.#list().indexOf(id);
		if (index > drag.from && index <= drag.to) return -heightOfDragged;
		return index < drag.from && index >= drag.to ? heightOfDragged : 0;
	}

	/** To be called by the grip's `pointerdown`. `rows` are the elements of the list, in its order. */
	start(event: PointerEvent, id: Id, rows: readonly HTMLElement[]): void {
		const grip = event.currentTarget;
		const from = this.#list().indexOf(id);
		const row = rows[from];
		if (event.button !== 0 || row === undefined || !(grip instanceof HTMLElement)) return;
		event.preventDefault();
		const middles = rows.map((element) => middleOf(element));
		const startY = event.clientY + window.scrollY;
		const ownMiddle = middles[from] ?? 0;
		this.#dragged = { id, from, to: from, offset: 0 };
		grip.setPointerCapture(event.pointerId);

		const end = new AbortController();
		const listen = { signal: end.signal };
		const move = ({ clientY }: PointerEvent) => {
			const offset = clientY + window.scrollY - startY;
			this.#dragged = { id, from, to: placeAt(middles, from, ownMiddle + offset), offset };
		};
		const finish = (keep: boolean) => {
			end.abort();
			const to = this.#dragged?.to ?? from;
			this.#dragged = null;
			if (keep && to !== from) this.#drop(moved(this.#list(), from, to), id);
		};
		grip.addEventListener('pointermove', move, listen);
		grip.addEventListener('pointerup', () => finish(true), listen);
		grip.addEventListener('pointercancel', () => finish(false), listen);
		window.addEventListener('keydown', ({ key }) => key === 'Escape' && finish(false), listen);
	}
}

function middleOf(element: HTMLElement): number {
	const { top, height } = element.getBoundingClientRect();
	return top + window.scrollY + height / 2;
}
