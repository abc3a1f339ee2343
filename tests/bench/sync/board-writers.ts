import { randomUUID } from 'node:crypto';

import type { Random } from '#server/rehearsal/crowd/seeded-random.ts';

import type { Crowd, CrowdMember } from './crowd.ts';
import { holdsWithin } from './crowd.ts';
import { LiveSocket } from './live-socket.ts';
import { MapScribe, type Fields } from './map-updates.ts';
import { placeKey, wordsKey } from './replica.ts';
import type { Writer } from './typing.ts';
import { proseOf } from './words.ts';

/** How one person changes a board; each settles when the server has taken it, as far as one can know. */
type Hand = {
	create(text: string): Promise<string>;
	edit(ideaId: string, text: string): Promise<void>;
	move(ideaId: string, groupId: string): Promise<void>;
	readonly sockets: number;
	receivedBytes(): number;
	close(): void;
};

type OwnIdea = { readonly id: string; place: number };

const createShare = 0.15;
const editShare = 0.45;
/** With fewer, the same idea would be changed twice within a second, and a server may send only the second change. */
const fewestIdeas = 3;
const prose = proseOf(4_000);

/** Makes ideas, and edits and moves those that were left alone for longest. */
class IdeaWriter implements Writer {
	readonly #hand: Hand;
	readonly #crowd: Crowd;
	readonly #groups: readonly string[];
	readonly #random: Random;
	readonly #name: string;
	/** At rest, in the order in which they were touched last. */
	readonly #ideas: OwnIdea[] = [];
	#texts = 0;
	#last = Promise.resolve();

	constructor(hand: Hand, about: { crowd: Crowd; groups: readonly string[]; random: Random; name: string }) {
		this.#hand = hand;
		this.#crowd = about.crowd;
		this.#groups = about.groups;
		this.#random = about.random;
		this.#name = about.name;
	}

	change(): void {
		const wish = this.#random();
		const idea = wish < createShare || this.#ideas.length < fewestIdeas ? undefined : this.#ideas.shift();
		this.#last = (idea === undefined ? this.#create() : this.#touch(idea, wish)).then((after) => {
			this.#ideas.push(after);
		});
	}

	acknowledged(): Promise<void> {
		return this.#last;
	}

	get sockets(): number {
		return this.#hand.sockets;
	}

	receivedBytes(): number {
		return this.#hand.receivedBytes();
	}

	close(): void {
		this.#hand.close();
	}

	async #create(): Promise<OwnIdea> {
		const text = this.#newText();
		this.#crowd.journal.sent(wordsKey(text));
		return { id: await this.#hand.create(text), place: 0 };
	}

	async #touch(idea: OwnIdea, wish: number): Promise<OwnIdea> {
		if (wish < createShare + editShare) {
			const text = this.#newText();
			this.#crowd.journal.sent(wordsKey(text));
			await this.#hand.edit(idea.id, text);
		} else {
			const groupId = this.#groups[idea.place % this.#groups.length] ?? '';
			idea.place += 1;
			this.#crowd.journal.sent(placeKey(idea.id, groupId));
			await this.#hand.move(idea.id, groupId);
		}
		return idea;
	}

	#newText(): string {
		this.#texts += 1;
		const start = Math.floor(this.#random() * (prose.length - 100));
		return `${this.#name}.${String(this.#texts)} ${prose.slice(start, start + 80).trim()}`;
	}
}

/** People who send commands over socket.io, as our own pages do. */
export function commandWriters(
	crowd: Crowd,
	{ code, groups, random }: { code: string; groups: readonly string[]; random: Random },
): (person: CrowdMember, index: number) => Promise<Writer> {
	return async ({ cookie }, index) => {
		const socket = await LiveSocket.open({ port: crowd.options.port, cookie, code });
		const { documentId: boardId } = crowd.options;
		const hand: Hand = {
			create: async (text) => (await socket.command('idea.submit', { text, boardId })).ideaId ?? '',
			edit: async (ideaId, text) => {
				await socket.command('idea.edit', { ideaId, text });
			},
			move: async (ideaId, groupId) => {
				await socket.command('idea.move', { ideaId, groupId });
			},
			sockets: 1,
			receivedBytes: () => socket.receivedBytes,
			close: () => socket.close(),
		};
		return new IdeaWriter(hand, { crowd, groups, random, name: String(index) });
	};
}

export type BoardSize = { readonly ideas: number; readonly groups: number };

/** Fills a board at a server that knows nothing of boards; returns how others come to write maps of the same shape there. */
export async function fillBoard(
	crowd: Crowd,
	size: BoardSize,
	random: Random,
): Promise<(person: CrowdMember, index: number) => Writer> {
	const { founder, witness } = await crowd.found();
	const tableId = randomUUID();
	const groups = Array.from({ length: size.groups }, () => randomUUID());
	const scribe = new MapScribe(founder.clientId);
	const groupFields = (title: string, order: number): Fields => ({ title, order, colour: 'sky' });
	const entries = groups.map((id, index) => [id, groupFields(`Group ${String(index)}`, index)] as const);
	founder.member.sendUpdate(scribe.add('groups', Object.fromEntries(entries)));
	const ideas = Array.from({ length: size.ideas }, (_, index) => {
		const text = ideaText(index);
		return [
			randomUUID(),
			ideaFields(text, { tableId, groupId: groups[index % groups.length] ?? '', order: index }),
		] as const;
	});
	founder.member.sendUpdate(scribe.add('ideas', Object.fromEntries(ideas)));
	if (!(await holdsWithin(10_000, () => witness.document.getMap('ideas').size === size.ideas)))
		throw new Error('The document did not take its first ideas');
	return (person, index) => {
		const hand = mapHand(person, tableId);
		return new IdeaWriter(hand, { crowd, groups, random, name: String(index) });
	};
}

/** The words of one of the ideas that a board has from the start. */
export function ideaText(index: number): string {
	const start = (index * 37) % (prose.length - 120);
	return `${String(index)} ${prose.slice(start, start + 60 + (index % 40)).trim()}`;
}

function ideaFields(text: string, place: { tableId: string; groupId: string | null; order: number }): Fields {
	return {
		text,
		groupId: place.groupId,
		order: place.order,
		colour: 'sun',
		tableId: place.tableId,
		by: 'Person 17',
		at: Date.now(),
	};
}

function mapHand({ member, clientId }: CrowdMember, tableId: string): Hand {
	const scribe = new MapScribe(clientId);
	let order = 1000;
	const nextOrder = () => (order += 1);
	return {
		create(text) {
			const id = randomUUID();
			const fields = ideaFields(text, { tableId, groupId: null, order: nextOrder() });
			member.sendUpdate(scribe.add('ideas', { [id]: fields }));
			return Promise.resolve(id);
		},
		edit(id, text) {
			member.sendUpdate(scribe.set(id, { text }));
			return Promise.resolve();
		},
		move(id, groupId) {
			member.sendUpdate(scribe.set(id, { order: nextOrder(), groupId }));
			return Promise.resolve();
		},
		sockets: 0,
		receivedBytes: () => 0,
		close: () => undefined,
	};
}
