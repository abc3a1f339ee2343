import type { IncomingMessage } from 'node:http';

import type { NoteColour } from '#lib/domain/idea.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

/** How a writer's caret is labelled to the others; stamped by the server, whatever the client says. */
export type CaretIdentity = { readonly name: string; readonly colour: NoteColour };

/**
 * What a request may do with a document. `subject` names who asks (a participant's, device's or account's id), so that
 * {@link Subscription}s can be found again when somebody is moved or blocked.
 */
export type SyncAccess =
	| { readonly kind: 'board'; readonly subject: string }
	| {
			readonly kind: 'text';
			readonly subject: string;
			readonly mayWrite: boolean;
			/** Without one, no caret is shown to the others. */
			readonly identity: CaretIdentity | null;
	  }
	| { readonly kind: 'denied'; readonly code: ErrorCode };

/**
 * Asks whether the session behind a request may read (and write) a document now. Asked at every connection, and again for
 * standing subscriptions through `recheck`. If it throws, nothing is granted and the client tries again later.
 */
export type Authorize = (request: IncomingMessage, documentId: string) => Promise<SyncAccess>;

/** One connected reader of one document. */
export type Subscription = {
	readonly documentId: string;
	readonly kind: 'board' | 'text';
	readonly subject: string;
};
