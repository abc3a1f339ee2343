import { SvelteSet } from 'svelte/reactivity';

import type { Toasts } from '#lib/components/ui/toasts.svelte.ts';
import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';

import type { Cockpit } from '../cockpit.svelte.ts';
import { movesTo, type Person, type Seat } from './people-lists.ts';

/**
 * Moving people to other tables, one or several at once. Each is a command of its own, one after the other; the first that is refused
 * ends it, and whoever has moved by then can be brought back together.
 */
export class PeopleMoves {
	readonly #cockpit: Cockpit;
	readonly #toasts: Toasts;
	readonly #i18n: I18n;
	readonly picked = new SvelteSet<ParticipantId>();
	#underWay = $state(false);

	constructor(cockpit: Cockpit, toasts: Toasts, i18n: I18n) {
		this.#cockpit = cockpit;
		this.#toasts = toasts;
		this.#i18n = i18n;
	}

	get underWay(): boolean {
		return this.#underWay;
	}

	pick(id: ParticipantId): void {
		if (!this.picked.delete(id)) this.picked.add(id);
	}

	/** Moves them, and says so once, with a way back for all. */
	async move(people: readonly Pick<Person, 'id' | 'tableId'>[], target: TableId | null): Promise<void> {
		if (this.#underWay) return;
		const moved = await this.#send(movesTo(target, people).map((seat) => ({ ...seat, to: target })));
		for (const { id } of moved) this.picked.delete(id);
		if (moved.length === 0) return;
		const text = this.#i18n.t('tables:people.moved', {
			count: moved.length,
			table: target === null ? this.#i18n.t('cockpit:people.noTable') : this.#cockpit.tableName(target),
		});
		this.#toasts.show({ text, undo: () => void this.#bringBack(moved) });
	}

	async #bringBack(seats: readonly Seat[]): Promise<void> {
		await this.#send(seats.map(({ id, from }) => ({ id, from, to: from })));
	}

	/** Those who moved. */
	async #send(moves: readonly (Seat & { readonly to: TableId | null })[]): Promise<Seat[]> {
		const moved: Seat[] = [];
		this.#underWay = true;
		for (const { id, from, to } of moves) {
			const ack = await this.#cockpit.act(`person:${id}`, 'participant.move', { participantId: id, tableId: to });
			if (ack?.ok !== true) break;
			moved.push({ id, from });
		}
		this.#underWay = false;
		return moved;
	}
}
