import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type {
	AccountId,
	BoardId,
	DeviceId,
	DocumentId,
	ParticipantId,
	RoundId,
	TableId,
	WorkshopId,
} from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import type { BoardChange, BoardContent } from '#lib/protocol/board-document.ts';
import type { Audience, MeView } from '#lib/protocol/live.ts';
import { diff, type JsonPatch } from '#lib/protocol/json-patch.ts';

import type { Touched } from './apply-change.ts';
import { presentBoard, presentBoardChanges } from './board-presenter.ts';
import { CommandQueue, type QueueOptions } from './command-queue.ts';
import { homeBoard } from './home-board.ts';
import { presentMe } from './me-presenter.ts';
import { Presence } from './presence.ts';
import { ViewFeeds, type FeedName } from './view-feeds.ts';
import { presentOwn, presentShared, presentToBlocked, type Surroundings, type Viewers } from './view-presenter.ts';
import type { WorkshopState } from './workshop-state.ts';

/** One live connection as the room sees it. It is told things; it doesn't ask. */
export type Member = {
	readonly audience: Audience;
	readonly actorId: string;
	readonly actor: (state: WorkshopState) => Actor;
	readonly facilitatorName: string;
	/** Sends a whole view; the patches of this feed (of none) follow it from here on. */
	sendSnapshot(message: EncodedSnapshot, feed: FeedName | null): void;
	sendMe(me: MeView): void;
	/** What has changed since the last of the two. */
	sendMePatch(patch: JsonPatch): void;
	/** Ends the connection for good: this person or device no longer belongs here. */
	sendAway(error: unknown): void;
};

/** A whole view, as JSON that was made once for everybody who gets it. */
export type EncodedSnapshot = { readonly seq: number; readonly now: number; readonly view: string };

export type RoomOptions = Omit<QueueOptions, 'workshopId' | 'paceMs' | 'committed' | 'reloaded'> & {
	readonly around: Surroundings;
	readonly readOwnBallots: (
		participantId: ParticipantId,
		open: readonly RoundId[],
	) => Promise<Record<RoundId, DotBallot>>;
	readonly boards: {
		apply(boardId: BoardId, changes: readonly BoardChange[]): void;
		replace(boardId: BoardId, generation: number, content: BoardContent): void;
		/** Whether anybody has this board open. */
		isOpen(boardId: BoardId): boolean;
		/** How often its readers hear of changes; 0 where nobody looks. */
		tickMs(boardId: BoardId): number;
	};
	/** Rights may have changed, of these people or devices or (`null`) of everybody: what they read must be reviewed at once. */
	readonly reviewRights: (workshopId: WorkshopId, of: ReadonlySet<string> | null) => void;
	readonly broadcast: (feed: FeedName, message: { seq: number; now: number; patch: JsonPatch }) => void;
};

/**
 * A live workshop: its command queue, who is connected, and what they are told.
 *
 * After every commit the boards get their changes, the persons concerned their own view, and the audiences, at most four times a
 * second, the difference to what they saw. Everything that is sent is read from the committed state.
 */
export class WorkshopRoom {
	readonly id: WorkshopId;
	readonly queue: CommandQueue;
	readonly #options: RoomOptions;
	readonly #members = new Set<Member>();
	readonly #byActor = new Map<string, Set<Member>>();
	/** What each was last told of themselves. */
	readonly #told = new WeakMap<Member, MeView>();
	/** Connections that have ended; they don't come back. */
	readonly #gone = new WeakSet<Member>();
	/** Those of them who see nothing of what happens. */
	readonly #blocked = new WeakSet<Member>();
	readonly #presence = new Presence();
	readonly #feeds: ViewFeeds<Member>;
	readonly #generation: number;

