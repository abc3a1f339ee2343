import { setTimeout as pause } from 'node:timers/promises';

import type { CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { Database } from '#server/db/client.ts';

import type { LiveConnection } from '../../helpers/guest.ts';

import { acts, type Act } from './acts.ts';
import type { SeededEvening } from './seeding.ts';
import type { Span } from './update-rate.ts';

export type PlayedAct = { readonly act: Act; readonly span: Span };

const plenaryOptions = 12;
const tableOptions = 6;
const dots = { dots: 3, maxPerOption: 2 };
/** How much of the vote the room as a whole gets; then the tables vote. */
const plenaryShare = 0.4;

/** The facilitator of the evening, who goes from step to step and opens and closes the votes. */
export class Host {
	/** The longest that a command of this name took. */
	readonly slowestMs = new Map<CommandName, number>();
	readonly #cockpit: LiveConnection;
	readonly #evening: SeededEvening;
	readonly #sql: Database;

	constructor(cockpit: LiveConnection, evening: SeededEvening, sql: Database) {
		this.#cockpit = cockpit;
		this.#evening = evening;
		this.#sql = sql;
	}

	/** Leads through all steps; returns when which of them was on. */
	async lead(milliseconds: number): Promise<PlayedAct[]> {
		const played: PlayedAct[] = [];
		for (const [index, act] of acts.entries()) {
			const end = performance.now() + act.share * milliseconds;
			await this.#send('step.go', { stepId: this.#evening.steps[index] ?? '' });
			const from = performance.now();
			if (act.kind === 'vote') await this.#voteUntil(end);
			await until(end);
			played.push({ act, span: { from, to: performance.now() } });
		}
		return played;
	}

	async #voteUntil(end: number): Promise<void> {
		const half = performance.now() + (end - performance.now()) * plenaryShare;
		const whole = await this.#open(null, await this.#publishedIdeas(plenaryOptions));
		await until(half);
		await this.#close(whole);
		const rounds: string[] = [];
		for (const { id, boardId } of this.#evening.tables) {
			const options = await this.#publishedIdeas(tableOptions, boardId);
			if (options.length >= 2) rounds.push(await this.#open(id, options));
		}
		await until(end);
		for (const roundId of rounds) await this.#close(roundId);
	}

	async #open(tableId: string | null, ideas: readonly string[]): Promise<string> {
		const options = ideas.map((ideaId) => ({ ideaId }));
		const { roundId } = await this.#send('vote.open', { title: 'What comes first?', rule: dots, tableId, options });
		return roundId ?? '';
	}

	async #close(roundId: string): Promise<void> {
		await this.#send('vote.close', { roundId });
		await this.#send('vote.publish', { roundId, published: true });
	}

	async #send<Name extends CommandName>(name: Name, payload: CommandInput<Name>) {
		const start = performance.now();
		const ack = await this.#cockpit.send(name, payload);
		this.slowestMs.set(name, Math.max(this.slowestMs.get(name) ?? 0, performance.now() - start));
		if (!ack.ok) throw new Error(`${name} was refused: ${ack.error.code}`);
		return ack.result;
	}

	/** Some published ideas, of one board or of all; as if the facilitator had picked them out. */
	async #publishedIdeas(count: number, boardId?: string): Promise<string[]> {
		const sql = this.#sql;
		const rows = await sql<{ id: string }[]>`
			select i.id from idea i join board b on b.id = i.board_id
			where b.workshop_id = ${this.#evening.workshopId} and i.state = 'published'
				${boardId === undefined ? sql`` : sql`and b.id = ${boardId}`}
			order by i.id limit ${count}`;
		return rows.map(({ id }) => id);
	}
}

async function until(end: number): Promise<void> {
	await pause(Math.max(0, end - performance.now()));
}
