import type { AccountId, DeviceId, ParticipantId } from '#lib/domain/ids.ts';

/** Who is connected now. A person with two windows is one person. Others learn counts of it, never who. */
export class Presence {
	readonly #participants = new Map<ParticipantId, number>();
	readonly #devices = new Map<DeviceId, number>();
	readonly #facilitators = new Map<AccountId, { readonly name: string; readonly connections: number }>();

	get people(): number {
		return this.#participants.size;
	}

	/** Those of the team who are here, by name. */
	get facilitators(): Iterable<readonly [AccountId, string]> {
		return [...this.#facilitators].map(([id, { name }]) => [id, name] as const);
	}

	hasPerson(id: ParticipantId): boolean {
		return this.#participants.has(id);
	}

	hasDevice(id: DeviceId): boolean {
		return this.#devices.has(id);
	}

	/** Each returns whether the person or device has just come or gone. */
	personCame(id: ParticipantId): boolean {
		return came(this.#participants, id);
	}

	personWent(id: ParticipantId): boolean {
		return went(this.#participants, id);
	}

	deviceCame(id: DeviceId): boolean {
		return came(this.#devices, id);
	}

	deviceWent(id: DeviceId): boolean {
		return went(this.#devices, id);
	}

	facilitatorCame(id: AccountId, name: string): void {
		this.#facilitators.set(id, { name, connections: (this.#facilitators.get(id)?.connections ?? 0) + 1 });
	}

	facilitatorWent(id: AccountId): void {
		const known = this.#facilitators.get(id);
		if (known === undefined) return;
		if (known.connections > 1) this.#facilitators.set(id, { ...known, connections: known.connections - 1 });
		else this.#facilitators.delete(id);
	}
}

function came<Id>(counts: Map<Id, number>, id: Id): boolean {
	const before = counts.get(id) ?? 0;
	counts.set(id, before + 1);
	return before === 0;
}

function went<Id>(counts: Map<Id, number>, id: Id): boolean {
	const left = (counts.get(id) ?? 0) - 1;
	if (left > 0) counts.set(id, left);
	else counts.delete(id);
	return left <= 0;
}
