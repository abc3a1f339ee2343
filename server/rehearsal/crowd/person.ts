import type { ParticipantId, RoundId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import { AppError, type ErrorCode } from '#lib/protocol/errors.ts';
import type { LiveView, RoundView } from '#lib/protocol/live.ts';

import type { ServerAddress } from './address.ts';
import { drawDeed, mayDo, meanPauseMs, standingOf, type Deed, type Standing } from './behaviour.ts';
import type { BoardLine } from './board-line.ts';
import { Connection, type OwnView } from './connection.ts';
import { CookieJar } from './cookie-jar.ts';
import { Contributions } from './contributions.ts';
import { FrontDoor, passing } from './front-door.ts';
import { drawNickname } from './nicknames.ts';
import { PatientOutbox } from './patient-outbox.ts';
import { Scribe } from './scribe.ts';
import { chancePauseMs, type Random } from './seeded-random.ts';
import type { Tally } from './tally.ts';
import { Timers } from './timers.ts';
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
	/** What is known at a table. */
	readonly knownAt: (tableId: TableId | null) => Known | undefined;
	/** The board of a table, as its keeper has it. */
	readonly boardAt: (tableId: TableId | null) => BoardLine | undefined;
};

/** The workshop as a device shows it. */
export type Known = { readonly view: LiveView; readonly rounds: Readonly<Record<RoundId, RoundView>> };

type Identity = { readonly id: ParticipantId; readonly workshopId: WorkshopId };

/** Phones lose their connection every few minutes, and find it again within half a minute. */
const meanConnectedMs = 4 * 60_000;
const shortestAwayMs = 3_000;
const longestAwayMs = 25_000;
/** Of those who come back, so many load the page anew. */
const reloadingShare = 0.3;
const secondThoughtShare = 0.12;
const comeBackMs = 500;
const countWithinMs = 30_000;

/** One synthetic participant: a browser with cookies and sockets of its own, and somebody who writes, votes, goes and comes. */
export class Person {
	readonly #options: PersonOptions;
	readonly #cookies = new CookieJar();
	readonly #door: FrontDoor;
	readonly #outbox: PatientOutbox;
	readonly #contributions: Contributions;
	readonly #asked = new Set<RoundId>();
	readonly #timers = new Timers();
	#identity: Identity | undefined;
	#tableId: TableId | null = null;
	#keeps: ViewReplica | null = null;
	#connection: Connection | undefined;
	#scribe: Scribe | undefined;
	#ready = false;
	/** Wants to be connected. */
	#here = false;
	#active = false;
	#toldOfSelf: ((own: OwnView) => void) | undefined;

	constructor(options: PersonOptions) {
		this.#options = options;
		this.#door = new FrontDoor(options.server, options.code, this.#cookies);
		this.#outbox = new PatientOutbox(options.tally, options.random);
		const { tally, random, texts } = options;
		this.#contributions = new Contributions({ outbox: this.#outbox, tally, random, texts });
	}

	/** Got in, and belongs to the workshop still. */
	get isIn(): boolean {
		return this.#identity !== undefined;
	}

	get tableId(): TableId | null {
		return this.#tableId;
	}

	/** What this person's device keeps of the workshop, if it is one that does. */
	get kept(): ViewReplica | null {
		return this.#keeps;
	}

	get board(): BoardLine | undefined {
		return this.#connection?.board;
	}

	get isSettled(): boolean {
		return this.#identity === undefined || (this.#ready && this.#outbox.size === 0);
	}

	/** Comes in by the door, as a newcomer; settles when that has succeeded or failed. */
	async enter(signal: AbortSignal): Promise<void> {
		const { random, tally } = this.#options;
		try {
			const { participantId, workshopId, tableId } = await this.#door.comeIn(drawNickname(random), random, signal);
			this.#begin({ id: participantId, workshopId }, tableId);
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			if (!signal.aborted) tally.turnedAway(error.code);
		}
	}

