import type { NoteColour } from '#lib/domain/idea.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';

/** How a writer's caret is labelled to the others; stamped by the server, whatever the client says. */
export type CaretIdentity = { readonly name: string; readonly colour: NoteColour };

/** What is kept of the request that opened a connection: enough to ask again who is behind it. */
export type Visitor = { readonly cookie: string | undefined };

/**
 * What a visitor may do with a document. `subject` names who asks (a participant's, device's or account's id) and `scope` the
 * workshop that the document belongs to, so that {@link Subscription}s can be found again when somebody is moved or a step changes.
 * `review` gives the answer of this very moment for the same person: from memory, so that nothing can go out in between.
 */
export type SyncAccess =
	| (Granted & { readonly kind: 'board' })
	| (Granted & {
			readonly kind: 'text';
			readonly mayWrite: boolean;
			/** Without one, no caret is shown to the others. */
			readonly identity: CaretIdentity | null;
	  })
	| { readonly kind: 'denied'; readonly code: ErrorCode };

type Granted = { readonly subject: string; readonly scope: string; readonly review?: () => SyncAccess };

/**
 * Asks whether the sessions behind a request may read (and write) a document now. Asked at every connection, and again for
 * standing subscriptions through `recheck`. If it throws, nothing is granted and the client tries again later.
 */
export type Authorize = (visitor: Visitor, documentId: string) => Promise<SyncAccess>;

/** One connected reader of one document. */
export type Subscription = {
	readonly documentId: string;
	readonly kind: 'board' | 'text';
	readonly subject: string;
	readonly scope: string;
};
