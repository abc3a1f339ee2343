import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { IdeaId, OptionId, ParticipantId, RoundId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import type { LiveView } from '#lib/protocol/live.ts';

import type { ServerAddress } from './address.ts';
import {
	compareOwn,
	drawBallot,
	drawDeed,
	mayVote,
	meanPauseMs,
	standingOf,
	type Deed,
	type Standing,
} from './behaviour.ts';
import type { BoardLine } from './board-line.ts';
import { Connection, type OwnView } from './connection.ts';
import { CookieJar } from './cookie-jar.ts';
import { FrontDoor } from './front-door.ts';
import { drawNickname } from './nicknames.ts';
import { PatientOutbox } from './patient-outbox.ts';
import { below, chancePauseMs, oneOf, type Random } from './seeded-random.ts';
import type { Tally } from './tally.ts';
import { ViewReplica } from './view-replica.ts';

export type PersonOptions = {
	readonly server: ServerAddress;
	readonly code: string;
	readonly ideasPerMinute: number;
	readonly tally: Tally;
	readonly random: Random;
	/** What this person writes, one text after the other. */
	readonly texts: Iterator<string, never>;
	/** Whether somebody at this table must keep view and board, for all who sit there. */
	readonly wantsKeeper: (tableId: TableId | null, person: Person) => boolean;
	/** The view as it is known at a table. */
	readonly viewAt: (tableId: TableId | null) => LiveView | undefined;
	/** The board of a table, as its keeper has it. */
	readonly boardAt: (tableId: TableId | null) => BoardLine | undefined;
};

type Identity = { readonly id: ParticipantId; readonly workshopId: WorkshopId };
type OwnIdea = { readonly boardId: string; readonly key: string | undefined };

/** Phones lose their connection every few minutes, and find it again within half a minute. */
const meanConnectedMs = 4 * 60_000;
const shortestAwayMs = 3_000;
const longestAwayMs = 25_000;
/** Of those who come back, so many load the page anew. */
const reloadingShare = 0.3;
const secondThoughtShare = 0.12;
const needingHelpShare = 0.2;
const fewestGroups = 4;
const comeBackMs = 500;
const countWithinMs = 30_000;
const attemptsAtTheDoor = 20;
const doorPauseMs = 2_000;
const passing = new Set<ErrorCode>(['connection.lost', 'command.busy', 'database.away', 'server.failed']);

/** One synthetic participant: a browser with cookies and sockets of its own, and somebody who writes, votes, goes and comes. */
export class Person {
	readonly #options: PersonOptions;
	readonly #cookies = new CookieJar();
	readonly #door: FrontDoor;
	readonly #outbox: PatientOutbox;
	readonly #nickname: string | null;
	/** Ideas that the server called saved, and those of them that can be looked up under this person's name. */
	readonly #own = new Map<IdeaId, OwnIdea>();
	readonly #acknowledged = new Set<string>();
	readonly #asked = new Set<RoundId>();
	readonly #timers = new Set<NodeJS.Timeout>();
	#identity: Identity | undefined;
	#tableId: TableId | null = null;
	#keeps: ViewReplica | null = null;
	#connection: Connection | undefined;
	#ready = false;
	/** Wants to be connected. */
	#here = false;
	#active = false;
	#unansweredIdeas = 0;
	#toldOfSelf: ((own: OwnView) => void) | undefined;

	constructor(options: PersonOptions) {
		this.#options = options;
		this.#door = new FrontDoor(options.server, options.code, this.#cookies);
		this.#outbox = new PatientOutbox(options.tally, options.random);
		this.#nickname = drawNickname(options.random);
	}

	/** Got in, and belongs to the workshop still. */
	get isIn(): boolean {
		return this.#identity !== undefined;
	}

	get tableId(): TableId | null {
		return this.#tableId;
	}

	get view(): LiveView | undefined {
		return this.#keeps?.view;
	}

	get board(): BoardLine | undefined {
		return this.#connection?.board;
	}

	get isSettled(): boolean {
		return this.#identity === undefined || (this.#ready && this.#outbox.size === 0);
	}

	/** Comes in by the door, as a newcomer; settles when that has succeeded or failed. */
	async enter(signal: AbortSignal): Promise<void> {
		let refusedWith: ErrorCode = 'connection.lost';
		for (let attempt = 0; attempt < attemptsAtTheDoor && !signal.aborted; attempt += 1) {
			try {
				const { tables } = await this.#door.look();
				const tableId = this.#chooseTable(tables);
				const { participantId, workshopId } = await this.#door.goIn({ nickname: this.#nickname, tableId });
				this.#begin({ id: participantId, workshopId }, tableId);
				return;
			} catch (error) {
				if (!(error instanceof AppError)) throw error;
				refusedWith = error.code;
				const waitMs = patienceMs(error);
				if (waitMs === null) break;
				await pause(waitMs * (0.5 + this.#options.random()), undefined, { signal }).catch(() => undefined);
			}
		}
		if (!signal.aborted) this.#options.tally.turnedAway(refusedWith);
	}

	/** Hears of open rounds, and votes a little later in those that are for this person. */
	hearOf(rounds: readonly RoundId[], withinMs: number): void {
		if (!this.#active) return;
		const { random } = this.#options;
		for (const roundId of rounds) {
			if (this.#asked.has(roundId)) continue;
			this.#asked.add(roundId);
			this.#after(1_000 + random() * withinMs, () => this.#vote(roundId));
			if (random() < secondThoughtShare) this.#after(1_000 + random() * withinMs * 2, () => this.#vote(roundId));
		}
	}

	/** Does nothing new any more, but stays until everything is answered. */
	settle(): void {
		this.#active = false;
		this.#clearTimers();
		if (this.#identity !== undefined && this.#connection === undefined) this.#connect();
	}

	/** Asks the server once more for everything of one's own, and counts what is missing or there twice. */
	async count(): Promise<void> {
		if (this.#identity === undefined) return;
		const found = await this.#askForSelf();
		if (found === null) this.#options.tally.turnedAway('connection.lost');
		else this.#options.tally.looked(compareOwn(this.#acknowledged, found, this.#unansweredIdeas));
	}

	leave(): void {
		this.#active = false;
		this.#clearTimers();
		this.#disconnect();
	}

	#chooseTable(tables: readonly { id: TableId; free: number }[]): TableId | null {
		const mostFree = Math.max(0, ...tables.map(({ free }) => free));
		if (mostFree === 0) return null;
		return (
			oneOf(
				this.#options.random,
				tables.filter(({ free }) => free === mostFree),
			)?.id ?? null
		);
	}

	#begin(identity: Identity, tableId: TableId | null): void {
		this.#identity = identity;
		this.#tableId = tableId;
		if (this.#options.wantsKeeper(tableId, this)) this.#keeps = new ViewReplica();
		this.#options.tally.count('joined');
		this.#active = true;
		this.#connect();
		this.#waitForOccasion();
		this.#waitForDeadSpot();
	}

	#connect(): void {
		const { server, code } = this.#options;
		this.#here = true;
		this.#connection = new Connection({
			server,
			code,
			cookie: this.#cookies.header,
			keeps: this.#keeps,
			ready: (own) => this.#isReady(own),
			closed: (why) => this.#isClosed(why),
		});
	}

	#isReady(own: OwnView): void {
		if (!this.#ready) {
			this.#ready = true;
			this.#options.tally.connected += 1;
			const { command } = this.#connection ?? {};
			if (command !== undefined) this.#outbox.start(command);
		}
		this.#toldOfSelf?.(own);
	}

	#isClosed(why: ErrorCode | null): void {
		if (this.#ready) this.#options.tally.connected -= 1;
		this.#ready = false;
		this.#connection = undefined;
		this.#outbox.hold();
		if (why !== null && !passing.has(why)) this.#isSentAway(why);
		else if (this.#here) this.#after(comeBackMs * (0.5 + this.#options.random()), () => this.#connect());
	}

	/** The server doesn't want this person any more: blocked, or the rehearsal was cleared away. */
	#isSentAway(why: ErrorCode): void {
		this.#identity = undefined;
		this.#here = false;
		this.#active = false;
		this.#clearTimers();
		this.#options.tally.turnedAway(why);
	}

	#disconnect(): void {
		this.#here = false;
		this.#connection?.close();
	}

	#waitForDeadSpot(): void {
		const { random, tally } = this.#options;
		this.#after(chancePauseMs(random, meanConnectedMs), () => {
			this.#disconnect();
			this.#after(shortestAwayMs + random() * (longestAwayMs - shortestAwayMs), () => {
				tally.count('returned');
				void this.#comeBack();
				this.#waitForDeadSpot();
			});
		});
	}

	/** Some load the page anew, and are the same person again by their cookie. */
	async #comeBack(): Promise<void> {
		const { random, tally } = this.#options;
		if (random() < reloadingShare) {
			try {
				await this.#door.goIn({ nickname: null, tableId: null });
			} catch (error) {
				if (!(error instanceof AppError)) throw error;
				tally.turnedAway(error.code);
			}
		}
		if (this.#identity !== undefined && !this.#here) this.#connect();
	}

	#waitForOccasion(): void {
		const { random, ideasPerMinute } = this.#options;
		this.#after(chancePauseMs(random, meanPauseMs(ideasPerMinute)), () => {
			const standing = this.#standing();
			const deed = standing && drawDeed(random, standing);
			if (standing !== undefined && deed !== undefined) this.#do(deed, standing);
			this.#waitForOccasion();
		});
	}

	#standing(): Standing | undefined {
		const view = this.#options.viewAt(this.#tableId);
		if (this.#identity === undefined || view === undefined) return undefined;
		return standingOf(view, {
			kind: 'participant',
			...this.#identity,
			tableId: this.#tableId,
			blocked: false,
		});
	}

	#do(deed: Deed, standing: Standing): void {
		switch (deed) {
			case 'write':
				this.#write(standing);
				return;
			case 'edit':
			case 'withdraw':
				this.#change(deed, standing);
				return;
			case 'arrange':
				this.#arrange(standing);
				return;
			case 'signal':
				this.#signal();
				return;
		}
	}

	#write({ board, context }: Standing): void {
		const key = context.rules?.names === 'unrecorded' ? randomBytes(16).toString('hex') : undefined;
		const text = this.#options.texts.next().value;
		this.#unansweredIdeas += 1;
		this.#outbox.add('idea.submit', { text, language: 'de', ...(key && { key }) }, (ack) => {
			this.#unansweredIdeas -= 1;
			if (!ack.ok || ack.result.ideaId === undefined) return;
			const { ideaId } = ack.result;
			this.#options.tally.count('ideas');
			this.#own.set(ideaId, { boardId: board.boardId, key });
			// Nobody can tell later whose an idea was that was written without a name.
			if (key === undefined) this.#acknowledged.add(ideaId);
		});
	}

	#change(deed: 'edit' | 'withdraw', { board }: Standing): void {
		const here = [...this.#own].filter(([, { boardId }]) => boardId === board.boardId);
		const [ideaId, own] = oneOf(this.#options.random, here) ?? [];
		if (ideaId === undefined) return;
		const about = { ideaId, ...(own?.key && { key: own.key }) };
		if (deed === 'edit') {
			this.#outbox.add('idea.edit', { ...about, text: this.#options.texts.next().value }, () => undefined);
		} else {
			this.#own.delete(ideaId);
			this.#outbox.add('idea.withdraw', about, () => undefined);
		}
	}

	#arrange({ board }: Standing): void {
		const { random, boardAt, texts } = this.#options;
		const line = boardAt(this.#tableId);
		if (line?.boardId !== board.boardId) return;
		const { ideas, groups } = line.content;
		const ideaId = oneOf(random, ideas);
		if (ideaId === undefined) return;
		if (groups.length < fewestGroups) {
			const title = texts.next().value.split(' ').slice(0, 3).join(' ').slice(0, 60);
			this.#outbox.add('group.create', { boardId: board.boardId, title, ideaIds: [ideaId] }, () => undefined);
		} else {
			this.#outbox.add('idea.move', { ideaId, groupId: oneOf(random, groups) ?? null }, () => undefined);
		}
	}

	#signal(): void {
		const { random } = this.#options;
		if (this.#tableId === null) return;
		const said = random() < needingHelpShare ? { needsHelp: random() < 0.5 } : { ready: below(random, 2) === 1 };
		this.#outbox.add('table.signal', { tableId: this.#tableId, ...said }, () => undefined);
	}

	#vote(roundId: RoundId): void {
		const { random, tally, viewAt } = this.#options;
		const round = viewAt(this.#tableId)?.rounds[roundId];
		const standing = this.#standing();
		if (round === undefined || standing === undefined || !mayVote(standing, round)) return;
		const ballot = drawBallot(random, round.rule, Object.keys(round.options) as OptionId[]);
		this.#outbox.add('vote.cast', { roundId, ballot }, (ack) => {
			if (ack.ok) tally.count('votes');
		});
	}

	/** The ideas that are there under this person's name; null if nobody answers. */
	async #askForSelf(): Promise<ReadonlySet<string> | null> {
		const { promise, resolve } = Promise.withResolvers<ReadonlySet<string> | null>();
		this.#toldOfSelf = ({ ideas }) => resolve(new Set(Object.keys(ideas)));
		this.#connection?.resync();
		const late = setTimeout(() => resolve(null), countWithinMs);
		const found = await promise;
		clearTimeout(late);
		this.#toldOfSelf = undefined;
		return found;
	}

	#after(milliseconds: number, work: () => void): void {
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			work();
		}, milliseconds);
		this.#timers.add(timer);
	}

	#clearTimers(): void {
		for (const timer of this.#timers) clearTimeout(timer);
		this.#timers.clear();
	}
}

/** How long to wait before knocking again; null if that is of no use. */
function patienceMs({ code, params }: AppError): number | null {
	if (code === 'table.full') return 100;
	if (code === 'request.tooMany') return Number(params?.seconds ?? 1) * 1000;
	return passing.has(code) ? doorPauseMs : null;
}
