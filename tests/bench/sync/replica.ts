import * as Y from 'yjs';

import { ideasOf } from '#lib/protocol/board-document.ts';

import { keystroke, type ChangeKey, type Journal } from './journal.ts';
import type { Member } from './member.ts';

export const documentKinds = ['text', 'board'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** What a member with this many updates had applied, and the hash that any other one must have had then. */
type Mark = { readonly hash: number; readonly applied: number };

/** The document of a client that parses what it gets, and how long each change took to be applied in it. */
export class Replica {
	readonly document = new Y.Doc();
	/** Milliseconds from sending to application, of every change since the last {@link reset}. */
	delaysMs: number[] = [];
	readonly #journal: Journal;
	#marks: Mark[] = [];

	constructor(kind: DocumentKind, journal: Journal) {
		this.#journal = journal;
		const applied = (key: ChangeKey) => this.#applied(key);
		if (kind === 'text') followText(this.document, applied);
		else followBoard(this.document, applied);
	}

	get applied(): number {
		return this.delaysMs.length;
	}

	apply(update: Uint8Array, member: Member): void {
		Y.applyUpdate(this.document, update);
		this.#marks.push({ hash: member.hash, applied: this.applied });
	}

	reset(member: Member): void {
		this.delaysMs = [];
		this.#marks = [{ hash: member.hash, applied: 0 }];
	}

	/** How many changes a member has that got the same bytes so far; 0 for one that got others. */
	appliedAt(member: Member): number {
		const mark = this.#marks[Math.min(member.updates, this.#marks.length - 1)];
		if (mark === undefined || (member.updates < this.#marks.length && mark.hash !== member.hash)) return 0;
		return mark.applied;
	}

	#applied(key: ChangeKey): void {
		const sentAt = this.#journal.sentAt(key);
		if (sentAt !== undefined) this.delaysMs.push(performance.now() - sentAt);
	}
}

function followText(document: Y.Doc, applied: (key: ChangeKey) => void): void {
	document.on('afterTransaction', ({ beforeState, afterState, deleteSet }: Y.Transaction) => {
		for (const [client, end] of afterState) {
			for (let clock = beforeState.get(client) ?? 0; clock < end; clock += 1) applied(keystroke(client, clock, false));
		}
		for (const [client, ranges] of deleteSet.clients) {
			for (const { clock, len } of ranges) {
				for (let unit = clock; unit < clock + len; unit += 1) applied(keystroke(client, unit, true));
			}
		}
	});
}

function followBoard(document: Y.Doc, applied: (key: ChangeKey) => void): void {
	const ideas = ideasOf(document);
	ideas.observeDeep((events) => {
		for (const event of events) {
			const own = event.target !== ideas;
			for (const key of event.keys.keys()) {
				const idea = own ? (event.target as Y.Map<unknown>) : ideas.get(key);
				if (idea === undefined) continue;
				if (!own || key === 'text') applied(wordsKey(String(idea.get('text'))));
				else if (key === 'groupId') applied(placeKey(String(event.path[0]), String(idea.get('groupId'))));
			}
		}
	});
}

/** An idea made or edited: its words are nobody else's. */
export function wordsKey(text: string): ChangeKey {
	return text;
}

/** An idea moved into a group. */
export function placeKey(ideaId: string, groupId: string): ChangeKey {
	return `${ideaId} ${groupId}`;
}