	constructor(state: WorkshopState, options: RoomOptions) {
		this.id = state.workshop.id;
		this.#options = options;
		this.#generation = options.clock.now().getTime();
		this.queue = new CommandQueue(state, {
			...options,
			workshopId: this.id,
			paceMs: () => this.#paceMs(),
			committed: (touched) => this.#onCommit(touched),
			reloaded: () => this.#onReload(),
		});
		const { around } = options;
		this.#feeds = new ViewFeeds<Member>({
			presentShared: (forTeam) => presentShared(forTeam, this.queue.state, this.#presence, around),
			presentOwn: (viewers) => presentOwn(viewers, this.queue.state, this.#presence, around),
			broadcast: (feed, message) => options.broadcast(feed, { ...message, now: this.#now() }),
			whenSettled: (work) => void this.queue.read(work),
		});
	}

	get isEmpty(): boolean {
		return this.#members.size === 0;
	}

	/** Takes a connection in and sends it where the workshop stands. @throws AppError if its actor may not be here */
	async join(member: Member): Promise<void> {
		await this.queue.read((state) => {
			// Somebody may have hung up while this waited for its turn.
			if (this.#gone.has(member)) return;
			const actor = member.actor(state);
			this.#add(member);
			if (isBlocked(actor)) this.#blocked.add(member);
			this.#greet(actor, member, state);
			this.#sendSnapshot(member);
		});
		this.#feeds.schedule();
		await this.#sendMe(member);
	}

	#greet(actor: Actor, { facilitatorName }: Member, state: WorkshopState): void {
		if (actor.kind === 'participant') this.#presence.personCame(actor.id);
		else if (actor.kind === 'facilitator') {
			// Whoever was given the right while the room was open is of the team from here on.
			state.team.set(actor.id, facilitatorName);
			this.#presence.facilitatorCame(actor.id, facilitatorName);
		} else this.#presence.deviceCame(actor.id);
	}

	#add(member: Member): void {
		this.#members.add(member);
		const others = this.#byActor.get(member.actorId);
		if (others === undefined) this.#byActor.set(member.actorId, new Set([member]));
		else others.add(member);
	}

	/** Says whether the member was here. */
	#remove(member: Member): boolean {
		const others = this.#byActor.get(member.actorId);
		others?.delete(member);
		if (others?.size === 0) this.#byActor.delete(member.actorId);
		return this.#members.delete(member);
	}

