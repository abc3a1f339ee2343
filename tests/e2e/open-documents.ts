import type { Page } from '@playwright/test';

/** The documents that a page has open: boards and texts, by the sockets that its browser holds. */
export class OpenDocuments {
	readonly #open = new Map<string, number>();
	#most = 0;

	constructor(page: Page) {
		page.on('websocket', (socket) => {
			const [, documentId] = /\/sync\/([0-9a-f-]{36})/.exec(socket.url()) ?? [];
			if (documentId === undefined) return;
			this.#open.set(documentId, (this.#open.get(documentId) ?? 0) + 1);
			this.#most = Math.max(this.#most, this.#open.size);
			socket.on('close', () => {
				const left = (this.#open.get(documentId) ?? 0) - 1;
				if (left > 0) this.#open.set(documentId, left);
				else this.#open.delete(documentId);
			});
		});
	}

	get now(): number {
		return this.#open.size;
	}

	/** At one time, since the page was opened. */
	get most(): number {
		return this.#most;
	}
}
