import {
	EditorState,
	type ChangeSpec,
	type Extension,
	type Text,
	type Transaction,
	type TransactionSpec,
} from '@codemirror/state';
import { ySyncAnnotation } from 'y-codemirror.next';

export type PlainTextLimits = {
	/** In UTF-16 units; what would make a text longer is not taken at all, never cut. */
	readonly maxLength: number;
	readonly onTooLong: () => void;
};

/**
 * Keeps what is typed here within what the server takes: whole characters only (a browser that turns 😀 into 😁 reports the
 * change of half a surrogate pair), no NUL, and not more than a text may hold. What others typed passes as it is.
 */
export function plainTextInput({ maxLength, onTooLong }: PlainTextLimits): Extension {
	return EditorState.transactionFilter.of((transaction) => {
		if (!transaction.docChanged || transaction.annotation(ySyncAnnotation) !== undefined) return transaction;
		if (transaction.newDoc.length > maxLength && transaction.newDoc.length > transaction.startState.doc.length) {
			onTooLong();
			return [];
		}
		const changes = wholeCharacterChanges(transaction);
		return changes === null ? transaction : rewritten(transaction, changes);
	});
}

type WholeChange = { from: number; to: number; insert: string; differs: boolean };

/** The transaction's changes with borders between characters and readable text, or `null` if they are so already. */
function wholeCharacterChanges(transaction: Transaction): ChangeSpec[] | null {
	const before = transaction.startState.doc;
	const changes: WholeChange[] = [];
	transaction.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
		const typed = inserted.toString();
		const from = splitsPair(before, fromA) ? fromA - 1 : fromA;
		const to = splitsPair(before, toA) ? toA + 1 : toA;
		const insert = (before.sliceString(from, fromA) + typed + before.sliceString(toA, to))
			.replaceAll('\0', '')
			.toWellFormed();
		changes.push({ from, to, insert, differs: insert !== typed || from !== fromA || to !== toA });
	});
	return changes.some(({ differs }) => differs) ? changes : null;
}

function rewritten(transaction: Transaction, changes: ChangeSpec[]): TransactionSpec {
	const length = transaction.startState.changes(changes).newLength;
	const { anchor, head } = transaction.newSelection.main;
	return {
		changes,
		selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) },
		effects: transaction.effects,
		scrollIntoView: transaction.scrollIntoView,
	};
}

function splitsPair(text: Text, position: number): boolean {
	if (position <= 0 || position >= text.length) return false;
	return (text.sliceString(position, position + 1).charCodeAt(0) & 0xfc00) === 0xdc00;
}
