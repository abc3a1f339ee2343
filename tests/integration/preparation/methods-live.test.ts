import { expect, it } from 'vitest';

import type { MethodKey } from '#lib/domain/templates/workshop-templates.ts';
import type { CommandInput, CommandName, CommandResult } from '#lib/protocol/commands.ts';
import type { MadeWorkshop, WorkshopPlan } from '#lib/protocol/workshops.ts';
import { Guest, type LiveConnection } from '#tests/helpers/guest.ts';
import { runApp, type RunningApp } from '#tests/helpers/running-app.ts';
import { seedWorkshop } from '#tests/helpers/seeded-workshop.ts';
import { signIn } from '#tests/helpers/signed-in.ts';

/** Methods as they are run: that the rules of a template make of the room what the method asks for. */

class Evening implements Disposable {
	readonly app: RunningApp;
	readonly plan: WorkshopPlan;
	readonly #guests: Guest[] = [];
	readonly #claire: LiveConnection;

	private constructor(app: RunningApp, plan: WorkshopPlan, facilitator: Guest) {
		this.app = app;
		this.plan = plan;
		this.#guests.push(facilitator);
		this.#claire = facilitator.live('facilitator', plan.id);
	}

	static async open(app: RunningApp, template: MethodKey): Promise<Evening> {
		const { editionId, accountId } = await seedWorkshop(app.database.sql);
		const facilitator = new Guest(app.origin, await signIn(app, accountId));
		const draft = { editionId, template, title: { en: 'x' }, startsAt: null, place: null, tables: 2 };
		const { id } = await facilitator.client.json<MadeWorkshop>('POST', '/workshops', draft);
		const plan = await facilitator.client.json<WorkshopPlan>('POST', `/workshops/${id}/opening`);
		return new Evening(app, plan, facilitator);
	}

	/** Somebody at a table with a phone. */
	async person(table: number): Promise<LiveConnection> {
		const guest = new Guest(this.app.origin);
		this.#guests.push(guest);
		await guest.join(this.plan.code, { tableId: this.tableId(table) });
		return guest.live('participant', this.plan.code);
	}

	tableId(index: number): string {
		return this.plan.tables[index]?.id ?? '';
	}

	async goTo(title: string): Promise<void> {
		const step = this.plan.steps.find((candidate) => candidate.title.en === title);
		await must(this.#claire, 'step.go', { stepId: step?.id ?? '' });
	}

	/** What is written, and how far it reaches; `table` is `null` for the plenary. */
	async ideas(): Promise<{ text: string; state: string; reach: string; table: number | null }[]> {
		return this.app.database.sql<{ text: string; state: string; reach: string; table: number | null }[]>`
			select i.text, i.state, i.reach, t.position as table
			from idea i join board b on b.id = i.board_id left join workshop_table t on t.id = b.table_id
			where b.workshop_id = ${this.plan.id} order by i.created_at, i.id`;
	}

	[Symbol.dispose](): void {
		for (const guest of this.#guests) guest[Symbol.dispose]();
	}
}

async function must<Name extends CommandName>(
	by: LiveConnection,
	name: Name,
	payload: CommandInput<Name>,
): Promise<CommandResult> {
	const ack = await by.send(name, payload);
	if (!ack.ok) throw new Error(`${name} was refused: ${JSON.stringify(ack.error)}`);
	return ack.result;
}

it('1-2-4-All: alone is for oneself, then for the table, and only the last sentence is for the room', async () => {
	await using app = await runApp();
	using evening = await Evening.open(app, 'one-two-four-all');
	const anna = await evening.person(0);

	await evening.goTo('Alone');
	await must(anna, 'idea.submit', { text: 'a bench' });
	expect(await evening.ideas()).toMatchObject([{ text: 'a bench', state: 'private' }]);
	await evening.goTo('In pairs');
	expect(await evening.ideas()).toEqual([{ text: 'a bench', state: 'published', reach: 'table', table: 0 }]);
	await must(anna, 'idea.submit', { text: 'a lime tree' });
	await evening.goTo('In fours');
	await evening.goTo('All');
	await must(anna, 'idea.submit', { text: 'a bench under a lime tree' });
	expect(await evening.ideas()).toEqual([
		{ text: 'a bench', state: 'published', reach: 'table', table: 0 },
		{ text: 'a lime tree', state: 'published', reach: 'table', table: 0 },
		{ text: 'a bench under a lime tree', state: 'published', reach: 'room', table: null },
	]);
});

it('World Café: people move on, the board stays, whoever comes carries it on, and the harvest is for all', async () => {
	await using app = await runApp();
	using evening = await Evening.open(app, 'world-cafe');
	const anna = await evening.person(0);
	const paul = await evening.person(1);

	await evening.goTo('First round');
	const { ideaId = '' } = await must(anna, 'idea.submit', { text: 'a bakery' });
	await must(paul, 'idea.submit', { text: 'a bus' });
	expect(await paul.send('idea.edit', { ideaId, text: 'mine' })).toMatchObject({
		error: { code: 'access.otherTable' },
	});

	await evening.goTo('Change tables');
	await must(paul, 'participant.choose-table', { tableId: evening.tableId(0) });
	await evening.goTo('Second round');
	await must(paul, 'idea.edit', { ideaId, text: 'a bakery at the station' });
	await must(paul, 'idea.submit', { text: 'open at six' });
	await evening.goTo('Harvest');
	await must(paul, 'idea.submit', { text: 'bread where people pass by' });
	expect(await evening.ideas()).toEqual([
		{ text: 'a bakery at the station', state: 'published', reach: 'table', table: 0 },
		{ text: 'a bus', state: 'published', reach: 'table', table: 1 },
		{ text: 'open at six', state: 'published', reach: 'table', table: 0 },
		{ text: 'bread where people pass by', state: 'published', reach: 'room', table: null },
	]);
});

it('a consent round: an objection is nobody else’s to see before all are shown', async () => {
	await using app = await runApp();
	using evening = await Evening.open(app, 'consent-round');
	const anna = await evening.person(0);
	await evening.goTo('Objections');
	await must(anna, 'idea.submit', { text: 'it excludes those without a car' });
	expect(await evening.ideas()).toMatchObject([{ state: 'private' }]);
	await evening.goTo('Integrate');
	expect(await evening.ideas()).toMatchObject([{ state: 'published', reach: 'room', table: 0 }]);
});

it('a project meeting ends with a word that is nobody’s', async () => {
	await using app = await runApp();
	using evening = await Evening.open(app, 'project-meeting');
	const anna = await evening.person(0);
	await evening.goTo('Feedback');
	await must(anna, 'idea.submit', { text: 'too long', key: '0123456789abcdef0123456789abcdef' });
	const [row] = await app.database.sql`select participant_id, state, shows_name from idea where text = 'too long'`;
	expect(row).toEqual({ participant_id: null, state: 'inbox', shows_name: false });
	expect(await evening.ideas()).toMatchObject([{ table: null }]);
});
