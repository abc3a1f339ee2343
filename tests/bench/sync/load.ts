import { setTimeout as pause } from 'node:timers/promises';

import { seededRandom, type Random } from '#server/rehearsal/crowd/seeded-random.ts';

import { percentile } from '../percentile.ts';

import { commandWriters, fillBoard, type BoardSize } from './board-writers.ts';
import { Crowd, holdsWithin, type CrowdMember, type CrowdOptions } from './crowd.ts';
import type { Burst } from './joining.ts';
import { Journal } from './journal.ts';
import { fillText } from './text-writers.ts';
import { actInTurn, actOnAnswer, type Writer } from './typing.ts';

const seed = 20_26;
const writerShare = 0.2;
const changesPerSecond = 4;
/** So long nothing is sent before a phase. */
const quietMs = 100;

export type Growth = { readonly size: number; readonly replicas: number };

/** What one phase of changes was like at the clients. */
export type Phase = {
	readonly clients: number;
	readonly changes: number;
	/** Changes of others that arrived, over all clients. */
	readonly deliveries: number;
	readonly lost: number;
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly p99Ms: number;
	readonly receivedBytes: number;
	readonly seconds: number;
	/** The load's own share of a core while it sent. */
	readonly cpuShare: number;
};

/** A document, and what is in it before anything is measured. */
export type DocumentPlan = CrowdOptions & {
	readonly content:
		| { readonly text: string }
		/** At a peer. */
		| { readonly board: BoardSize }
		/** Ours, filled from its rows. */
		| { readonly code: string; readonly groups: readonly string[] };
};

/** A document's people, and how one of them becomes a writer. */
type Site = {
	readonly crowd: Crowd;
	readonly employ: (person: CrowdMember, index: number) => Writer | Promise<Writer>;
	/** By the number of the person. */
	readonly writers: Map<number, Writer>;
};

/** Everything that the load's process is told to do. */
export class Load {
	readonly #random: Random = seededRandom(seed);
	#sites: Site[] = [];

	/** Gets documents ready; two people of each are connected then. */
	async prepare({ documents }: { documents: readonly DocumentPlan[] }): Promise<void> {
		this.close();
		this.#sites = await Promise.all(
			documents.map(async ({ content, ...options }) => {
				const crowd = new Crowd(options, new Journal(), this.#random);
				return { crowd, employ: await this.#fill(crowd, content), writers: new Map<number, Writer>() };
			}),
		);
	}

	/** Lets each document's crowd grow. */
	async grow({ size, replicas }: Growth): Promise<void> {
		const writing = writersOf(size);
		const reading = Array.from({ length: size }, (_, number) => number).filter((number) => !writing.includes(number));
		const parsing = new Set(numbersOf(reading.length, replicas - 1).map((index) => reading[index] ?? 0));
		await Promise.all(this.#crowds.map((crowd) => crowd.grow(size, parsing)));
	}

	/** Makes writers of a fifth of everybody. */
	async employ(): Promise<void> {
		for (const { crowd, employ, writers } of this.#sites) {
			for (const [index, number] of writersOf(crowd.people.length).entries()) {
				const person = crowd.people[number];
				if (person !== undefined && !writers.has(number)) writers.set(number, await employ(person, index));
			}
		}
	}

	/** Sockets that are open now. */
	connections(): number {
		return this.#sites.reduce((sum, { crowd, writers }) => {
			const live = [...writers.values()].reduce((sockets, writer) => sockets + writer.sockets, 0);
			return sum + crowd.people.length + live;
		}, 0);
	}

	/** Newcomers to the first document, evenly spread over a time; they leave afterwards. How long each one took. */
	async burst({ people, overMs }: Burst): Promise<{ openMs: number[] }> {
		const [crowd] = this.#crowds;
		if (crowd === undefined) return { openMs: [] };
		const first = crowd.people.length;
		const came = await Promise.allSettled(
			Array.from({ length: people }, async (_, index) => {
				await pause((index * overMs) / people);
				return crowd.open(first + index, false);
			}),
		);
		const inside = came.flatMap((visit) => (visit.status === 'fulfilled' ? [visit.value] : []));
		for (const { member } of inside) member.close();
		return { openMs: inside.map(({ openMs }) => openMs) };
	}

