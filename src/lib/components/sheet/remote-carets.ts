import { Annotation, type Extension, type Range } from '@codemirror/state';
import {
	Decoration,
	EditorView,
	ViewPlugin,
	WidgetType,
	type DecorationSet,
	type PluginValue,
	type ViewUpdate,
} from '@codemirror/view';
import * as Y from 'yjs';

import type { NoteColour } from '#lib/domain/idea.ts';
import type { TextInstance } from '#lib/live/text-connection.ts';
import { readCaretUser } from '#lib/live/text-document.svelte.ts';

/**
 * The carets of the others in one of a document's texts, and our own for them.
 *
 * Drawn here and not by the editor binding, because its carets set inline styles and show their names on hover only, which
 * a touch screen doesn't have: ours carry the classes of the note colours and show a name for a while after each move.
 */
export function remoteCarets(text: Y.Text, awareness: Awareness): Extension {
	const plugin = ViewPlugin.define((view) => new Carets(view, text, awareness), {
		decorations: ({ decorations }) => decorations,
	});
	return [plugin, caretTheme];
}

type Awareness = TextInstance['awareness'];

const caretsMoved = Annotation.define<true>();

type AwarenessChange = { readonly added: number[]; readonly updated: number[]; readonly removed: number[] };
type Cursor = { readonly anchor: Y.RelativePosition; readonly head: Y.RelativePosition };

class Carets implements PluginValue {
	decorations: DecorationSet = Decoration.none;
	readonly #view: EditorView;
	readonly #text: Y.Text;
	readonly #awareness: Awareness;

