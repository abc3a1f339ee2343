import { setTimeout as pause } from 'node:timers/promises';

import type { RoundId, TableId } from '#lib/domain/ids.ts';
import type { RoundView } from '#lib/protocol/live.ts';
import type { CrowdFigures } from '#lib/protocol/rehearsal.ts';

import { serverAddress } from './address.ts';
import type { CrowdBeginning } from './crowd-messages.ts';
import { textsInTurn } from './idea-texts.ts';
import { Person, type Known } from './person.ts';
import { seededRandom } from './seeded-random.ts';
import { Tally } from './tally.ts';

/** So many come in each second. */
const comingPerSecond = 25;
const lookMs = 500;
/** Whoever hears of a vote casts it within this. */
const votingMs = 8_000;
const settleWithinMs = 60_000;
/** How many look for what they wrote at a time. */
const lookingAtOnce = 20;

/**
 * Synthetic people in one workshop. They come in one after the other, do for some minutes what the steps allow, then wait until
 * everything they sent is answered, look whether all of it is there once, and leave.
 *
 * Everybody has cookies and sockets of their own. To be many in one process, only one person at each table keeps what everybody there is
 * sent; the others know of it through that one.
 */
export class Crowd {
	readonly #tally = new Tally();
	readonly #people: readonly Person[];
	readonly #beginning: CrowdBeginning;
	readonly #keepers = new Map<TableId | null, Person>();
	readonly #stopping = new AbortController();

	constructor(beginning: CrowdBeginning, texts: readonly string[]) {
		this.#beginning = beginning;
		const { plan, origin, code, seed } = beginning;
		const server = serverAddress(origin);
		this.#people = Array.from(
			{ length: plan.participants },
			(_, number) =>
				new Person({
					server,
					code,
					ideasPerMinute: plan.ideasPerMinute,
					tally: this.#tally,
					random: seededRandom(seed + number * 7_919),
					texts: textsInTurn(texts, number),
					wantsKeeper: (tableId, person) => this.#wantsKeeper(tableId, person),
					knownAt: (tableId) => this.#knownAt(tableId),
					boardAt: (tableId) => this.#keepers.get(tableId)?.board,
				}),
		);
	}

	read(): CrowdFigures {
		return this.#tally.read();
	}

	/** Settles when all have left. */
	async run(): Promise<void> {
		const looking = setInterval(() => this.#tellOfRounds(), lookMs);
		await this.#comeIn();
		this.#tally.phase = 'running';
		await this.#pause(this.#beginning.plan.minutes * 60_000);
		clearInterval(looking);
		this.#tally.phase = 'counting';
		await this.#settle();
		await this.#count();
		for (const person of this.#people) person.leave();
		this.#tally.phase = 'ended';
	}

	/** Lets them come to an end now. */
	stop(): void {
		this.#stopping.abort();
	}

	async #comeIn(): Promise<void> {
		const { signal } = this.#stopping;
		await Promise.all(
			this.#people.map(async (person, number) => {
				await this.#pause((number * 1000) / comingPerSecond);
				if (!signal.aborted) await person.enter(signal);
			}),
		);
	}

	async #settle(): Promise<void> {
		for (const person of this.#people) person.settle();
		const end = performance.now() + settleWithinMs;
		while (performance.now() < end && !this.#people.every((person) => person.isSettled)) await pause(100);
	}

	async #count(): Promise<void> {
		const waiting = [...this.#people];
		const look = async () => {
			for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) await person.count();
		};
		await Promise.all(Array.from({ length: lookingAtOnce }, look));
	}

	#wantsKeeper(tableId: TableId | null, person: Person): boolean {
		if (this.#keepers.get(tableId)?.isIn === true) return false;
		this.#keepers.set(tableId, person);
		return true;
	}

	/** As somebody of the table knows it; else as anybody does, since most of it is the same for all. */
	#knownAt(tableId: TableId | null): Known | undefined {
		const keepers = [this.#keepers.get(tableId), ...this.#keepers.values()];
		for (const keeper of keepers) {
			const { view, rounds } = keeper?.kept ?? {};
			if (view !== undefined && rounds !== undefined) return { view, rounds };
		}
		return undefined;
	}

	#tellOfRounds(): void {
		const open = new Map<TableId | null, RoundId[]>();
		for (const [tableId, { kept }] of this.#keepers) {
			const rounds = Object.entries(kept?.rounds ?? {}) as [RoundId, RoundView][];
			const isFor = (round: RoundView) => round.tableId === null || round.tableId === tableId;
			open.set(
				tableId,
				rounds.flatMap(([id, round]) => (round.state === 'open' && isFor(round) ? [id] : [])),
			);
		}
		for (const person of this.#people) {
			if (person.isIn) person.hearOf(open.get(person.tableId) ?? [], votingMs);
		}
	}

	async #pause(milliseconds: number): Promise<void> {
		await pause(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
	}
}