	/** A phase of changes, which begins at rest and ends when everything has arrived, or after so many more. */
	async run({ milliseconds, drainMs }: { milliseconds: number; drainMs: number }): Promise<Phase> {
		await pause(quietMs);
		for (const crowd of this.#crowds) crowd.reset();
		const writers = this.#writers;
		const bytesBefore = bytesOf(writers);
		const start = performance.now();
		const cpuBefore = process.cpuUsage();
		await actInTurn(writers, changesPerSecond, milliseconds);
		const { user, system } = process.cpuUsage(cpuBefore);
		const seconds = (performance.now() - start) / 1000;
		await holdsWithin(drainMs, () => this.#crowds.every((crowd) => crowd.isComplete(crowd.journal.changes)));
		const delaysMs = this.#crowds.flatMap(({ replicas }) => replicas.flatMap(({ replica }) => replica.delaysMs));
		const count = countDeliveries(this.#crowds);
		return {
			...count,
			receivedBytes: count.receivedBytes + bytesOf(writers) - bytesBefore,
			p50Ms: percentile(delaysMs, 0.5),
			p95Ms: percentile(delaysMs, 0.95),
			p99Ms: percentile(delaysMs, 0.99),
			seconds,
			cpuShare: (user + system) / 1e6 / seconds,
		};
	}

	/** Each writer sends its next change when the last one was acknowledged. */
	async saturate({ milliseconds }: { milliseconds: number }): Promise<{ acknowledged: number; seconds: number }> {
		for (const crowd of this.#crowds) crowd.reset();
		const start = performance.now();
		const acknowledged = await actOnAnswer(this.#writers, milliseconds);
		return { acknowledged, seconds: (performance.now() - start) / 1000 };
	}

	/** Somebody who keeps a replica comes to a document and leaves, several times; how long each visit took to begin. */
	async visit({ document, times }: { document: DocumentPlan; times: number }): Promise<number[]> {
		const openMs: number[] = [];
		while (openMs.length < times) {
			const visitor = await new Crowd(document, new Journal(), this.#random).open(0, true);
			openMs.push(visitor.openMs);
			visitor.member.close();
		}
		return openMs;
	}

	close(): void {
		for (const { crowd, writers } of this.#sites) {
			crowd.close();
			for (const writer of writers.values()) writer.close();
		}
		this.#sites = [];
	}

	get #writers(): Writer[] {
		return this.#sites.flatMap((site) => [...site.writers.values()]);
	}

	get #crowds(): Crowd[] {
		return this.#sites.map(({ crowd }) => crowd);
	}

	async #fill(crowd: Crowd, content: DocumentPlan['content']): Promise<Site['employ']> {
		if ('text' in content) return fillText(crowd, content.text, this.#random);
		if ('board' in content) return fillBoard(crowd, content.board, this.#random);
		await crowd.found();
		return commandWriters(crowd, { ...content, random: this.#random });
	}
}

type Count = Pick<Phase, 'clients' | 'changes' | 'deliveries' | 'lost' | 'receivedBytes'>;

/** Expected is each change once at everybody but its writer; a client that got other bytes than a replica has none of them. */
function countDeliveries(crowds: readonly Crowd[]): Count {
	const counts = crowds.map((crowd) => {
		const { changes } = crowd.journal;
		const furthest = crowd.replicas.reduce((best, other) =>
			other.replica.applied > best.replica.applied ? other : best,
		);
		const missing = crowd.people.map(({ member, replica }) =>
			Math.max(0, changes - (replica?.applied ?? furthest.replica.appliedAt(member))),
		);
		const lost = missing.reduce((sum, count) => sum + count, 0);
		const clients = crowd.people.length;
		const receivedBytes = crowd.people.reduce((sum, { member }) => sum + member.receivedBytes, 0);
		return { clients, changes, deliveries: changes * (clients - 1) - lost, lost, receivedBytes };
	});
	const total = (figure: keyof Count) => counts.reduce((sum, count) => sum + count[figure], 0);
	return {
		clients: total('clients'),
		changes: total('changes'),
		deliveries: total('deliveries'),
		lost: total('lost'),
		receivedBytes: total('receivedBytes'),
	};
}

function bytesOf(writers: readonly Writer[]): number {
	return writers.reduce((sum, writer) => sum + writer.receivedBytes(), 0);
}

/** The numbers of those who write; whoever writes in a small crowd does so in a larger one. */
function writersOf(size: number): number[] {
	return numbersOf(size, Math.round(size * writerShare));
}

/** So many of the numbers below `size`, evenly spread, the last one among them. */
function numbersOf(size: number, count: number): number[] {
	return Array.from({ length: count }, (_, index) => Math.ceil(((index + 1) * size) / count) - 1);
}
