/** Preloaded into every server that is measured, ours and others': tells the parent process what the whole process has used. */
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

import { serveParent } from './remote.ts';

export type Memory = { readonly resident: number; readonly held: number };

const collections = 2;
const betweenCollectionsMs = 20;

const methods = {
	/** Microseconds of CPU of all threads, since the start. */
	cpu(): number {
		const { user, system } = process.cpuUsage();
		return user + system;
	},

	/** Bytes after a full collection: of the whole process, and what JavaScript and its buffers hold. */
	async memory(): Promise<Memory> {
		// What a collection finds is freed in turns: objects first, then their buffers.
		for (let round = 0; round < collections; round += 1) {
			globalThis.gc?.();
			await pause(betweenCollectionsMs);
		}
		const { rss, heapUsed, external } = process.memoryUsage();
		return { resident: rss, held: heapUsed + external };
	},
};
export type Probe = typeof methods;

serveParent(methods);
// The server decides by itself how long it runs.
process.channel?.unref();
