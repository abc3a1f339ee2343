import { createContext } from 'svelte';

import type { BoardId, IdeaId, RoundId, StepId, TableId } from '#lib/domain/ids.ts';
import { can, type Action, type Actor, type BoardOwner, type Verdict } from '#lib/domain/policy.ts';
import type { TimerState } from '#lib/domain/timer.ts';
import type { BoardContent } from '#lib/protocol/board-document.ts';
import type { RoundView, StepView, TableView } from '#lib/protocol/live.ts';

import { IdeaWriting, type WritingPlace, type WritingSession } from './idea-writing.svelte.ts';
import type { OwnIdeaRow } from './own-ideas.ts';
import { Ticker } from './ticker.svelte.ts';

export type { WritingSession } from './idea-writing.svelte.ts';

/** A board as it arrives; `null` until its first state is here. */
export interface BoardSource {
	readonly content: BoardContent | null;
	close(): void;
}

/** Whether something is offered: the policy's verdict, unless the server takes nothing at all now. */
export type Offer = Verdict | { readonly allowed: false; readonly code: 'database.away' };

export type PlacedStep = StepView & { readonly id: StepId };
export type PlacedTable = TableView & { readonly id: TableId };
export type PlacedRound = RoundView & { readonly id: RoundId };

/** Which board somebody at a table works on: the table's own, or the one of the whole room. */
export type BoardPlace = 'table' | 'plenary';

/**
 * Where somebody writes: what a phone or a table's device works with, out of its live session and the board it is on.
 * Everything is derived; `watchBoard` and `watchOwner` belong into effects of the page.
 *
 * One board is open at a time. Where the step leaves the choice, it is the chosen one, and another one when that changes.
 */
export class Workplace implements WritingPlace {
	readonly session: WritingSession;
	readonly ticker: Ticker;
	readonly writing: IdeaWriting;
	readonly #openBoard: (boardId: BoardId) => BoardSource;
	#board: BoardSource | null = $state.raw(null);
	#boardPlace: BoardPlace = $state('table');

	constructor(session: WritingSession, openBoard: (boardId: BoardId) => BoardSource) {
		this.session = session;
		this.ticker = new Ticker(() => session.now());
		this.#openBoard = openBoard;
		this.writing = new IdeaWriting(session, this);
	}

