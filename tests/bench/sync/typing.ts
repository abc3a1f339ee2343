import { setTimeout as pause } from 'node:timers/promises';

/** Somebody who changes the document when told to. */
export type Writer = {
	change(): void;
	/** Settles when our server has acknowledged all changes. */
	acknowledged(): Promise<void>;
	/** How many sockets it has beside its document's, and what came over them. */
	readonly sockets: number;
	receivedBytes(): number;
	close(): void;
};

/** Lets the writers act in turn, each `perSecond` times a second, evenly spread, for so long. Settles after the last change. */
export async function actInTurn(writers: readonly Writer[], perSecond: number, milliseconds: number): Promise<void> {
	const start = performance.now();
	const betweenMs = 1000 / (perSecond * writers.length);
	const total = Math.floor(milliseconds / betweenMs);
	for (let done = 0; done < total;) {
		const due = Math.min(total, Math.floor((performance.now() - start) / betweenMs) + 1);
		for (; done < due; done += 1) writers[done % writers.length]?.change();
		await pause(1);
	}
}

/** Lets the writers act for so long, each as soon as its last change was acknowledged. Returns how many were. */
export async function actOnAnswer(writers: readonly Writer[], milliseconds: number): Promise<number> {
	const end = performance.now() + milliseconds;
	const counts = await Promise.all(
		writers.map(async (writer) => {
			let count = 0;
			for (; performance.now() < end; count += 1) {
				writer.change();
				await writer.acknowledged();
			}
			return count;
		}),
	);
	return counts.reduce((sum, count) => sum + count, 0);
}
