import { standardKeymap } from '@codemirror/commands';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';
import * as Y from 'yjs';

import type { TextInstance } from '#lib/live/text-connection.ts';

import { plainTextInput, type PlainTextLimits } from './plain-text-input.ts';
import { remoteCarets } from './remote-carets.ts';

/** What may change while somebody writes. */
export type EditorFace = {
	readonly label: string;
	readonly placeholder: string;
	readonly readOnly: boolean;
};

export type TextEditorView = {
	show(face: EditorFace): void;
	focus(): void;
	destroy(): void;
};

export type TextEditorOptions = PlainTextLimits & {
	readonly host: HTMLElement;
	readonly text: Y.Text;
	readonly awareness: TextInstance['awareness'];
	readonly face: EditorFace;
};

/**
 * An editor for one text of a document, in a shadow root of its host: there the editor's own style sheets are adopted ones,
 * which our content security policy (no inline styles) lets pass. The tokens of the theme reach into it.
 */
export function createTextEditor({ host, text, awareness, face, ...limits }: TextEditorOptions): TextEditorView {
	const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true });
	const undoManager = new Y.UndoManager(text);
	const faceSlot = new Compartment();
	const view = new EditorView({
		root,
		parent: root,
		state: EditorState.create({
			doc: text.toJSON(),
			extensions: [
				faceSlot.of(faceExtensions(face)),
				plainTextInput(limits),
				yCollab(text, null, { undoManager }),
				remoteCarets(text, awareness),
				keymap.of([...yUndoManagerKeymap, ...standardKeymap]),
				EditorView.lineWrapping,
				theme,
			],
		}),
	});
	return {
		show: (next) => view.dispatch({ effects: faceSlot.reconfigure(faceExtensions(next)) }),
		focus: () => view.focus(),
		destroy: () => {
			view.destroy();
			undoManager.destroy();
		},
	};
}

function faceExtensions({ label, placeholder: hint, readOnly }: EditorFace): Extension {
	return [
		EditorState.readOnly.of(readOnly),
		EditorView.editable.of(!readOnly),
		EditorView.contentAttributes.of({
			'aria-label': label,
			autocapitalize: 'sentences',
			autocorrect: 'on',
			spellcheck: 'true',
			// What can't be edited can still be reached and read by keyboard.
			...(readOnly ? { tabindex: '0' } : {}),
		}),
		readOnly ? [] : placeholder(hint),
	];
}

const theme = EditorView.theme({
	'&': {
		border: '1px solid var(--line-strong)',
		borderRadius: 'var(--radius)',
		backgroundColor: 'var(--surface)',
		color: 'var(--ink)',
		fontSize: 'inherit',
		// A name at the right edge must not make the page scroll sideways; one above the first line may stand out.
		overflowX: 'clip',
		overflowY: 'visible',
	},
	'&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '1px' },
	'.cm-scroller': { overflow: 'visible', fontFamily: 'inherit', lineHeight: '1.5' },
	'.cm-content': {
		minBlockSize: 'calc(3lh + 2 * var(--space-3))',
		padding: 'var(--space-3)',
		caretColor: 'var(--accent)',
		overflowWrap: 'anywhere',
	},
	'.cm-content[aria-readonly="true"]': {
		minBlockSize: '0',
		borderRadius: 'var(--radius)',
		backgroundColor: 'var(--sunken)',
	},
	'.cm-line': { padding: '0' },
	'.cm-placeholder': { color: 'var(--ink-soft)' },
});