	readonly #actor: Actor | null = $derived.by(() => {
		const { view, me } = this.session;
		if (view === null || me === null) return null;
		const workshopId = view.workshop.id;
		if (me.kind === 'table') return { kind: 'table', id: me.deviceId, workshopId, tableId: me.tableId };
		return { kind: 'participant', id: me.participantId, workshopId, tableId: me.tableId, blocked: me.blocked };
	});

	/** Under which name drafts and keys are kept. */
	readonly #owner = $derived.by(() => (this.#actor === null ? null : `${this.#actor.kind}/${this.#actor.id}`));

	readonly #tableId = $derived.by(() => this.session.me?.tableId ?? null);

	readonly #table: PlacedTable | null = $derived.by(() => {
		const id = this.#tableId;
		const table = id === null ? undefined : this.session.view?.tables[id];
		return id === null || table === undefined ? null : { ...table, id };
	});

	readonly #ownPace: boolean = $derived.by(
		() => this.session.view?.floor.pace === 'tables' && (this.#table?.stepId ?? null) !== null,
	);

	readonly #step: PlacedStep | null = $derived.by(() => {
		const { view } = this.session;
		const id = (this.#ownPace ? this.#table?.stepId : view?.currentStepId) ?? null;
		const step = id === null ? undefined : view?.steps[id];
		return id === null || step === undefined ? null : { ...step, id };
	});

	readonly #chosenBoardId: BoardId | null = $derived.by(() => {
		if (!this.choosesBoard) return null;
		const plenary = this.session.view?.plenary.boardId ?? null;
		return this.#boardPlace === 'plenary' ? plenary : (this.#table?.boardId ?? null);
	});

	readonly #boardId: BoardId | null = $derived.by(() => this.#chosenBoardId ?? this.session.me?.boardId ?? null);

	readonly #published: ReadonlyMap<IdeaId, string> = $derived.by(() => wordsOf(this.board));

	readonly #rounds: PlacedRound[] = $derived.by(() => {
		const { view, me } = this.session;
		const rounds = Object.entries({ ...me?.rounds, ...view?.rounds }) as [RoundId, RoundView][];
		return rounds
			.map(([id, round]) => ({ ...round, id }))
			.filter((round) => round.tableId === null || round.tableId === this.#tableId)
			.sort((one, other) => other.position - one.position);
	});

	readonly #tables: PlacedTable[] = $derived.by(() => {
		const tables = Object.entries(this.session.view?.tables ?? {}) as [TableId, TableView][];
		return tables.map(([id, table]) => ({ ...table, id })).sort((one, other) => one.position - other.position);
	});

	readonly #steps: PlacedStep[] = $derived.by(() => {
		const steps = Object.entries(this.session.view?.steps ?? {}) as [StepId, StepView][];
		return steps.map(([id, step]) => ({ ...step, id })).sort((one, other) => one.position - other.position);
	});

	/** The step one is in: the room's, or one's table's own where tables have their own pace. */
	get step(): PlacedStep | null {
		return this.#step;
	}

	/** All steps in their order. */
	get steps(): readonly PlacedStep[] {
		return this.#steps;
	}

	/** The time of that step. */
	get timer(): TimerState | null {
		return (this.#ownPace ? this.#table?.timer : this.session.view?.timer) ?? null;
	}

	/** When that step began; epoch milliseconds. */
	get stepStartedAt(): number | null {
		return (this.#ownPace ? this.#table?.stepStartedAt : this.session.view?.stepStartedAt) ?? null;
	}

	/** Whether one's table is in a step of its own. */
	get ownPace(): boolean {
		return this.#ownPace;
	}

	/** The table one sits at; null in the plenary. */
	get table(): PlacedTable | null {
		return this.#table;
	}

	/** What the host of one's table is called; null where nobody hosts it, or without a name. */
	get hostName(): string | null {
		return this.session.me?.hostName ?? null;
	}

	/** All tables in their order. */
	get tables(): readonly PlacedTable[] {
		return this.#tables;
	}

	get ownIdeas(): readonly OwnIdeaRow[] {
		return this.writing.rows;
	}

	/** Votes that concern this person or table, the latest first. */
	get rounds(): readonly PlacedRound[] {
		return this.#rounds.filter(({ kind }) => kind === 'vote');
	}

	/** Quick questions, the latest first. */
	get polls(): readonly PlacedRound[] {
		return this.#rounds.filter(({ kind }) => kind === 'poll');
	}

	/** What is published on the board one works on; null until it is here. */
	get board(): BoardContent | null {
		return this.#board?.content ?? null;
	}

	get published(): ReadonlyMap<IdeaId, string> {
		return this.#published;
	}

	/** Whether the step lets people choose where they write; whoever sits nowhere writes in the plenary. */
	get choosesBoard(): boolean {
		return this.#step?.rules.board === 'both' && this.#table !== null;
	}

	/** Whose board is open here. */
	get boardPlace(): BoardPlace {
		const plenary = this.session.view?.plenary.boardId;
		return this.#boardId !== null && this.#boardId === plenary ? 'plenary' : 'table';
	}

	get chosenBoardId(): BoardId | null {
		return this.#chosenBoardId;
	}

	get boardId(): BoardId | null {
		return this.#boardId;
	}

	chooseBoard(place: BoardPlace): void {
		this.#boardPlace = place;
	}

	/** Whether something may be done now; the server decides by the same rules. */
	may(action: Action): Offer {
		const { view, storageState } = this.session;
		if (storageState === 'full') return { allowed: false, code: 'database.away' };
		if (this.#actor === null || view === null) return { allowed: false, code: 'step.notNow' };
		const rules = view.workshop.phase === 'ended' ? null : (this.#step?.rules ?? null);
		return can(this.#actor, action, { rules, frozen: view.workshop.frozen, pace: view.floor.pace });
	}

	mayAdd(): Offer {
		return this.#onBoard(this.#boardId, (board) => ({ name: 'idea.add', board }));
	}

	mayArrange(): Offer {
		return this.#onBoard(this.#boardId, (board) => ({ name: 'board.arrange', board }));
	}

	/** Whether an own idea may be changed or taken back. */
	mayChange({ boardId, secret }: OwnIdeaRow): Offer {
		const actor = this.#actor;
		const author = {
			participantId: actor?.kind === 'participant' ? actor.id : null,
			deviceId: actor?.kind === 'table' ? actor.id : null,
		};
		const byKey = secret !== null;
		return this.#onBoard(boardId ?? this.#boardId, (board) => ({ name: 'idea.change', board, author, byKey }));
	}

	/** Whether one may take one's table to another step: at its own pace, from its tablet or its host's phone. */
	maySteer(): Offer {
		if (this.#table === null) return { allowed: false, code: 'step.notNow' };
		const { id: tableId, hostId } = this.#table;
		return this.may({ name: 'table.steer', tableId, hostId });
	}

	/** For an effect: opens the board one works on, and another one when one changes tables. */
	watchBoard(): (() => void) | undefined {
		if (this.#boardId === null) return undefined;
		const board = this.#openBoard(this.#boardId);
		this.#board = board;
		return () => {
			this.#board = null;
			board.close();
		};
	}

	/** For an effect: takes up the drafts and keys of whoever this session turns out to be. */
	watchOwner(): void {
		if (this.#owner === null) return;
		this.writing.belongTo(this.#owner);
		this.writing.keepKeys();
	}

	#onBoard(boardId: BoardId | null, action: (board: BoardOwner) => Action): Offer {
		if (boardId === null) return { allowed: false, code: 'step.notNow' };
		const owner = this.#tables.find((table) => table.boardId === boardId);
		return this.may(action({ boardId, tableId: owner?.id ?? null }));
	}
}

function wordsOf(board: BoardContent | null): ReadonlyMap<IdeaId, string> {
	return new Map(board?.ideas.map(({ id, text }) => [id, text]));
}

const [getWorkplace, setWorkplace] = createContext<Workplace>();

export { getWorkplace, setWorkplace };