	leave(member: Member): void {
		this.#gone.add(member);
		if (!this.#remove(member)) return;
		if (member.audience === 'participant') this.#presence.personWent(member.actorId as ParticipantId);
		else if (member.audience === 'facilitator') this.#presence.facilitatorWent(member.actorId as AccountId);
		else this.#presence.deviceWent(member.actorId as DeviceId);
		this.#feeds.stop(member);
		this.#feeds.schedule();
	}

	/** What is known of a sheet has changed. Does nothing if it isn't a sheet of this workshop. */
	sheetChanged(documentId: DocumentId): void {
		for (const { sheetId } of this.queue.state.tables.values()) {
			if (sheetId !== documentId) continue;
			this.#feeds.schedule();
			return;
		}
	}

	/** Sends the whole view again, to a client that missed a message. */
	async resync(member: Member): Promise<void> {
		await this.queue.read(() => {
			this.#told.delete(member);
			if (this.#members.has(member)) this.#sendSnapshot(member);
		});
		await this.#sendMe(member);
	}

	/** A board's committed content, for its document. */
	loadBoard(boardId: BoardId): Promise<{ generation: number; content: BoardContent }> {
		return this.queue.read((state) => ({ generation: this.#generation, content: presentBoard(state, boardId) }));
	}

	async close(): Promise<void> {
		this.#feeds.close();
		await this.queue.stop();
	}

	/** Where many look at one board, committing more often than they are shown it would cost and bring nothing. */
	#paceMs(): number {
		let slowest = 0;
		for (const boardId of this.queue.state.boards.keys())
			slowest = Math.max(slowest, this.#options.boards.tickMs(boardId));
		return slowest;
	}

	#sendSnapshot(member: Member): void {
		const { state } = this.queue;
		if (isBlocked(member.actor(state))) {
			const view = JSON.stringify(presentToBlocked(state, this.#options.around));
			this.#feeds.stop(member);
			member.sendSnapshot({ seq: 0, now: this.#now(), view }, null);
			return;
		}
		const { name, ...snapshot } = this.#feeds.listen(member, viewersOf(member, state));
		member.sendSnapshot({ ...snapshot, now: this.#now() }, name);
	}

	#onCommit(touched: Touched): void {
		if (touched.takesAway) this.#feeds.markStale();
		if (touched.isUrgent) this.#feeds.hurry();
		// Before anything of this commit goes out.
		if (touched.rightsOfAll) this.#reviewRights(null);
		else if (touched.rightsOf.size > 0) this.#reviewRights(touched.rightsOf);
		for (const [boardId, changes] of presentBoardChanges(this.queue.state, touched)) {
			this.#options.boards.apply(boardId, changes);
		}
		for (const member of this.#concernedBy(touched)) {
			const hasVoted = touched.rounds.size > 0 && touched.participants.has(member.actorId as ParticipantId);
			void this.#sendMe(member, hasVoted);
		}
		this.#feeds.schedule();
	}

	#onReload(): void {
		const { state } = this.queue;
		this.#feeds.markStale();
		this.#feeds.hurry();
		this.#reviewRights(null);
		for (const board of state.boards.values()) {
			if (!this.#options.boards.isOpen(board.id)) continue;
			this.#options.boards.replace(board.id, this.#generation, presentBoard(state, board.id));
		}
		for (const member of this.#members) void this.#sendMe(member);
		this.#feeds.schedule();
	}

	#reviewRights(of: ReadonlySet<string> | null): void {
		for (const member of this.#members) {
			if (of?.has(member.actorId) === false) continue;
			try {
				const { state } = this.queue;
				const blocked = isBlocked(member.actor(state));
				const looksElsewhere = !blocked && !this.#feeds.isListeningTo(member, viewersOf(member, state));
				if (blocked === this.#blocked.has(member) && !looksElsewhere) continue;
				if (blocked) this.#blocked.add(member);
				else this.#blocked.delete(member);
				this.#sendSnapshot(member);
			} catch (error) {
				this.leave(member);
				member.sendAway(error);
			}
		}
		this.#options.reviewRights(this.id, of);
	}

	/** Those who learn something of themselves: by what they did, by what their table is asked or who hosts it, or because in another step they write elsewhere. */
	#concernedBy(touched: Touched): ReadonlySet<Member> {
		const { state } = this.queue;
		const concerned = new Set<Member>();
		for (const id of touched.participants) for (const member of this.#byActor.get(id) ?? []) concerned.add(member);
		for (const id of touched.devices) for (const member of this.#byActor.get(id) ?? []) concerned.add(member);
		const tables = new Set<TableId | null>(touched.tables);
		for (const id of touched.rounds) tables.add(state.rounds.get(id)?.tableId ?? null);
		tables.delete(null);
		if (tables.size === 0 && !touched.rightsOfAll) return concerned;
		for (const member of this.#members) {
			const told = this.#told.get(member);
			if (told?.kind !== 'participant' && told?.kind !== 'table') continue;
			const writesElsewhere = touched.rightsOfAll && told.boardId !== homeBoard(state, told.tableId);
			if (writesElsewhere || tables.has(told.tableId)) concerned.add(member);
		}
		return concerned;
	}

	/** @param hasVoted their ballots are other ones than they were last told */
	async #sendMe(member: Member, hasVoted = false): Promise<void> {
		try {
			const read = hasVoted || !this.#told.has(member) ? await this.#ownBallots(member) : null;
			await this.queue.read((state) => {
				if (!this.#members.has(member)) return;
				const ballots = read ?? this.#toldBallots(member);
				const me = presentMe(member.actor(state), state, member.facilitatorName, ballots, this.#options.around.turnout);
				if (me !== undefined) this.#tellMe(member, me);
			});
		} catch (error) {
			this.#options.logger.warn({ err: error }, 'a person could not be told about themselves');
		}
	}

	#tellMe(member: Member, me: MeView): void {
		const told = this.#told.get(member);
		this.#told.set(member, me);
		const patch = told === undefined ? null : diff(told, me);
		if (patch === null) member.sendMe(me);
		else if (patch.length > 0) member.sendMePatch(patch);
	}

	async #ownBallots(member: Member): Promise<Record<RoundId, DotBallot>> {
		if (member.audience !== 'participant') return {};
		const { rounds, rolls } = this.queue.state;
		const participantId = member.actorId as ParticipantId;
		const open = [...rounds.values()]
			.filter((round) => round.state === 'open' && rolls.get(round.id)?.get(participantId) === true)
			.map((round) => round.id);
		return open.length === 0 ? {} : this.#options.readOwnBallots(participantId, open);
	}

	/** What somebody was last told of their ballots, as far as those rounds are open still. */
	#toldBallots(member: Member): Record<RoundId, DotBallot> {
		const told = this.#told.get(member);
		if (told?.kind !== 'participant') return {};
		const { rounds } = this.queue.state;
		const ballots = Object.entries(told.ballots) as [RoundId, DotBallot][];
		return Object.fromEntries(ballots.filter(([roundId]) => rounds.get(roundId)?.state === 'open'));
	}

	#now(): number {
		return this.#options.clock.now().getTime();
	}
}

/** A table's own screen looks at its table; everybody else of an audience sees the same. */
function viewersOf(member: Member, state: WorkshopState): Viewers {
	const device = member.audience === 'screen' ? state.devices.get(member.actorId as DeviceId) : undefined;
	return { audience: member.audience, tableId: device?.tableId ?? null };
}

function isBlocked(actor: Actor): boolean {
	return actor.kind === 'participant' && actor.blocked;
}
