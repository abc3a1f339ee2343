import { DocumentMemory } from './document-memory.ts';
import { leavesOf, type Leaf } from './readings.ts';
import type { Passed } from './relay.ts';
import { formsOf, type Permission, type Secret } from './secret.ts';

/** An evening as every client had it. */
export type Recording = {
	/** All moments, in their order. */
	readonly moments: readonly string[];
	readonly clients: readonly RecordedClient[];
	readonly secrets: readonly Secret[];
	/** All rows of the database in the end: what is there was a secret to be kept. */
	readonly stored: string;
};

export type RecordedClient = {
	readonly name: string;
	readonly received: readonly Passed[];
	readonly sent: readonly Passed[];
	readonly faults: readonly string[];
};

/** A secret that a client got. */
export type Occurrence = {
	readonly secret: string;
	readonly client: string;
	readonly moment: string;
	/** The request or socket it came by, and the path of the field. */
	readonly where: string;
	/** The text around it. */
	readonly context: string;
};

export type ScanResult = {
	/** What clients got that they must not have, each once a client, moment and place. */
	readonly leaks: readonly Occurrence[];
	/** What clients got that they may have. */
	readonly allowed: readonly Occurrence[];
	/** Why the scan proves less than it says: secrets that it doesn't see where they are for sure, bytes it can't read. */
	readonly blindSpots: readonly string[];
};

/** Goes through everything that every client received and looks for every secret in it. */
export function scan(recording: Recording): ScanResult {
	const search = new Search(recording.secrets);
	const found = new Map<string, Occurrence>();
	for (const client of recording.clients) {
		for (const occurrence of occurrencesAt(client, search)) {
			const { secret, moment, where } = occurrence;
			found.set(JSON.stringify([secret, client.name, moment, where]), occurrence);
		}
	}
	const occurrences = [...found.values()];
	const isAllowed = permitter(recording);
	const allowed = occurrences.filter(isAllowed);
	return {
		leaks: occurrences.filter((occurrence) => !isAllowed(occurrence)),
		allowed,
		blindSpots: [
			...recording.clients.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)),
			...unseen(recording, allowed, search),
		],
	};
}

/** One line a leak, for the message of a failing test. */
export function describeLeak({ secret, client, moment, where, context }: Occurrence): string {
	return `${secret} reached ${client} at "${moment}" by ${where}: …${context}…`;
}

function* occurrencesAt(client: RecordedClient, search: Search): Generator<Occurrence> {
	const documents = new Map<number, { memory: DocumentMemory; known: ReadonlySet<Secret> }>();
	for (const passed of client.received) {
		const { moment, request, connection } = passed;
		const tell = (secret: Secret, path: string, context: string): Occurrence => {
			return { secret: secret.name, client: client.name, moment, where: `${request} ${path}`.trim(), context };
		};
		for (const { secret, path, context } of search.inPiece(passed)) yield tell(secret, path, context);

		if (passed.kind !== 'frame' || !request.includes('/sync/')) continue;
		const document = documents.get(connection) ?? { memory: new DocumentMemory(), known: new Set<Secret>() };
		const texts = document.memory.take(passed.bytes);
		if (texts.length === 0) continue;
		const known = new Set(texts.flatMap((text) => [...search.wordsIn(text).keys()]));
		// What this client has known since an earlier frame was found then.
		for (const secret of known) if (!document.known.has(secret)) yield tell(secret, 'document', 'letter by letter');
		documents.set(connection, { ...document, known: new Set([...document.known, ...known]) });
	}
}

type Hit = { readonly secret: Secret; readonly path: string; readonly context: string };

/** All secrets at once. */
class Search {
	readonly #words = new Map<string, Secret[]>();
	readonly #pattern: RegExp;
	/** Those that words alone don't tell. */
	readonly #others: readonly Secret[];

