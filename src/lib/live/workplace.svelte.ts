import { createContext } from 'svelte';

import type { BoardId, IdeaId, RoundId, StepId, TableId } from '#lib/domain/ids.ts';
import { can, type Action, type Actor, type BoardOwner, type Verdict } from '#lib/domain/policy.ts';
import type { BoardContent } from '#lib/protocol/board-document.ts';
import type { RoundView, StepView, TableView } from '#lib/protocol/live.ts';

import { Draft } from './draft.svelte.ts';
import type { LiveSession } from './live-session.svelte.ts';
import { ownIdeaRows, type OwnIdeaRow } from './own-ideas.ts';
import { Ticker } from './ticker.svelte.ts';

/** A board as it arrives; `null` until its first state is here. */
export interface BoardSource {
	readonly content: BoardContent | null;
	close(): void;
}

/** The audiences that write: a person with a phone, and a table's shared device. */
export type WritingSession = LiveSession<'participant'> | LiveSession<'table'>;

/** Whether something is offered: the policy's verdict, unless the server takes nothing at all now. */
export type Offer = Verdict | { readonly allowed: false; readonly code: 'database.away' };

export type PlacedTable = TableView & { readonly id: TableId };
export type PlacedRound = RoundView & { readonly id: RoundId };

/**
 * Where somebody writes: what a phone or a table's device works with, out of its live session and the board it is on.
 * Everything is derived; `watchBoard` and `watchOwner` belong into effects of the page.
 */
export class Workplace {
	readonly session: WritingSession;
	readonly ticker: Ticker;
	/** The idea that is being written. */
	readonly ideaDraft: Draft;
	readonly #openBoard: (boardId: BoardId) => BoardSource;
	readonly #editDrafts: Record<IdeaId, Draft> = {};
	#board: BoardSource | null = $state.raw(null);

	constructor(session: WritingSession, openBoard: (boardId: BoardId) => BoardSource) {
		this.session = session;
		this.ticker = new Ticker(() => session.now());
		this.ideaDraft = new Draft(session.storage, 'idea');
		this.#openBoard = openBoard;
	}

	readonly #actor: Actor | null = $derived.by(() => {
		const { view, me } = this.session;
		if (view === null || me === null) return null;
		const workshopId = view.workshop.id;
		if (me.kind === 'table') return { kind: 'table', id: me.deviceId, workshopId, tableId: me.tableId };
		return { kind: 'participant', id: me.participantId, workshopId, tableId: me.tableId, blocked: me.blocked };
	});

	/** Under which name drafts are kept. */
	readonly #owner = $derived.by(() => (this.#actor === null ? null : `${this.#actor.kind}/${this.#actor.id}`));

	readonly #boardId = $derived.by(() => this.session.me?.boardId ?? null);
	readonly #tableId = $derived.by(() => this.session.me?.tableId ?? null);

	readonly #step: (StepView & { readonly id: StepId }) | null = $derived.by(() => {
		const { view } = this.session;
		const id = view?.currentStepId ?? null;
		const step = id === null ? undefined : view?.steps[id];
		return id === null || step === undefined ? null : { ...step, id };
	});

	readonly #table: PlacedTable | null = $derived.by(() => {
		const id = this.#tableId;
		const table = id === null ? undefined : this.session.view?.tables[id];
		return id === null || table === undefined ? null : { ...table, id };
	});

	readonly #ownIdeas: OwnIdeaRow[] = $derived.by(() => {
		const { me, outbox } = this.session;
		const { entries, refused, landed } = outbox;
		return ownIdeaRows({ own: me?.ideas ?? {}, entries, refused, landed });
	});

	readonly #rounds: PlacedRound[] = $derived.by(() => {
		const rounds = Object.entries(this.session.view?.rounds ?? {}) as [RoundId, RoundView][];
		return rounds
			.map(([id, round]) => ({ ...round, id }))
			.filter((round) => round.tableId === null || round.tableId === this.#tableId)
			.sort((one, other) => other.position - one.position);
	});

	readonly #tables: PlacedTable[] = $derived.by(() => {
		const tables = Object.entries(this.session.view?.tables ?? {}) as [TableId, TableView][];
		return tables.map(([id, table]) => ({ ...table, id })).sort((one, other) => one.position - other.position);
	});

	get step(): (StepView & { readonly id: StepId }) | null {
		return this.#step;
	}

	/** The table one sits at; null in the plenary. */
	get table(): PlacedTable | null {
		return this.#table;
	}

	/** All tables in their order. */
	get tables(): readonly PlacedTable[] {
		return this.#tables;
	}

	get ownIdeas(): readonly OwnIdeaRow[] {
		return this.#ownIdeas;
	}

	/** Rounds that concern this person or table, the latest first. */
	get rounds(): readonly PlacedRound[] {
		return this.#rounds;
	}

	/** What is published on the board one writes on; null until it is here. */
	get board(): BoardContent | null {
		return this.#board?.content ?? null;
	}

	/** Whether something may be done now; the server decides by the same rules. */
	may(action: Action): Offer {
		const { view, storageState } = this.session;
		if (storageState === 'full') return { allowed: false, code: 'database.away' };
		if (this.#actor === null || view === null) return { allowed: false, code: 'step.notNow' };
		const rules = view.workshop.phase === 'ended' ? null : (this.#step?.rules ?? null);
		return can(this.#actor, action, { rules, frozen: view.workshop.frozen });
	}

	mayAdd(): Offer {
		return this.#onOwnBoard((board) => ({ name: 'idea.add', board }));
	}

	mayArrange(): Offer {
		return this.#onOwnBoard((board) => ({ name: 'board.arrange', board }));
	}

	/** Whether one's own ideas may be changed or taken back. */
	mayChangeOwn(): Offer {
		const actor = this.#actor;
		const author = {
			participantId: actor?.kind === 'participant' ? actor.id : null,
			deviceId: actor?.kind === 'table' ? actor.id : null,
		};
		return this.#onOwnBoard((board) => ({ name: 'idea.change', board, author }));
	}

	/** The new wording of an own idea that is being changed, kept over reloads. Not for deriveds or templates. */
	editDraft(ideaId: IdeaId): Draft {
		const draft = (this.#editDrafts[ideaId] ??= new Draft(this.session.storage, `edit/${ideaId}`));
		if (this.#owner !== null) draft.belongTo(this.#owner);
		return draft;
	}

	/** For an effect: opens the board one writes on, and another one when one changes tables. */
	watchBoard(): (() => void) | undefined {
		if (this.#boardId === null) return undefined;
		const board = this.#openBoard(this.#boardId);
		this.#board = board;
		return () => {
			this.#board = null;
			board.close();
		};
	}

	/** For an effect: takes up the draft of whoever this session turns out to be. */
	watchOwner(): void {
		if (this.#owner !== null) this.ideaDraft.belongTo(this.#owner);
	}

	#onOwnBoard(action: (board: BoardOwner) => Action): Offer {
		if (this.#boardId === null) return { allowed: false, code: 'step.notNow' };
		return this.may(action({ boardId: this.#boardId, tableId: this.#tableId }));
	}
}

const [getWorkplace, setWorkplace] = createContext<Workplace>();

export { getWorkplace, setWorkplace };
