import { setTimeout as pause } from 'node:timers/promises';

/** Somebody who changes the document when told to. */
export type Writer = {
	change(): void;
	/** What came over a connection that only writers have. */
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
