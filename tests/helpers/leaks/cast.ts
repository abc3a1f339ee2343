import { vi } from 'vitest';

import type { CommandInput, CommandName, CommandResult } from '#lib/protocol/commands.ts';
import type { Audience } from '#lib/protocol/live.ts';

import { BrowserClient } from '../browser-client.ts';
import { Guest, type BoardReader, type LiveConnection } from '../guest.ts';
import { Relay } from './relay.ts';
import { Sheet } from './sheet.ts';

/** How long anything in the evening may take to arrive. */
export const patience = { timeout: 20_000, interval: 10 };

/** Everybody who has a device in the evening, or tries. */
export const people = {
	facilitators: ['claire', 'denis'],
	/** `felix` looks at his phone late, `nora` comes in late. */
	firstTable: ['anna', 'paul', 'wanda', 'mia', 'bruno', 'lea', 'felix', 'nora'],
	secondTable: ['ravi', 'sofia', 'tom'],
	withoutTable: ['pedro'],
	tablets: ['tablet', 'secondTablet'],
	screens: ['beamer', 'wall', 'results'],
	/** Belongs to the first table. */
	tableScreens: ['tableScreen'],
	/** A passer-by, somebody who comes too late, a participant and a facilitator of other evenings. */
	outsiders: ['visitor', 'hugo', 'otto', 'eve'],
} as const;
export type PersonName = (typeof people)[keyof typeof people][number];
export type Cast = Readonly<Record<PersonName, Client>>;

/** Where no WebSocket gets through, the live session comes as answers to plain requests. */
const polling: PersonName = 'pedro';

/** One person's or device's browser, behind a relay that records what it gets. */
export class Client implements AsyncDisposable {
	readonly name: PersonName;
	readonly relay: Relay;
	readonly guest: Guest;
	#live: LiveConnection | undefined;
	readonly #sheets: Sheet[] = [];

	private constructor(name: PersonName, relay: Relay) {
		this.name = name;
		this.relay = relay;
		this.guest = new Guest(relay.origin, new BrowserClient(relay.origin));
	}

	static async arrive(name: PersonName, origin: string, moment: () => string): Promise<Client> {
		return new Client(name, await Relay.to(origin, moment));
	}

	get live(): LiveConnection {
		if (this.#live === undefined) throw new Error(`${this.name} is not in the room`);
		return this.#live;
	}

	/** Whether this client is told what goes on in the room: outsiders never are, and a blocked person need not be. */
	get hearsTheRoom(): boolean {
		const live = this.#live;
		if (live?.socket.connected !== true || live.view === undefined || isOutsider(this.name)) return false;
		return live.me?.kind !== 'participant' || !live.me.blocked;
	}

	/** Opens the live session, anew if there is one. */
	async goLive(audience: Audience, workshop: string): Promise<LiveConnection> {
		this.#live?.close();
		const live = this.guest.live(audience, workshop);
		if (this.name === polling) poll(live);
		this.#live = live;
		await vi.waitFor(() => {
			if (live.me === undefined || live.view === undefined) throw new Error(`${this.name} is not told who they are`);
		}, patience);
		return live;
	}

	/** Sends a command that must succeed. */
	async send<Name extends CommandName>(name: Name, payload: CommandInput<Name>): Promise<CommandResult> {
		const ack = await this.live.send(name, payload);
		if (!ack.ok) throw new Error(`${name} of ${this.name} was refused with ${ack.error.code}`);
		return ack.result;
	}

	/** Sends in an idea; returns its id. */
	async write(text: string, details: Omit<CommandInput<'idea.submit'>, 'text'> = {}): Promise<string> {
		const { ideaId } = await this.send('idea.submit', { text, ...details });
		if (ideaId === undefined) throw new Error('The idea has no id');
		return ideaId;
	}

	/** Opens a board, and waits until it is there. */
	async readBoard(boardId: string): Promise<BoardReader> {
		const board = this.guest.board(boardId);
		await vi.waitFor(() => {
			if (!board.synced) throw new Error(`${this.name} sees no board`);
		}, patience);
		return board;
	}

	async openSheet(documentId: string): Promise<Sheet> {
		const sheet = await Sheet.open(this.relay.origin, this.guest.client.cookieHeader, documentId);
		if (typeof sheet === 'number') throw new Error(`${this.name} may not open the sheet (${sheet})`);
		this.#sheets.push(sheet);
		await vi.waitFor(() => {
			if (!sheet.synced) throw new Error(`${this.name} sees no sheet`);
		}, patience);
		return sheet;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.guest[Symbol.dispose]();
		for (const sheet of this.#sheets) sheet[Symbol.dispose]();
		await this.relay[Symbol.asyncDispose]();
	}
}

function poll({ socket }: LiveConnection): void {
	socket.disconnect();
	socket.io.opts.transports = ['polling'];
	socket.connect();
}

function isOutsider(name: PersonName): boolean {
	return people.outsiders.some((outsider) => outsider === name);
}
