import { vi } from 'vitest';

import { defaultRules, stepKinds, type StepKind, type StepRules } from '#lib/domain/step.ts';
import type { Database } from '#server/db/client.ts';

import { seedWorkshop, type SeededWorkshop } from '../seeded-workshop.ts';
import { signIn } from '../signed-in.ts';
import type { RunningApp } from '../running-app.ts';
import { Client, patience, people, type Cast, type PersonName } from './cast.ts';
import { moments, type Moment } from './moments.ts';
import type { Recording } from './scan.ts';
import { canary, type Secret } from './secret.ts';

export type StepName = 'collect' | 'vote' | 'silent' | 'inbox' | 'anonymous' | 'table' | 'unrecorded';

/** What the script finds out on its way and the table of secrets needs: ids, tokens. */
export type Facts = Map<string, string>;

export type HallOptions = {
	/** Addresses of pages that are asked for instead of the API's, with `{code}`, `{edition}` and other ids left open. */
	readonly pages?: readonly string[];
	/** Those who try every door; else one of each kind. */
	readonly probers?: readonly PersonName[];
};

const oneOfEachKind = [
	'claire',
	'denis',
	'anna',
	'ravi',
	'bruno',
	'lea',
	'pedro',
	'tablet',
	'wall',
	'visitor',
	'otto',
	'eve',
] as const;

/** A hall on one evening: the program, the workshop, everybody's devices, and the present moment. */
export class RecordedHall implements AsyncDisposable {
	readonly app: RunningApp;
	readonly workshop: SeededWorkshop;
	readonly steps: Readonly<Record<StepName, string>>;
	/** One step of every kind, with the rules that its kind begins with. */
	readonly stepsByKind: ReadonlyMap<StepKind, string>;
	readonly cast: Cast;
	readonly facts: Facts = new Map();
	readonly pages: readonly string[];
	/** Those who try every door. */
	readonly probers: readonly Client[];
	readonly #clock: { moment: Moment };
	#beats = 0;

	private constructor(
		app: RunningApp,
		workshop: SeededWorkshop,
		{ steps, stepsByKind }: Pick<RecordedHall, 'steps' | 'stepsByKind'>,
		cast: Cast,
		clock: { moment: Moment },
		{ pages = [], probers = oneOfEachKind }: HallOptions,
	) {
		this.app = app;
		this.pages = pages;
		this.probers = probers.map((name) => cast[name]);
		this.workshop = workshop;
		this.steps = steps;
		this.stepsByKind = stepsByKind;
		this.cast = cast;
		this.#clock = clock;
	}

	static async open(app: RunningApp, options: HallOptions): Promise<RecordedHall> {
		const { sql } = app.database;
		const workshop = await seedWorkshop(sql, { step: 'collect' });
		const steps = await prepareSteps(sql, workshop);
		const clock: { moment: Moment } = { moment: moments[0] };
		const names = Object.values(people).flat();
		const arrived = await Promise.all(
			names.map(async (name) => [name, await Client.arrive(name, app.origin, () => clock.moment)] as const),
		);
		return new RecordedHall(app, workshop, steps, Object.fromEntries(arrived) as Cast, clock, options);
	}

	get sql(): Database {
		return this.app.database.sql;
	}

	get clients(): readonly Client[] {
		return Object.values(this.cast);
	}

	/** Ends the moment before, when everything of it has arrived, and begins one. */
	async begin(moment: Moment): Promise<void> {
		await this.settle();
		this.skipTo(moment);
	}

	isPast(moment: Moment | undefined): boolean {
		return moment !== undefined && moments.indexOf(this.#clock.moment) >= moments.indexOf(moment);
	}

	/** Begins a moment at once. */
	skipTo(moment: Moment): void {
		if (moments.indexOf(moment) !== moments.indexOf(this.#clock.moment) + 1) {
			throw new Error(`"${moment}" does not come after "${this.#clock.moment}"`);
		}
		this.#clock.moment = moment;
	}

	/**
	 * Waits until whatever was to be sent has arrived: Claire sets the timer, which everybody in the room is told after everything
	 * that came before it.
	 */
	async settle(): Promise<void> {
		this.#beats += 1;
		const durationMs = 600_000 + this.#beats * 1_000;
		await this.cast.claire.send('timer.start', { durationMs });
		await vi.waitFor(() => {
			for (const client of this.clients) {
				if (client.hearsTheRoom && client.live.view?.timer?.durationMs !== durationMs) {
					throw new Error(`${client.name} does not hear the timer`);
				}
			}
		}, patience);
	}

	/** Signs somebody's browser in, as an account or a device. */
	async signIn(name: PersonName, ownerId: string): Promise<void> {
		const { guest, relay } = this.cast[name];
		const browser = await signIn({ ...this.app, origin: relay.origin }, ownerId);
		for (const [cookie, value] of browser.cookies) guest.client.cookies.set(cookie, value);
	}

	fact(name: string): string {
		const fact = this.facts.get(name);
		if (fact === undefined) throw new Error(`The evening did not tell ${name}`);
		return fact;
	}

	async recording(secrets: readonly Secret[]): Promise<Recording> {
		return {
			moments,
			clients: this.clients.map(({ name, relay: { received, sent, faults } }) => ({ name, received, sent, faults })),
			secrets,
			stored: await dump(this.sql),
		};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all(this.clients.map((client) => client[Symbol.asyncDispose]()));
	}
}

/** Gives the evening its rules, and Claire something to keep secret. */
async function prepareSteps(
	sql: Database,
	workshop: SeededWorkshop,
): Promise<Pick<RecordedHall, 'steps' | 'stepsByKind'>> {
	const open: StepRules = { ...defaultRules('collect'), arrange: 'everybody', sheet: 'everybody' };
	let position = 2;
	const add = async (rules: StepRules, kind: StepKind = 'collect'): Promise<string> => {
		position += 1;
		const [row] = await sql<[{ id: string }]>`
			insert into step (workshop_id, position, kind, title, prompt, duration_ms, rules)
			values (${workshop.workshopId}, ${position}, ${kind}, '{}', '{}', 0, ${sql.json(rules)}) returning id`;
		return row.id;
	};
	await sql`update step set rules = ${sql.json(open)} where id = ${workshop.steps.collect}`;
	await sql`
		update account set email = ${`${canary("Claire's address")}@example.org`}, password_hash = ${canary("Claire's password")}
		where id = ${workshop.accountId}`;
	const steps = {
		...workshop.steps,
		silent: await add({ ...open, intake: 'private', names: 'hidden' }),
		inbox: await add({ ...open, intake: 'inbox', names: 'hidden' }),
		anonymous: await add({ ...open, names: 'hidden' }),
		table: await add({ ...open, names: 'hidden', see: 'table' }),
		unrecorded: await add({ ...open, names: 'unrecorded' }),
	};
	const stepsByKind = new Map<StepKind, string>();
	for (const kind of stepKinds) stepsByKind.set(kind, await add(defaultRules(kind), kind));
	return { steps, stepsByKind };
}

/** Every row of every table, as JSON by table. */
async function dump(sql: Database): Promise<string> {
	const tables = await sql<{ name: string }[]>`
		select table_name as name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;
	const rows = await Promise.all(
		tables.map(async ({ name }) => [name, await sql`select to_jsonb(r) as row from ${sql(name)} r`] as const),
	);
	return JSON.stringify(Object.fromEntries(rows));
}
