import * as Y from 'yjs';

/** Makes the texts under the given headings these, changing only what differs; headings the document lacks are left out. */
export function replaceTexts(document: Y.Doc, texts: Readonly<Record<string, string>>): void {
	for (const [heading, wanted] of Object.entries(texts)) {
		const text = document.share.get(heading);
		if (text instanceof Y.Text) replaceText(text, readable(wanted));
	}
}

/** A text as the gate would let it pass: well-formed, lines ended by `\n`, no NUL. */
export function readable(text: string): string {
	return text.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed();
}

function replaceText(text: Y.Text, wanted: string): void {
	const present = text.toJSON();
	const start = commonStart(present, wanted);
	const end = commonEnd(present, wanted, start);
	if (present.length > start + end) text.delete(start, present.length - start - end);
	if (wanted.length > start + end) text.insert(start, wanted.slice(start, wanted.length - end));
}

/** Length of the common beginning; a surrogate pair is not divided. */
function commonStart(a: string, b: string): number {
	let length = 0;
	while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
	return length > 0 && isHighSurrogate(a, length - 1) ? length - 1 : length;
}

/** Length of the common end of what follows the common beginning. */
function commonEnd(a: string, b: string, start: number): number {
	const longest = Math.min(a.length, b.length) - start;
	let length = 0;
	while (length < longest && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
	return length > 0 && isLowSurrogate(a, a.length - length) ? length - 1 : length;
}

function isHighSurrogate(text: string, index: number): boolean {
	return (text.charCodeAt(index) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, index: number): boolean {
	return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}