	constructor(secrets: readonly Secret[]) {
		for (const secret of secrets) for (const word of wordsOf(secret)) this.#add(word, secret);
		const forms = [...this.#words.keys()].sort((left, right) => right.length - left.length);
		this.#pattern = new RegExp(forms.map((form) => RegExp.escape(form)).join('|'), 'g');
		this.#others = secrets.filter(({ trace }) => trace.kind !== 'words');
	}

	/** Words that a client put into the address it asked for may come back to it in the answer; they tell it nothing. */
	inPiece(passed: Passed): Hit[] {
		const text = passed.bytes.toString('latin1');
		const words = this.#hits(text);
		const asked = this.wordsIn(passed.request);
		for (const secret of asked.keys()) words.delete(secret);
		if (words.size === 0) return [];
		const leaves = leavesOf(passed);
		return [
			...this.#wordHits(text, words, leaves).filter(({ secret }) => !asked.has(secret)),
			...this.#others.flatMap((secret) => otherHits(secret, text, leaves)),
		];
	}

	/** Which secrets stand in a text as words, and where. */
	wordsIn(text: string): Map<Secret, number> {
		return new Map([...this.#hits(text)].filter(([{ trace }]) => trace.kind === 'words'));
	}

	#hits(text: string): Map<Secret, number> {
		const hits = new Map<Secret, number>();
		for (const match of text.matchAll(this.#pattern)) {
			for (const secret of this.#words.get(match[0]) ?? []) if (!hits.has(secret)) hits.set(secret, match.index);
		}
		return hits;
	}

	/** A word that stands in no field (a head, a file, a frame of bytes) is a hit without a path. */
	#wordHits(text: string, words: ReadonlyMap<Secret, number>, leaves: readonly Leaf[]): Hit[] {
		const hits: Hit[] = [];
		for (const { path, value } of leaves) {
			const field = `${path}=${String(value)}`;
			for (const [secret, index] of this.wordsIn(field)) hits.push({ secret, path, context: around(field, index) });
		}
		const inFields = new Set(hits.map(({ secret }) => secret));
		for (const [secret, index] of words) {
			if (secret.trace.kind === 'words' && !inFields.has(secret))
				hits.push({ secret, path: '', context: around(text, index) });
		}
		return hits;
	}

	#add(word: string, secret: Secret): void {
		for (const form of formsOf(word)) this.#words.set(form, [...(this.#words.get(form) ?? []), secret]);
	}
}

function wordsOf({ trace }: Secret): readonly string[] {
	switch (trace.kind) {
		case 'words':
			return trace.words;
		case 'value':
			return trace.beside;
		case 'field':
			return [trace.word];
	}
}

function otherHits(secret: Secret, text: string, leaves: readonly Leaf[]): Hit[] {
	const { trace } = secret;
	if (trace.kind === 'value') return valueHits(secret, trace, text, leaves);
	if (trace.kind === 'words') return [];
	return leaves
		.filter(({ path }) => trace.path.test(path))
		.map(({ path, value }) => ({ secret, path, context: `${path}=${String(value)}` }));
}

type ValueTrace = Extract<Secret['trace'], { kind: 'value' }>;

function valueHits(secret: Secret, { value, beside }: ValueTrace, text: string, leaves: readonly Leaf[]): Hit[] {
	const names = (candidate: unknown) =>
		typeof candidate === 'string' && beside.some((word) => candidate.includes(word));
	if (leaves.length > 1) {
		return leaves
			.filter((leaf) => leaf.value === value && (names(leaf.path) || leaf.beside.some(names)))
			.map(({ path }) => ({ secret, path, context: `${path}=${String(value)}` }));
	}
	const pattern = new RegExp(`\\b${String(value)}\\b`);
	const line = text.split('\n').find((candidate) => names(candidate) && pattern.test(candidate));
	return line === undefined ? [] : [{ secret, path: '', context: line.slice(0, 160) }];
}

function around(text: string, index: number): string {
	return text.slice(Math.max(0, index - 40), index + 60).replace(/[^\x20-\x7e]+/g, '·');
}

function permitter({ moments, secrets }: Recording): (occurrence: Occurrence) => boolean {
	const byName = new Map(secrets.map((secret) => [secret.name, secret]));
	const positionOf = (moment: string) => {
		const position = moments.indexOf(moment);
		if (position === -1) throw new Error(`There is no moment "${moment}"`);
		return position;
	};
	const holds = ({ clients, from, until, where: place }: Permission, { client, moment, where }: Occurrence) =>
		clients.includes(client) &&
		(from === undefined || positionOf(from) <= positionOf(moment)) &&
		(until === undefined || positionOf(moment) <= positionOf(until)) &&
		(place?.test(where) ?? true);
	return (occurrence) =>
		byName.get(occurrence.secret)?.allowed.some((permission) => holds(permission, occurrence)) ?? false;
}

/** Secrets that the scan should have seen and hasn't. What nobody may get must at least have been sent in, or stored. */
function unseen({ clients, secrets, stored }: Recording, allowed: readonly Occurrence[], search: Search): string[] {
	const sent = clients.flatMap((client) => client.sent);
	const rows: Passed = {
		kind: 'body',
		request: '',
		contentType: '',
		moment: '',
		connection: 0,
		bytes: Buffer.from(stored),
	};
	const told = new Set([...sent, rows].flatMap((piece) => search.inPiece(piece).map(({ secret }) => secret)));
	return secrets.flatMap((secret) => {
		const { name, certainlyAt, allowed: permissions } = secret;
		if (permissions.length === 0) return told.has(secret) ? [] : [`${name} was never told to the server`];
		const at = new Set(allowed.filter((occurrence) => occurrence.secret === name).map(({ client }) => client));
		if (at.size === 0) return [`${name} was seen nowhere`];
		return certainlyAt.filter((client) => !at.has(client)).map((client) => `${name} was not seen at ${client}`);
	});
}