	/** Hears of open rounds, and votes a little later in those that are for this person. */
	hearOf(rounds: readonly RoundId[], withinMs: number): void {
		if (!this.#active) return;
		const { random } = this.#options;
		for (const roundId of rounds) {
			if (this.#asked.has(roundId)) continue;
			this.#asked.add(roundId);
			this.#timers.after(1_000 + random() * withinMs, () => this.#vote(roundId));
			if (random() < secondThoughtShare) this.#timers.after(1_000 + random() * withinMs * 2, () => this.#vote(roundId));
		}
	}

	/** Does nothing new any more, but stays until everything is answered. */
	settle(): void {
		this.#active = false;
		this.#scribe?.putAway();
		this.#timers.clear();
		if (this.#identity !== undefined && this.#connection === undefined) this.#connect();
	}

	/** Asks the server once more for everything of one's own, and counts what is missing or there twice. */
	async count(): Promise<void> {
		if (this.#identity === undefined) return;
		const found = await this.#askForSelf();
		if (found === null) this.#options.tally.turnedAway('connection.lost');
		else this.#options.tally.looked(this.#contributions.compareWith(found));
	}

	leave(): void {
		this.#active = false;
		this.#timers.clear();
		this.#disconnect();
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
		else if (this.#here) this.#timers.after(comeBackMs * (0.5 + this.#options.random()), () => this.#connect());
	}

	/** The server doesn't want this person any more: blocked, or the rehearsal was cleared away. */
	#isSentAway(why: ErrorCode): void {
		this.#identity = undefined;
		this.#here = false;
		this.#active = false;
		this.#scribe?.putAway();
		this.#timers.clear();
		this.#options.tally.turnedAway(why);
	}

	#disconnect(): void {
		this.#here = false;
		this.#scribe?.putAway();
		this.#connection?.close();
	}

	#waitForDeadSpot(): void {
		const { random, tally } = this.#options;
		this.#timers.after(chancePauseMs(random, meanConnectedMs), () => {
			this.#disconnect();
			this.#timers.after(shortestAwayMs + random() * (longestAwayMs - shortestAwayMs), () => {
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
		this.#timers.after(chancePauseMs(random, meanPauseMs(ideasPerMinute)), () => {
			const standing = this.#standing();
			const deed = standing && drawDeed(random, standing);
			if (standing !== undefined && deed !== undefined) this.#do(deed, standing);
			if (standing === undefined || !mayDo('compose', standing)) this.#scribe?.putAway();
			this.#waitForOccasion();
		});
	}

	#standing(): Standing | undefined {
		const known = this.#options.knownAt(this.#tableId);
		if (this.#identity === undefined || known === undefined) return undefined;
		return standingOf(known.view, {
			kind: 'participant',
			...this.#identity,
			tableId: this.#tableId,
			blocked: false,
		});
	}

	#do(deed: Deed, standing: Standing): void {
		if (deed === 'compose') this.#compose();
		else this.#contributions.make(deed, standing, this.#options.boardAt(this.#tableId));
	}

	/** One person at each table writes its sheet; the others have it open. */
	#compose(): void {
		const { server, random, tally, knownAt } = this.#options;
		const table = this.#tableId === null ? undefined : knownAt(this.#tableId)?.view.tables[this.#tableId];
		if (table === undefined || !this.#ready) return;
		this.#scribe ??= new Scribe({
			...{ server, random, writes: this.#keeps !== null },
			saved: () => tally.count('sentences'),
		});
		this.#scribe.work(table.sheetId, this.#cookies.header, this.#contributions.nextSentence());
	}

	#vote(roundId: RoundId): void {
		const round = this.#options.knownAt(this.#tableId)?.rounds[roundId];
		const standing = this.#standing();
		if (round !== undefined && standing !== undefined) this.#contributions.vote(roundId, round, standing);
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
}
