import { setTimeout as pause } from 'node:timers/promises';

import type { Random } from '#server/rehearsal/crowd/seeded-random.ts';

import { dialects, type ServerName } from './dialects.ts';
import type { Journal } from './journal.ts';
import { fetchGrant, Member } from './member.ts';
import { randomClientId } from './random.ts';
import { Replica, type DocumentKind } from './replica.ts';

/** One document and the people who connect to it. */
export type CrowdOptions = {
	readonly server: ServerName;
	readonly port: number;
	readonly documentId: string;
	readonly kind: DocumentKind;
	/** Whoever comes in beyond these has no cookie. */
	readonly cookies: readonly string[];
};

export type CrowdMember = {
	readonly member: Member;
	readonly clientId: number;
	readonly cookie: string;
	readonly replica: Replica | null;
	/** From asking for the document to its first state. */
	readonly openMs: number;
};

/** Handshakes under way at a time, unless a burst is what is measured. */
const openAtOnce = 16;

/** The clients of one document. */
export class Crowd {
	readonly options: CrowdOptions;
	readonly journal: Journal;
	readonly people: CrowdMember[] = [];
	readonly #random: Random;

	constructor(options: CrowdOptions, journal: Journal, random: Random) {
		this.options = options;
		this.journal = journal;
		this.#random = random;
	}

	get replicas(): { replica: Replica; member: Member }[] {
		return this.people.flatMap(({ replica, member }) => (replica === null ? [] : [{ replica, member }]));
	}

	/**
	 * Lets the first two in, of whom the second keeps a replica. They stay: a server may forget a document that nobody looks at.
	 */
	async found(): Promise<{ founder: CrowdMember; witness: Replica }> {
		const founder = await this.open(0, false);
		const second = await this.open(1, true);
		if (second.replica === null) throw new Error('There is no replica');
		this.people.push(founder, second);
		return { founder, witness: second.replica };
	}

	/** Lets people in until there are `size`; those whose numbers are in `parsing` keep a replica. */
	async grow(size: number, parsing: ReadonlySet<number>): Promise<void> {
		const first = this.people.length;
		let next = first;
		const enter = async () => {
			while (next < size) {
				const number = next;
				next += 1;
				this.people[number] = await this.open(number, parsing.has(number));
			}
		};
		await Promise.all(Array.from({ length: openAtOnce }, enter));
	}

	async open(number: number, parses: boolean): Promise<CrowdMember> {
		const { server, port, documentId, kind, cookies } = this.options;
		const dialect = dialects[server];
		const cookie = cookies[number] ?? '';
		const about = { port, dialect, documentId, cookie };
		const start = performance.now();
		const granted =
			kind === 'text' && dialect.grantsTexts
				? await fetchGrant(about)
				: { clientId: randomClientId(this.#random), query: '' };
		const replica = parses ? new Replica(kind, this.journal) : null;
		const member: Member = new Member({
			...about,
			query: granted.query,
			...(replica === null ? {} : { apply: (update) => replica.apply(update, member) }),
		});
		await member.synced;
		return { member, clientId: granted.clientId, cookie, replica, openMs: performance.now() - start };
	}

	/** Begins a new phase: forgets what was sent and received so far. */
	reset(): void {
		this.journal.reset();
		for (const { member, replica } of this.people) {
			member.reset();
			replica?.reset(member);
		}
	}

	/** Whether everybody has got every change of this phase. */
	isComplete(changes: number): boolean {
		const [reference] = this.replicas;
		if (reference === undefined) return true;
		if (this.replicas.some(({ replica }) => replica.applied < changes)) return false;
		return this.people.every(({ member }) => member.hash === reference.member.hash);
	}

	close(): void {
		for (const { member } of this.people) member.close();
	}
}

/** Waits until it holds, for at most so long; returns whether it does. */
export async function holdsWithin(patienceMs: number, holds: () => boolean): Promise<boolean> {
	const end = performance.now() + patienceMs;
	while (!holds()) {
		if (performance.now() > end) return false;
		await pause(5);
	}
	return true;
}
