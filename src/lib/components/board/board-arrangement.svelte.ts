import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';

import type { GroupId, IdeaId } from '#lib/domain/ids.ts';
import type { OutboxEntry } from '#lib/live/outbox-entry.ts';
import type { Workplace } from '#lib/live/workplace.svelte.ts';
import type { CommandAck } from '#lib/protocol/commands.ts';
import type { WireError } from '#lib/protocol/errors.ts';

import { boardColumns, placeOf, type BoardColumn, type Place } from './board-columns.ts';

/** What was done here, in a word, and how to take it back. */
export type ArrangementAction = {
	readonly name: 'moved' | 'groupDeleted';
	readonly count: number;
	readonly undo: () => void;
};

export interface ArrangementListener {
	readonly done: (action: ArrangementAction) => void;
	readonly refused: (error: WireError) => void;
}

/** How long a confirmed move is still drawn by us, until the board itself has it. */
const settleMs = 800;

/** Arranging one board: its columns as this screen shows them (what was moved here is moved at once) and the selected notes. */
export class BoardArrangement {
	readonly #workplace: Workplace;
	readonly #listener: ArrangementListener;
	readonly selected = new SvelteSet<IdeaId>();
	/** What was moved here, from the moment it was until the board itself has it. */
	#held: readonly OutboxEntry[] = $state.raw([]);

	constructor(workplace: Workplace, listener: ArrangementListener) {
		this.#workplace = workplace;
		this.#listener = listener;
	}

	readonly #columns: readonly BoardColumn[] | null = $derived.by(() => {
		const { board, session } = this.#workplace;
		if (board === null) return null;
		const waiting = session.outbox.entries.filter((entry) => !this.#held.some((held) => held.id === entry.id));
		return boardColumns(
			board,
			[...this.#held, ...waiting].sort((one, other) => one.madeAt - other.madeAt),
		);
	});

	/** Null until the board is here. */
	get columns(): readonly BoardColumn[] | null {
		return this.#columns;
	}

	toggle(ideaId: IdeaId): void {
		if (!this.selected.delete(ideaId)) this.selected.add(ideaId);
	}

	/** Puts ideas somewhere, in the order given. */
	move(ideaIds: readonly IdeaId[], place: Place): void {
		const before = ideaIds.map((ideaId) => ({ ideaId, place: placeOf(this.#columns ?? [], ideaId) }));
		for (const ideaId of ideaIds) this.#sendMove(ideaId, place);
		this.selected.clear();
		const undo = (): void => {
			for (const { ideaId, place: old } of [...before].reverse()) if (old !== null) this.#sendMove(ideaId, old);
		};
		this.#listener.done({ name: 'moved', count: ideaIds.length, undo });
	}

	createGroup(title: string, ideaIds: readonly IdeaId[]): void {
		const boardId = this.#workplace.session.me?.boardId;
		if (boardId === undefined) return;
		this.selected.clear();
		this.#report(this.#workplace.session.send('group.create', { boardId, title, ideaIds: [...ideaIds] }));
	}

	renameGroup(groupId: GroupId, title: string): void {
		this.#report(this.#workplace.session.send('group.rename', { groupId, title }));
	}

	moveGroup(groupId: GroupId, beforeGroupId: GroupId | null): void {
		const before = beforeGroupId === null ? {} : { beforeGroupId };
		this.#report(this.#workplace.session.send('group.move', { groupId, ...before }));
	}

	/** Deletes a group; its ideas go back into no group. */
	deleteGroup({ group, ideas }: BoardColumn): void {
		if (group === null) return;
		this.#report(this.#workplace.session.send('group.delete', { groupId: group.id }));
		const members = ideas.map((idea) => idea.id);
		const undo = (): void => this.createGroup(group.title, members);
		this.#listener.done({ name: 'groupDeleted', count: members.length, undo });
	}

	#sendMove(ideaId: IdeaId, { groupId, beforeIdeaId }: Place): void {
		const { outbox } = this.#workplace.session;
		const before = beforeIdeaId === null ? {} : { beforeIdeaId };
		const answer = this.#workplace.session.send('idea.move', { ideaId, groupId, ...before });
		const entry = outbox.entries.findLast((sent) => sent.name === 'idea.move' && sent.payload.ideaId === ideaId);
		if (entry !== undefined) this.#held = [...this.#held, entry];
		this.#report(answer);
		void answer.then((ack) => {
			setTimeout(() => (this.#held = this.#held.filter((other) => other !== entry)), ack.ok ? settleMs : 0);
		});
	}

	#report(answer: Promise<CommandAck>): void {
		void answer.then((ack) => {
			if (!ack.ok) this.#listener.refused(ack.error);
		});
	}
}

const [getArrangement, setArrangement] = createContext<BoardArrangement>();

export { getArrangement, setArrangement };