	constructor(view: EditorView, text: Y.Text, awareness: Awareness) {
		this.#view = view;
		this.#text = text;
		this.#awareness = awareness;
		awareness.on('change', this.#followOthers);
		this.decorations = this.#draw(view);
	}

	update(update: ViewUpdate): void {
		if (update.selectionSet || update.docChanged || update.focusChanged) this.#tellOurs(update.view);
		const moved = update.transactions.some((transaction) => transaction.annotation(caretsMoved) === true);
		if (moved || update.docChanged) this.decorations = this.#draw(update.view);
	}

	destroy(): void {
		this.#awareness.off('change', this.#followOthers);
		if (this.#oursIsHere()) this.#awareness.setLocalStateField('cursor', null);
	}

	readonly #followOthers = ({ added, updated, removed }: AwarenessChange): void => {
		const ours = this.#awareness.clientID;
		if ([...added, ...updated, ...removed].some((clientId) => clientId !== ours))
			this.#view.dispatch({ annotations: caretsMoved.of(true) });
	};

	#tellOurs(view: EditorView): void {
		if (!view.hasFocus) {
			if (this.#oursIsHere()) this.#awareness.setLocalStateField('cursor', null);
			return;
		}
		const { anchor, head } = view.state.selection.main;
		const cursor: Cursor = {
			anchor: Y.createRelativePositionFromTypeIndex(this.#text, anchor),
			head: Y.createRelativePositionFromTypeIndex(this.#text, head),
		};
		const known = readCursor(this.#awareness.getLocalState());
		const isKnown =
			known !== null &&
			Y.compareRelativePositions(known.anchor, cursor.anchor) &&
			Y.compareRelativePositions(known.head, cursor.head);
		if (!isKnown) this.#awareness.setLocalStateField('cursor', cursor);
	}

	#oursIsHere(): boolean {
		const cursor = readCursor(this.#awareness.getLocalState());
		return cursor !== null && this.#place(cursor.head) !== null;
	}

	#draw(view: EditorView): DecorationSet {
		const ranges: Range<Decoration>[] = [];
		for (const [clientId, state] of this.#awareness.getStates()) {
			const user = readCaretUser(state);
			const cursor = readCursor(state);
			if (clientId === this.#awareness.clientID || user === null || cursor === null) continue;
			const anchor = this.#place(cursor.anchor);
			const head = this.#place(cursor.head);
			if (anchor === null || head === null || Math.max(anchor, head) > view.state.doc.length) continue;
			if (anchor !== head) {
				const mark = Decoration.mark({ class: `cm-others-selection cm-others-${user.colour}` });
				ranges.push(mark.range(Math.min(anchor, head), Math.max(anchor, head)));
			}
			const widget = new CaretWidget(user.name, user.colour, head);
			ranges.push(Decoration.widget({ widget, side: head > anchor ? -1 : 1 }).range(head));
		}
		return Decoration.set(ranges, true);
	}

	/** Where a position is in our text; `null` if it is in another one or not here yet. */
	#place(position: Y.RelativePosition): number | null {
		const { doc } = this.#text;
		const absolute = doc === null ? null : Y.createAbsolutePositionFromRelativePosition(position, doc);
		return absolute?.type === this.#text ? absolute.index : null;
	}
}

class CaretWidget extends WidgetType {
	readonly name: string;
	readonly colour: NoteColour;
	readonly place: number;

	constructor(name: string, colour: NoteColour, place: number) {
		super();
		this.name = name;
		this.colour = colour;
		this.place = place;
	}

	/** A caret that has moved is drawn anew, which shows its name again. */
	override eq(other: CaretWidget): boolean {
		return other.name === this.name && other.colour === this.colour && other.place === this.place;
	}

	override toDOM(): HTMLElement {
		const caret = document.createElement('span');
		caret.className = `cm-others-caret cm-others-${this.colour}`;
		caret.ariaHidden = 'true';
		const name = caret.appendChild(document.createElement('span'));
		name.className = 'cm-others-name';
		name.textContent = this.name;
		return caret;
	}

	override ignoreEvent(): boolean {
		return true;
	}
}

/** The server has checked these before; a state of a newer version may still lack them. */
function readCursor(state: Readonly<Record<string, unknown>> | null): Cursor | null {
	const cursor = state?.cursor;
	if (typeof cursor !== 'object' || cursor === null || !('anchor' in cursor) || !('head' in cursor)) return null;
	return {
		anchor: Y.createRelativePositionFromJSON(cursor.anchor),
		head: Y.createRelativePositionFromJSON(cursor.head),
	};
}

const colourClasses = Object.fromEntries(
	(['sun', 'coral', 'rose', 'sky', 'mint', 'lilac'] as const satisfies readonly NoteColour[]).map((colour) => [
		`.cm-others-${colour}`,
		{ '--others': `var(--note-${colour})` },
	]),
);

const caretTheme = EditorView.theme({
	...colourClasses,
	'.cm-others-selection': { backgroundColor: 'color-mix(in oklch, var(--others) 45%, transparent)' },
	'.cm-others-caret': {
		position: 'relative',
		marginInline: '-1px',
		borderInlineStart: '2px solid color-mix(in oklch, var(--others), var(--ink) 40%)',
		pointerEvents: 'none',
	},
	'.cm-others-name': {
		position: 'absolute',
		insetBlockEnd: '100%',
		insetInlineStart: '-2px',
		zIndex: '1',
		maxInlineSize: '12em',
		overflow: 'hidden',
		padding: '0 0.35em',
		borderRadius: '4px 4px 4px 0',
		backgroundColor: 'var(--others)',
		color: 'var(--note-ink)',
		fontSize: 'var(--text-s)',
		lineHeight: '1.35',
		textOverflow: 'ellipsis',
		whiteSpace: 'nowrap',
		animation: 'cm-others-fade 200ms linear 3s forwards',
	},
	// Nobody has to give a name.
	'.cm-others-name:empty': { display: 'none' },
	'@keyframes cm-others-fade': { to: { opacity: '0' } },
	'@media (prefers-reduced-motion: reduce)': { '.cm-others-name': { animationDuration: '1ms' } },
	'@media (forced-colors: active)': {
		'.cm-others-name': { border: '1px solid CanvasText', backgroundColor: 'Canvas', color: 'CanvasText' },
	},
});
