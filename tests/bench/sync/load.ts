import { setTimeout as pause } from 'node:timers/promises';

import { percentile } from '../percentile.ts';

import { Crowd, holdsWithin, type CrowdOptions } from './crowd.ts';
import { Journal } from './journal.ts';
import { seededRandom, type Random } from './random.ts';
import { fillText, textWriters } from './text-writers.ts';
import { actInTurn, type Writer } from './typing.ts';

const seed = 20_26;
const writerShare = 0.2;
const changesPerSecond = 4;
const drainMs = 10_000;
/** Nothing more arrives after this much silence at the end of a warm-up. */
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

/** Everything that the load's process is told to do. */
export class Load {
	readonly #random: Random = seededRandom(seed);
	#crowds: Crowd[] = [];
	#writers: Writer[] = [];
	#founders: { owner: number; units: number }[] = [];

	/** Gets documents ready; two people of each are connected then. */
	async prepare({ documents, text }: { documents: readonly CrowdOptions[]; text: string }): Promise<void> {
		this.#crowds = documents.map((options) => new Crowd(options, new Journal(), this.#random));
		this.#founders = await Promise.all(
			this.#crowds.map(async (crowd) => ({ owner: await fillText(crowd, text, this.#random), units: text.length })),
		);
	}

	/** Lets each document's crowd grow; a fifth of it writes. */
	async grow({ size, replicas }: Growth): Promise<{ openMs: number[] }> {
		const writing = numbersOf(size, Math.round(size * writerShare), 1);
		const reading = Array.from({ length: size }, (_, number) => number).filter((number) => !writing.includes(number));
		const parsing = new Set(numbersOf(reading.length, replicas - 1, 1).map((index) => reading[index] ?? 0));
		await Promise.all(this.#crowds.map((crowd) => crowd.grow(size, parsing)));
		const random = this.#random;
		this.#writers = this.#crowds.flatMap((crowd, index) => {
			const { owner, units } = this.#founders[index] ?? { owner: 0, units: 0 };
			return textWriters(crowd, writing, { owner, units, random });
		});
		return { openMs: this.#crowds.flatMap(({ people }) => people.map(({ openMs }) => openMs)) };
	}

	/** Changes that aren't measured, until both sides are warm; then everybody is at rest. */
	async warm({ milliseconds }: { milliseconds: number }): Promise<void> {
		for (const crowd of this.#crowds) crowd.reset();
		await actInTurn(this.#writers, changesPerSecond, milliseconds);
		await this.#drained();
		await pause(quietMs);
		for (const crowd of this.#crowds) {
			crowd.journal.reset();
			crowd.reset();
		}
	}

	async measure({ milliseconds }: { milliseconds: number }): Promise<Phase> {
		const start = performance.now();
		const cpuBefore = process.cpuUsage();
		await actInTurn(this.#writers, changesPerSecond, milliseconds);
		const { user, system } = process.cpuUsage(cpuBefore);
		const seconds = (performance.now() - start) / 1000;
		await this.#drained();
		const delaysMs = this.#crowds.flatMap(({ replicas }) => replicas.flatMap(({ replica }) => replica.delaysMs));
		return {
			...countDeliveries(this.#crowds),
			p50Ms: percentile(delaysMs, 0.5),
			p95Ms: percentile(delaysMs, 0.95),
			p99Ms: percentile(delaysMs, 0.99),
			seconds,
			cpuShare: (user + system) / 1e6 / seconds,
		};
	}

	close(): void {
		for (const crowd of this.#crowds) crowd.close();
		this.#crowds = [];
		this.#writers = [];
	}

	#drained(): Promise<boolean> {
		return holdsWithin(drainMs, () => this.#crowds.every((crowd) => crowd.isComplete(crowd.journal.changes)));
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

/** So many of the numbers below `size`, evenly spread; `phase` (0 to 1) says where in its share each one stands. */
function numbersOf(size: number, count: number, phase: number): number[] {
	return Array.from({ length: count }, (_, index) =>
		Math.min(size - 1, Math.max(0, Math.ceil(((index + phase) * size) / count) - 1)),
	);
}
