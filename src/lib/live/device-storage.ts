/**
 * Small texts kept on this device: drafts and commands that aren't acknowledged yet.
 *
 * Writing is synchronous on purpose: when Enter is pressed the words are on the device before the next frame, whatever happens to
 * the page then. Where the browser refuses (private windows, a full disk, storage switched off) memory takes over, and
 * `durable` says so.
 */
export interface DeviceStorage {
	/** False when a reload would lose what is kept. */
	readonly durable: boolean;
	read(key: string): string | null;
	write(key: string, value: string): void;
	remove(key: string): void;
	keys(prefix: string): string[];
}

export function memoryStorage(): DeviceStorage {
	const values = new Map<string, string>();
	return {
		durable: false,
		read: (key) => values.get(key) ?? null,
		write: (key, value) => void values.set(key, value),
		remove: (key) => void values.delete(key),
		keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
	};
}

/** The browser's local storage, with memory behind it for what can't be written there. */
export function browserStorage(): DeviceStorage {
	const local = availableLocalStorage();
	return local === null ? memoryStorage() : new LocalStorageWithMemory(local);
}

/** What we keep for people: commands, drafts, unsaved text of sheets. How the page looks and speaks isn't among it. */
const personalFolders = ['boost-board/', 'text-draft/'];

/** Forgets everything personal on this device, as when somebody leaves one that was lent to them. */
export function forgetPersonal(storage: DeviceStorage): void {
	for (const folder of personalFolders) {
		for (const key of storage.keys(folder)) storage.remove(key);
	}
}

class LocalStorageWithMemory implements DeviceStorage {
	readonly #local: Storage;
	readonly #overflow = memoryStorage();

	constructor(local: Storage) {
		this.#local = local;
	}

	get durable(): boolean {
		return this.#overflow.keys('').length === 0;
	}

	read(key: string): string | null {
		return this.#overflow.read(key) ?? this.#local.getItem(key);
	}

	write(key: string, value: string): void {
		try {
			this.#local.setItem(key, value);
			this.#overflow.remove(key);
		} catch {
			// The quota is used up: better in memory than nowhere, and `durable` tells.
			this.#overflow.write(key, value);
		}
	}

	remove(key: string): void {
		this.#overflow.remove(key);
		this.#local.removeItem(key);
	}

	keys(prefix: string): string[] {
		const found = new Set(this.#overflow.keys(prefix));
		for (let index = 0; index < this.#local.length; index += 1) {
			const key = this.#local.key(index);
			if (key?.startsWith(prefix)) found.add(key);
		}
		return [...found];
	}
}

function availableLocalStorage(): Storage | null {
	try {
		const probe = 'boost-board/probe';
		globalThis.localStorage.setItem(probe, probe);
		globalThis.localStorage.removeItem(probe);
		return globalThis.localStorage;
	} catch {
		// Absent on the server, and a SecurityError where the person has switched storage off.
		return null;
	}
}
