import { expect, vi } from 'vitest';

import type { StepRules } from '#lib/domain/step.ts';
import type { StartedPairing } from '#lib/protocol/pairing.ts';
import type { CommandInput, CommandName, CommandResult } from '#lib/protocol/commands.ts';

import { Guest, type LiveConnection } from './guest.ts';
import type { RunningApp } from './running-app.ts';
import { seedWorkshop, type SeededWorkshop } from './seeded-workshop.ts';
import { signIn } from './signed-in.ts';

export const patience = { timeout: 5_000, interval: 20 };

export type Present = { readonly guest: Guest; readonly live: LiveConnection };

/** One room of a running program, its people over real sockets: `using room = await LiveRoom.open(app)`. */
export class LiveRoom implements Disposable {
	readonly app: RunningApp;
	readonly seeded: SeededWorkshop;
	readonly #open = new DisposableStack();

	private constructor(app: RunningApp, seeded: SeededWorkshop) {
		this.app = app;
		this.seeded = seeded;
	}

	static async open(app: RunningApp): Promise<LiveRoom> {
		return new LiveRoom(app, await seedWorkshop(app.database.sql, { step: 'collect' }));
	}

	/** A browser that nobody has come in with yet. */
	stranger(): Guest {
		return this.#open.use(new Guest(this.app.origin));
	}

	/** Somebody with a phone, at a table or at none. */
	async person(nickname: string, tableNumber?: 0 | 1): Promise<Present> {
		const guest = this.stranger();
		const table = tableNumber === undefined ? undefined : this.seeded.tables[tableNumber];
		await guest.join(this.seeded.code, { nickname, ...(table && { tableId: table.id }) });
		return this.#present(guest, 'participant');
	}

	/** Whoever runs the evening, or a colleague by this name. */
	async facilitator(name?: string): Promise<Present> {
		const accountId = name === undefined ? this.seeded.accountId : await this.#colleague(name);
		return this.#present(this.#open.use(new Guest(this.app.origin, await signIn(this.app, accountId))), 'facilitator');
	}

	/** A tablet or projector, let in by a facilitator. */
	async device(by: Present, kind: 'screen' | 'table', tableId?: string): Promise<Present> {
		const guest = this.stranger();
		const { code, secret } = await guest.client.json<StartedPairing>('POST', '/pairings', { kind });
		const approval = { code, name: `A ${kind}`, ...(tableId === undefined ? {} : { tableId }) };
		await by.guest.client.json('POST', `/workshops/${this.seeded.workshopId}/pairings/approve`, approval);
		await guest.client.json('POST', '/pairings/poll', { secret });
		return this.#present(guest, kind);
	}

	async setRules(rules: Partial<StepRules>): Promise<void> {
		const { sql } = this.app.database;
		await sql`update step set rules = rules || ${sql.json(rules)} where id = ${this.seeded.steps.collect}`;
	}

	[Symbol.dispose](): void {
		this.#open.dispose();
	}

	async #colleague(name: string): Promise<string> {
		const { sql } = this.app.database;
		const [row] = await sql<{ id: string }[]>`
			insert into account (email, name) values (${`${name.toLowerCase()}@${this.seeded.editionSlug}.example.org`}, ${name}) returning id`;
		if (row === undefined) throw new Error('The colleague has no account');
		await sql`
			insert into programme_member (programme_id, account_id, role)
			values (${this.seeded.programmeId}, ${row.id}, 'facilitator')`;
		return row.id;
	}

	async #present(guest: Guest, audience: Parameters<Guest['live']>[0]): Promise<Present> {
		const workshop = audience === 'facilitator' ? this.seeded.workshopId : this.seeded.code;
		const live = guest.live(audience, workshop);
		await vi.waitFor(() => expect(live.me).toBeDefined(), patience);
		return { guest, live };
	}
}

/** Sends a command that must be taken. */
export async function must<Name extends CommandName>(
	{ live }: Pick<Present, 'live'>,
	name: Name,
	payload: CommandInput<Name>,
): Promise<CommandResult> {
	const ack = await live.send(name, payload);
	if (!ack.ok) throw new Error(`${name} was refused with ${ack.error.code}`);
	return ack.result;
}

/** Everything that a connection is sent from now on, as text. */
export function listen({ live }: Pick<Present, 'live'>): () => string {
	const heard: string[] = [];
	live.socket.onAny((...message) => heard.push(JSON.stringify(message)));
	return () => heard.join('\n');
}
