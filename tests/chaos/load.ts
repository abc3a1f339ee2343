import { vi } from 'vitest';

import type { BoardId, IdeaId, OptionId } from '#lib/domain/ids.ts';
import { sheetHeadings } from '#lib/domain/sheet.ts';
import type { Database } from '#server/db/client.ts';

import type { ChaosServer } from './chaos-server.ts';
import type { Evening, Guest } from './evening.ts';
import { IdeaWriter } from './idea-writer.ts';
import { Line } from './line.ts';
import { Person } from './person.ts';
import { Random } from './random.ts';
import { Scribe } from './scribe.ts';
import { rowFaults } from './row-faults.ts';
import { replicaFaults } from './replica-faults.ts';
import { Voter, voteRule, type OpenRound } from './voter.ts';

export type LoadSizes = { readonly writers: number; readonly voters: number; readonly scribes: number };

const patience = { timeout: 60_000, interval: 25 };

/** Everything that a table does at once, with a record of what each of them was promised. */
export class Load implements AsyncDisposable {
	readonly evening: Evening;
	readonly server: ChaosServer;
	readonly facilitator: Person;
	readonly writers: readonly IdeaWriter[];
	readonly voters: readonly Voter[];
	readonly scribes: readonly Scribe[];
	round: OpenRound = { roundId: '' as OpenRound['roundId'], optionIds: [] };
	readonly #open = new AsyncDisposableStack();
	#rest = new AbortController();
	#loops: Promise<void>[] = [];

	/** People come in, the vote is opened, each writer has a group; nobody writes yet. */
	static async begin(server: ChaosServer, evening: Evening, sizes: LoadSizes, seed: number): Promise<Load> {
		const scribing = evening.people.slice(sizes.writers + sizes.voters, sizes.writers + sizes.voters + sizes.scribes);
		const lines = await Promise.all(scribing.map(({ cookie }) => Line.to(server.origin, cookie)));
		const load = new Load(server, evening, sizes, lines, seed);
		await load.#prepare();
		return load;
	}

	private constructor(
		server: ChaosServer,
		evening: Evening,
		sizes: LoadSizes,
		scribeLines: readonly Line[],
		seed: number,
	) {
		const { seeded, people, facilitatorCookie } = evening;
		const random = (index: number) => new Random(seed + index);
		const comeIn = ({ cookie }: Guest) =>
			this.#open.use(new Person({ origin: server.origin, cookie }, 'participant', seeded.code));
		this.server = server;
		this.evening = evening;
		this.facilitator = this.#open.use(
			new Person({ origin: server.origin, cookie: facilitatorCookie }, 'facilitator', seeded.workshopId),
		);
		this.writers = people
			.slice(0, sizes.writers)
			.map((guest, index) => new IdeaWriter(comeIn(guest), `w${String(index)}`, random(index)));
		this.voters = people
			.slice(sizes.writers, sizes.writers + sizes.voters)
			.map((guest, index) => new Voter(comeIn(guest), guest.participantId, random(100 + index)));
		const sheet = { id: seeded.tables[0].sheetId, headings: sheetHeadings };
		this.scribes = scribeLines.map((line, index) => {
			this.#open.use(line);
			return this.#open.use(new Scribe(line.documents, sheet, `s${String(index)}-`, random(200 + index)));
		});
	}

	/** How much has been acknowledged in all, to wait for more of it. */
	get progress(): number {
		const commands = [...this.writers, ...this.voters].reduce((sum, { person }) => sum + person.answers.size, 0);
		return commands + this.scribes.reduce((sum, scribe) => sum + scribe.timesSaved, 0);
	}

	start(): void {
		this.#rest = new AbortController();
		const { signal } = this.#rest;
		this.#loops = [
			...this.writers.map((writer) => writer.write(signal)),
			...this.voters.map((voter) => voter.vote(this.round, signal)),
			...this.scribes.map((scribe) => scribe.write(signal)),
		];
	}

	/** Waits until everybody has got something acknowledged again, writers, voters and scribes alike. */
	async goesOn(steps = 4): Promise<void> {
		const counts = () => [
			...[...this.writers, ...this.voters].map(({ person }) => person.answers.size),
			...this.scribes.map((scribe) => scribe.timesSaved),
		];
		const before = counts();
		await vi.waitFor(() => {
			const stuck = counts().filter((count, index) => count < (before[index] ?? 0) + steps).length;
			if (stuck > 0) throw new Error(`${String(stuck)} of ${String(before.length)} don't get on`);
		}, patience);
	}

	/** Lets everybody come to rest: every command answered, every text saved. */
	async rest(): Promise<void> {
		this.#rest.abort();
		await Promise.all(this.#loops);
		await vi.waitFor(() => {
			const unsaved = this.scribes.filter((scribe) => !scribe.isSaved).length;
			if (unsaved > 0) throw new Error(`${String(unsaved)} texts are not saved`);
		}, patience);
	}

	/** What in Postgres isn't as it was promised to somebody. May be asked while the server is dead. */
	async rowFaults(sql: Database): Promise<string[]> {
		return rowFaults(sql, this);
	}

	/** Where rows and documents differ, as somebody who comes now sees them. To be asked at rest. */
	async replicaFaults(sql: Database): Promise<string[]> {
		return replicaFaults(sql, this);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#rest.abort();
		await this.#open.disposeAsync();
	}

	async #prepare(): Promise<void> {
		const { evening, facilitator } = this;
		const options = evening.plenaryIdeas.map((ideaId) => ({ ideaId: ideaId as IdeaId }));
		const opened = await facilitator.ask('vote.open', { title: 'What first?', rule: voteRule, options });
		if (!opened.ok || opened.result.roundId === undefined) throw new Error('The vote was not opened');
		const { roundId } = opened.result;
		await Promise.all(this.writers.map((writer) => writer.begin(evening.seeded.tables[0].boardId as BoardId)));
		await vi.waitFor(() => {
			const round = facilitator.view?.rounds[roundId];
			if (round === undefined) throw new Error('The round is not in view yet');
			this.round = { roundId, optionIds: Object.keys(round.options) as OptionId[] };
		}, patience);
	}
}
