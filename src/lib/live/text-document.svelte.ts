import type { Text } from 'yjs';

import type { ErrorCode } from '#lib/protocol/errors.ts';
import { noteColours, type NoteColour } from '#lib/domain/idea.ts';

import { browserStorage, type DeviceStorage } from './device-storage.ts';
import { syncAddress } from './document-connection.ts';
import { TextConnection, type TextInstance, type TextStatus } from './text-connection.ts';
import type { Passages } from './text-draft.ts';

/** Somebody else who has the text open. */
export type CoWriter = { readonly clientId: number; readonly name: string; readonly colour: NoteColour };

export type TextDocumentOptions = {
	readonly documentId: string;
	readonly headings: readonly string[];
	readonly storage?: DeviceStorage;
	readonly address?: string;
};

/**
 * A text that several people write, as components use it. Connects when it is made (in the browser only: in an effect or
 * `onMount`) and comes back by itself until it is closed.
 */
export class TextDocumentSession {
	readonly headings: readonly string[];
	readonly #connection: TextConnection;
	#instance: TextInstance | null = $state.raw(null);
	#status: TextStatus = $state('connecting');
	#mayWrite = $state(false);
	#drafts: Passages = $state.raw({});
	#people: readonly CoWriter[] = $state.raw([]);

	constructor({ documentId, headings, storage, address }: TextDocumentOptions) {
		this.headings = headings;
		this.#connection = new TextConnection({
			address: address ?? syncAddress(),
			documentId,
			headings,
			storage: storage ?? browserStorage(),
			changed: () => this.#update(),
		});
	}

	/** The present replica; a component that edits it is made anew when this is another one. */
	get instance(): TextInstance | null {
		return this.#instance;
	}

	get status(): TextStatus {
		return this.#status;
	}

	get mayWrite(): boolean {
		return this.#mayWrite;
	}

	/** By heading, what was typed here and not taken over, to be shown beside the field. */
	get drafts(): Passages {
		return this.#drafts;
	}

	get people(): readonly CoWriter[] {
		return this.#people;
	}

	/** Why the server doesn't let us read it; only with the status `refused`. */
	get refusedBy(): ErrorCode | null {
		return this.#status === 'refused' ? this.#connection.refusedBy : null;
	}

	text(heading: string): Text | null {
		return this.#instance?.document.getText(heading) ?? null;
	}

	/** The person has copied a draft back or doesn't want it. */
	dropDraft(heading: string): void {
		this.#connection.dropDraft(heading);
	}

	close(): void {
		this.#connection.close();
	}

	#update(): void {
		const { instance, status, mayWrite, drafts } = this.#connection;
		if (instance !== this.#instance) {
			this.#instance = instance;
			instance?.awareness.on('change', () => (this.#people = coWriters(instance)));
			this.#people = instance === null ? [] : coWriters(instance);
		}
		this.#status = status;
		this.#mayWrite = mayWrite;
		this.#drafts = drafts;
	}
}

function coWriters({ awareness, document }: TextInstance): CoWriter[] {
	return [...awareness.getStates()].flatMap(([clientId, state]) => {
		const user = readCaretUser(state);
		return user === null || clientId === document.clientID ? [] : [{ clientId, ...user }];
	});
}

/** Name and colour that the server has put on a caret. */
export function readCaretUser(state: Readonly<Record<string, unknown>>): { name: string; colour: NoteColour } | null {
	const { user } = state;
	if (typeof user !== 'object' || user === null || !('name' in user) || !('colour' in user)) return null;
	const colour = noteColours.find((known) => known === user.colour);
	return typeof user.name === 'string' && colour !== undefined ? { name: user.name, colour } : null;
}
