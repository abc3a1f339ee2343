import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Database } from '#server/db/client.ts';
import type { GroupCommit } from '#server/db/group-commit.ts';
import type { Logger } from '#server/logger.ts';

import type { Authorize, Subscription } from './access.ts';
import type { BoardDocuments, LoadBoard } from './board-documents.ts';
import type { SyncTimes } from './sync-times.ts';

export type SyncOptions = {
	readonly database: Database;
	readonly commits: GroupCommit;
	readonly logger: Logger;
	readonly authorize: Authorize;
	/** Whether a socket may be opened from the page that asks; looks at the `Origin` header. */
	readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
	readonly loadBoard: LoadBoard;
	/** A text document was saved with this text under its headings. */
	readonly textSaved?: (documentId: string, texts: Readonly<Record<string, string>>) => void;
	readonly times?: SyncTimes;
};

/** The documents of the whole server and their sockets. */
export type SyncService = {
	/** Where committed changes of boards are handed in. */
	readonly boards: Pick<BoardDocuments, 'open' | 'apply' | 'replace' | 'close' | 'isOpen' | 'tickMs' | 'content'>;

	/** Takes over an HTTP upgrade of `/sync/<documentId>`; answers and closes whatever it can't take. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;

	/**
	 * Takes over what every standing subscription that `affects` names may do from now on, as its access answers out of memory:
	 * after a step change, a table move, a block. Nothing is sent in between; who lost the right to read is closed, who lost the
	 * right to write may finish a sentence.
	 */
	review(affects: (subscription: Subscription) => boolean): void;

	/**
	 * Asks `authorize` again, from the cookies on: after the end of a session, and for accesses that can't answer out of memory.
	 * Until the answer is there the subscriptions that `affects` names are sent nothing. Resolves when all of it is done; never
	 * rejects.
	 */
	recheck(affects: (subscription: Subscription) => boolean): Promise<void>;

	/**
	 * Makes the texts under the given headings these, as a change by the server that everybody sees; others stay. Resolves
	 * after the commit. @throws AppError `document.unknown`
	 */
	replaceText(documentId: string, texts: Readonly<Record<string, string>>): Promise<void>;

	/** Forgets a text document that was deleted, and sends its writers away. */
	closeText(documentId: string): void;

	/** Saves what is under way (for at most `patienceMs`) and closes every socket. */
	close(patienceMs?: number): Promise<void>;
};
